package org.custodes.access;

import java.util.Set;
import org.custodes.media.CameraId;

/// Which cameras were given to a person.
public sealed interface CameraScope {

    /// All there are and will be.
    record All() implements CameraScope {}

    record Listed(Set<CameraId> cameras) implements CameraScope {

        public Listed {
            cameras = Set.copyOf(cameras);
        }
    }

    /// What everybody begins with.
    static CameraScope none() {
        return new Listed(Set.of());
    }

    default boolean covers(CameraId camera) {
        return switch (this) {
            case All() -> true;
            case Listed(var cameras) -> cameras.contains(camera);
        };
    }
}
