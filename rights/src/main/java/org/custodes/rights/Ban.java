package org.custodes.rights;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is forbidden whoever permits it. It is bound to no role: to lose one must never allow more.
///
/// @param person who; empty for all
/// @param hours when, by the clock of the camera's site
public record Ban(Optional<UUID> person, Set<Right> rights, Scope scope, Hours hours) {

    public Ban {
        Objects.requireNonNull(person);
        rights = Set.copyOf(rights);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(hours);
    }
}
