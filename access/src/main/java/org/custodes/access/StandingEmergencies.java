package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// What is to be told of emergencies, and of nobody by name.
///
/// @param running how many run
/// @param until when the last of them ends by itself; empty if none runs
/// @param unreviewed how many nobody has reviewed in time
public record StandingEmergencies(int running, Optional<Instant> until, int unreviewed) {
    static final StandingEmergencies NONE = new StandingEmergencies(0, Optional.empty(), 0);

    public StandingEmergencies {
        Objects.requireNonNull(until);
    }
}
