package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;

/// A role that somebody will have when a second officer has said yes to it.
///
/// @param approval what was asked, see [ApprovalRequest]
/// @param until when it will end by itself
/// @param replaces the id of the one in whose place, see [Held]
public record Waiting(
        UUID approval, RoleId role, Scope on, Optional<Instant> until, Optional<UUID> replaces) {

    public Waiting {
        Objects.requireNonNull(approval);
        Objects.requireNonNull(role);
        Objects.requireNonNull(on);
        Objects.requireNonNull(until);
        Objects.requireNonNull(replaces);
    }
}
