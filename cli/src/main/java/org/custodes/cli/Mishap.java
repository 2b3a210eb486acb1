package org.custodes.cli;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// Something that was done, and what it excuses: frames that these cameras sent from one moment to
/// another may be missing.
///
/// @param told what was done, in words
record Mishap(String told, Set<UUID> cameras, Instant from, Instant until) {

    Mishap {
        cameras = Set.copyOf(cameras);
    }

    boolean excuses(UUID camera, Instant sentAt) {
        return cameras.contains(camera) && !sentAt.isBefore(from) && !sentAt.isAfter(until);
    }
}
