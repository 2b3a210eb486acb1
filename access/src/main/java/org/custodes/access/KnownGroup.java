package org.custodes.access;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.register.Group;

/// A group of cameras, as far as somebody may know of it.
///
/// @param group with those of its cameras that they know of
/// @param holders how many roles are given on it, or wait to be; empty for whoever does not arrange groups
/// @param waiting what it will be when a second officer has said yes, in the order in which it was asked; nothing for
///     whoever does not arrange groups
public record KnownGroup(Group group, Optional<Long> holders, List<Waiting> waiting) {

    /// A group that somebody sees more by, so that it waits for a second officer.
    ///
    /// @param approval what was asked, see [ApprovalRequest]
    /// @param group as it will be
    public record Waiting(UUID approval, Group group) {

        public Waiting {
            Objects.requireNonNull(approval);
            Objects.requireNonNull(group);
        }
    }

    public KnownGroup {
        Objects.requireNonNull(group);
        Objects.requireNonNull(holders);
        waiting = List.copyOf(waiting);
    }
}
