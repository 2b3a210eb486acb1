package org.custodes.access;

import java.util.Objects;

/// Why somebody has a role.
///
/// @param owner who answers for it: whoever asked for it to be given
/// @param name what the owner is called
/// @param reason in the owner's words; empty if the key of whoever has the role is gone
public record Grounds(PersonId owner, String name, String reason) {

    public Grounds {
        Objects.requireNonNull(owner);
        Objects.requireNonNull(name);
        Objects.requireNonNull(reason);
    }

    /// Tells nothing of anybody: this text may end up in a log.
    @Override
    public String toString() {
        return "grounds given by " + owner;
    }
}
