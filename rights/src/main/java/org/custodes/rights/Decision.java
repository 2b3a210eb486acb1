package org.custodes.rights;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/// The answer to a request.
public sealed interface Decision {

    /// Yes.
    ///
    /// @param by the permits that each allow it, in no order
    /// @param tallest how many lines pictures may have; empty for all
    /// @param until when it has to be asked again at the latest
    record Allowed(Set<Permit> by, OptionalInt tallest, Instant until) implements Decision {
        public Allowed {
            by = Set.copyOf(by);
            Objects.requireNonNull(tallest);
            Objects.requireNonNull(until);
        }
    }

    /// No.
    ///
    /// @param grounds all that stands against the permit that comes nearest, in the order of [Ground]; at least one
    record Refused(List<Ground> grounds) implements Decision {
        public Refused {
            grounds = List.copyOf(grounds);
            if (grounds.isEmpty()) {
                throw new IllegalArgumentException("Nothing is refused without a ground");
            }
        }
    }

    default boolean allows() {
        return this instanceof Allowed;
    }
}
