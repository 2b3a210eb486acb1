package org.custodes.access;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.rights.Scope;

/// Somebody took what was given to them for emergencies, and what became of it.
///
/// @param name of who
/// @param on on which cameras they held it then
/// @param reason in their own words; empty if the key of who wrote it is gone
/// @param until when it ends by itself, or would have
/// @param ended when and how; empty while it runs
/// @param reviewBy from then on whoever took it takes nothing again until it was reviewed
/// @param looked what was looked at that nothing else of theirs would have shown
/// @param review what was said of it afterwards
/// @param mayReview whether whoever reads this may review it now
public record Emergency(
        UUID id,
        PersonId person,
        String name,
        Scope on,
        String reason,
        Instant takenAt,
        Instant until,
        Optional<End> ended,
        Instant reviewBy,
        List<Looked> looked,
        Optional<Review> review,
        boolean mayReview) {

    /// What ended it.
    public enum How {
        /// Whoever took it.
        PERSON("person"),
        TIME("time"),
        /// The role was taken back, or lapsed.
        TAKEN_BACK("taken-back");

        private final String code;

        How(String code) {
            this.code = code;
        }

        static How of(String code) {
            return Arrays.stream(values())
                    .filter(how -> how.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }

        /// The word of the API and of the tables.
        public String code() {
            return code;
        }
    }

    /// It is over.
    public record End(Instant at, How how) {

        public End {
            Objects.requireNonNull(at);
            Objects.requireNonNull(how);
        }
    }

    /// What was looked at.
    ///
    /// @param looks how often
    public record Looked(CameraId camera, int looks) {

        public Looked {
            Objects.requireNonNull(camera);
        }
    }

    /// What somebody said of it afterwards.
    ///
    /// @param name of who
    /// @param note in their own words; empty if the key of who wrote it is gone
    public record Review(PersonId by, String name, Instant at, String note) {

        public Review {
            Objects.requireNonNull(by);
            Objects.requireNonNull(name);
            Objects.requireNonNull(at);
            Objects.requireNonNull(note);
        }
    }

    public Emergency {
        Objects.requireNonNull(id);
        Objects.requireNonNull(person);
        Objects.requireNonNull(name);
        Objects.requireNonNull(on);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(until);
        Objects.requireNonNull(ended);
        Objects.requireNonNull(reviewBy);
        looked = List.copyOf(looked);
        Objects.requireNonNull(review);
    }

    /// Tells nothing of anybody: this text may end up in a log.
    @Override
    public String toString() {
        return "emergency " + id;
    }
}
