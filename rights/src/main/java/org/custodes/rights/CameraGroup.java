package org.custodes.rights;

import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.custodes.media.CameraId;

/// Cameras that are given together. A group that lies in another adds its cameras to that one's, and gets
/// none of them.
///
/// @param parent the group that it lies in; empty for a site
/// @param cameras those that lie in it and in none of its groups
/// @param zone in which hours are meant for these cameras
public record CameraGroup(
        GroupId id, Optional<GroupId> parent, Set<CameraId> cameras, ZoneId zone) {

    public CameraGroup {
        Objects.requireNonNull(id);
        Objects.requireNonNull(parent);
        Objects.requireNonNull(zone);
        cameras = Set.copyOf(cameras);
    }
}
