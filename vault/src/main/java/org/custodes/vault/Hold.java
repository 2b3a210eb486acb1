package org.custodes.vault;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// What is to outlive its retention: a stretch of slots of one camera.
///
/// @param holder who keeps it; may keep several stretches, of several cameras, which end together
/// @param camera whose footage
/// @param classes which classes, as formats number them
/// @param slots which slots, in every era
public record Hold(UUID holder, UUID camera, Set<Integer> classes, Slots slots) {

    public Hold {
        Objects.requireNonNull(holder);
        Objects.requireNonNull(camera);
        Objects.requireNonNull(slots);
        classes = Collections.unmodifiableSet(new TreeSet<>(classes));
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("A hold names at least one class");
        }
    }
}
