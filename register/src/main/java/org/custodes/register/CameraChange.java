package org.custodes.register;

import java.util.Objects;
import java.util.Optional;

/// What somebody asks to change about a camera, nothing of it checked yet; what is empty stays.
///
/// @param view a [View]'s code
/// @param transport a [Transport]'s code
public record CameraChange(
        Optional<String> name,
        Optional<String> purpose,
        Optional<String> view,
        Optional<Integer> retentionHours,
        Optional<String> transport) {

    public CameraChange {
        Objects.requireNonNull(name);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(view);
        Objects.requireNonNull(retentionHours);
        Objects.requireNonNull(transport);
    }

    /// A change that leaves the way of its pictures as it is.
    public CameraChange(
            Optional<String> name,
            Optional<String> purpose,
            Optional<String> view,
            Optional<Integer> retentionHours) {
        this(name, purpose, view, retentionHours, Optional.empty());
    }
}
