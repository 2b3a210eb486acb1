package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;
import org.custodes.rights.Right;

/// What somebody wants to do and may only with another's yes, and what became of it.
///
/// @param name of who asks
/// @param camera on which, if it is about one
/// @param interval footage of when, if it is about footage
/// @param concerned whose rights change, if somebody's do
/// @param told what exactly, for readers of the log, where the other members do not say it
/// @param gain what it gives somebody, if it is a widening
/// @param reason in their own words; empty if the key of who wrote it is gone
/// @param waitsUntil when nobody can answer any more
/// @param aloneAt when it is done although nobody said yes, because there is nobody who could; empty if somebody has to
/// @param answered what was said to it
/// @param goodUntil when a yes that was not used is none any more; empty without a yes
/// @param own whether whoever reads this asked for it
/// @param mayAnswer whether whoever reads this may say yes or no now
public record ApprovalRequest(
        UUID id,
        Kind kind,
        PersonId person,
        String name,
        Optional<CameraId> camera,
        Optional<TimeRange> interval,
        Optional<PersonId> concerned,
        String told,
        Optional<Gain> gain,
        Why why,
        String reason,
        Instant askedAt,
        Instant waitsUntil,
        Optional<Instant> aloneAt,
        State state,
        Optional<Said> answered,
        Optional<Instant> goodUntil,
        boolean own,
        boolean mayAnswer) {

    /// What is asked for.
    public enum Kind {
        /// To look at footage that is older than one's role shows.
        PLAYBACK("playback", Right.PLAY_BACK, Right.APPROVE_PLAYBACK, Duration.ofHours(1)),
        /// To remove a camera that footage is kept of.
        REMOVAL("removal", Right.REMOVE_RECORDED_CAMERA, Right.APPROVE_REMOVAL, Duration.ofDays(7)),
        /// To give somebody more than they had.
        RIGHTS("rights", Right.WIDEN_RIGHTS, Right.APPROVE_RIGHTS, Duration.ofDays(7));

        private final String code;
        private final Right right;
        private final Right answeredBy;
        private final Duration waits;

        Kind(String code, Right right, Right answeredBy, Duration waits) {
            this.code = code;
            this.right = right;
            this.answeredBy = answeredBy;
            this.waits = waits;
        }

        static Kind of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }

        /// What needs another's yes.
        Right right() {
            return right;
        }

        /// What whoever answers has.
        Right answeredBy() {
            return answeredBy;
        }

        /// How long it waits for an answer: who asks for a look stands there and waits.
        Duration waits() {
            return waits;
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
        Objects.requireNonNull(concerned);
        Objects.requireNonNull(told);
        Objects.requireNonNull(gain);
        Objects.requireNonNull(why);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(askedAt);
        Objects.requireNonNull(waitsUntil);
        Objects.requireNonNull(aloneAt);
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
