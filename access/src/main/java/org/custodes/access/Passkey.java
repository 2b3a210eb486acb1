package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A passkey of somebody's, as it is told to them.
///
/// @param name as its owner calls it
/// @param backedUp whether its maker keeps a copy, so that it outlives the device
/// @param lastUsedAt empty until the first time
public record Passkey(
        UUID id, String name, boolean backedUp, Instant madeAt, Optional<Instant> lastUsedAt) {

    public Passkey {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(madeAt);
        Objects.requireNonNull(lastUsedAt);
    }

    /// Tells no name: this text may end up in a log.
    @Override
    public String toString() {
        return "passkey " + id;
    }
}
