package org.custodes.rights;

import java.util.Set;
import org.custodes.media.CameraId;

/// Which cameras a rule is about.
public sealed interface Scope {

    /// All there are and will be.
    record All() implements Scope {}

    /// Those of these groups and of all that lie in them.
    record Groups(Set<GroupId> groups) implements Scope {
        public Groups {
            groups = Set.copyOf(groups);
        }
    }

    record Cameras(Set<CameraId> cameras) implements Scope {
        public Cameras {
            cameras = Set.copyOf(cameras);
        }
    }

    /// What everybody begins with.
    static Scope none() {
        return new Cameras(Set.of());
    }
}
