package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.custodes.rights.Decided;

/// What came of making the decisions of a stretch of the log again.
///
/// @param same how many came out as they had
/// @param findings the others, newest first
/// @param next the `before` of the query that goes on from here; empty at the log's beginning
public record Replayed(long same, List<Finding> findings, OptionalLong next) {

    public Replayed {
        findings = List.copyOf(findings);
        Objects.requireNonNull(next);
    }

    /// An entry whose decision does not come out as it had, or cannot be made again.
    ///
    /// @param entry its index
    /// @param time when it was written
    /// @param then what was decided, if it comes out otherwise now
    /// @param now what it comes out as, if that is something else
    public record Finding(
            long entry, Instant time, Kind kind, Optional<Decided> then, Optional<Decided> now) {

        public Finding {
            Objects.requireNonNull(time);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(then);
            Objects.requireNonNull(now);
        }
    }

    /// What there is to be said of it.
    public enum Kind {
        /// The same request comes out otherwise by the same policy.
        DIFFERENT("different"),
        /// What is kept as the policy does not hash to what the decision names.
        POLICY_CHANGED("policy-changed"),
        /// The policy was kept, and is gone.
        POLICY_MISSING("policy-missing"),
        /// What is kept of the decision does not hash to what the entry names.
        REQUEST_CHANGED("request-changed"),
        /// The decision was kept, and is gone.
        REQUEST_MISSING("request-missing"),
        /// The key of its person and month is gone.
        EXPIRED("expired"),
        /// It was made before decisions were kept.
        BEFORE("before"),
        /// It names something that this version does not know.
        UNKNOWN("unknown");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /// The word of the API.
        public String code() {
            return code;
        }
    }
}
