package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;

/// What somebody wants to do and may only with another's yes, and what became of it.
///
/// @param name of who asks
/// @param interval footage of when
/// @param reason in their own words; empty if the key of who wrote it is gone
/// @param waitsUntil when nobody can answer any more
/// @param answered what was said to it
/// @param goodUntil when a yes that was not used is none any more; empty without a yes
/// @param own whether whoever reads this asked for it
/// @param mayAnswer whether whoever reads this may say yes or no now
public record ApprovalRequest(
        UUID id,
        Kind kind,
        PersonId person,
        String name,
        CameraId camera,
        TimeRange interval,
        Why why,
        String reason,
        Instant askedAt,
        Instant waitsUntil,
        State state,
        Optional<Said> answered,
        Optional<Instant> goodUntil,
        boolean own,
        boolean mayAnswer) {

    /// What is asked for.
    public enum Kind {
        /// To look at footage that is older than one's role shows.
        PLAYBACK("playback");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /// The word of the API and of the tables.
        public String code() {
            return code;
        }
    }

    /// How far it has come.
    public enum State {
        WAITING("waiting"),
        /// Somebody said yes, and it can be used.
        APPROVED("approved"),
        /// Somebody said no.
        REFUSED("refused"),
        WITHDRAWN("withdrawn"),
        /// It was used, and is over.
        USED("used"),
        /// Nobody answered in time, or the yes was not used in time.
        EXPIRED("expired");

        private final String code;

        State(String code) {
            this.code = code;
        }

        /// The word of the API.
        public String code() {
            return code;
        }
    }

    /// What somebody said to it.
    ///
    /// @param name of who
    public record Said(PersonId by, String name, Instant at, boolean yes) {

        public Said {
            Objects.requireNonNull(by);
            Objects.requireNonNull(name);
            Objects.requireNonNull(at);
        }
    }

    public ApprovalRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(person);
        Objects.requireNonNull(name);
        Objects.requireNonNull(camera);
        Objects.requireNonNull(interval);
        Objects.requireNonNull(why);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(askedAt);
        Objects.requireNonNull(waitsUntil);
        Objects.requireNonNull(state);
        Objects.requireNonNull(answered);
        Objects.requireNonNull(goodUntil);
    }

    /// Tells nothing of anybody: this text may end up in a log.
    @Override
    public String toString() {
        return "request for approval " + id;
    }
}
