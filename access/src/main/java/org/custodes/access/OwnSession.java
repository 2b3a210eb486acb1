package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/// A session of one's own, as it is told to whoever it belongs to.
///
/// @param origin where it was opened from
/// @param lastSeen the last sign of life
/// @param isThis whether it is the one that asks
public record OwnSession(
        UUID id,
        Session.Kind kind,
        Origin origin,
        Instant signedInAt,
        Instant lastSeen,
        Instant endsAt,
        boolean isThis) {

    public OwnSession {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(signedInAt);
        Objects.requireNonNull(lastSeen);
        Objects.requireNonNull(endsAt);
    }
}
