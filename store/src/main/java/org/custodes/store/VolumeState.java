package org.custodes.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// How one volume is doing.
///
/// @param folder where it is
/// @param id its UUID; empty while it was never reached
/// @param health whether it takes records now
/// @param totalBytes of the file system it lies on; 0 while unknown
/// @param usableBytes that are free there; 0 while unknown
/// @param reserveBytes that are left free
/// @param queuedBytes that wait for it in memory
/// @param queueLimitBytes how much may wait for all volumes together; more is dropped
/// @param openPacks packs being written
/// @param writeMedian what half of the last writes took at most
/// @param writeSlowest what 99 of 100 of the last writes took at most
/// @param unsyncedFor for how long the oldest write has not been synced
public record VolumeState(
        Path folder,
        Optional<UUID> id,
        Health health,
        long totalBytes,
        long usableBytes,
        long reserveBytes,
        long queuedBytes,
        long queueLimitBytes,
        int openPacks,
        Duration writeMedian,
        Duration writeSlowest,
        Duration unsyncedFor) {

    /// Whether a volume takes records.
    public enum Health {
        /// Takes records.
        RECORDING,
        /// Takes records, but not as fast as they come: whole GOPs are being dropped.
        SLOW,
        /// Its reserve is reached: paused until there is room.
        FULL,
        /// A write or a sync failed: paused until a trial write is seen to last.
        FAILED
    }
}
