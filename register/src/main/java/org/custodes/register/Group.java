package org.custodes.register;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.custodes.media.CameraId;

/// Cameras of one site that are thought of together.
///
/// @param parent the group that it lies in, or its site
/// @param cameras those that lie in it and in none of its groups; removed ones too, as their footage lives on
public record Group(UUID id, UUID site, UUID parent, String name, Set<CameraId> cameras) {

    public Group {
        Objects.requireNonNull(id);
        Objects.requireNonNull(site);
        Objects.requireNonNull(parent);
        Objects.requireNonNull(name);
        cameras = Set.copyOf(cameras);
    }

    /// Whether it lies in no other.
    public boolean outermost() {
        return parent.equals(site);
    }
}
