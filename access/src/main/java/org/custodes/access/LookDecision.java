package org.custodes.access;

import java.util.Objects;

/// The answer to "may this person see this camera, then?", on record before it is given.
public sealed interface LookDecision {

    /// Whoever gets it closes it, and says how much was seen.
    record Granted(Grant grant) implements LookDecision {

        public Granted {
            Objects.requireNonNull(grant);
        }
    }

    record Refused(Reason reason) implements LookDecision {

        public Refused {
            Objects.requireNonNull(reason);
        }
    }
}
