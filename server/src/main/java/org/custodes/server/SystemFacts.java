package org.custodes.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the server tells about rooms that it may not see (store, database): whoever builds the house
/// hands this in. Called by requests, so it answers at once. Any thread.
public interface SystemFacts {

    /// How each volume is doing.
    List<Volume> volumes();

    /// What each volume has been doing, for those who watch figures.
    default List<VolumeFigures> volumeFigures() {
        return List.of();
    }

    Database database();

    Clock clock();

    /// A volume.
    ///
    /// @param folder where it is
    /// @param id empty while it was never reached
    /// @param health `recording`, `slow`, `full` or `failed`
    /// @param totalBytes of the file system; 0 while unknown
    /// @param usableBytes that are free; 0 while unknown
    /// @param reserveBytes that are left free
    record Volume(
            String folder,
            Optional<UUID> id,
            String health,
            long totalBytes,
            long usableBytes,
            long reserveBytes) {}

    /// What a volume has been doing.
    ///
    /// @param writeMedian what half of the last writes took at most
    /// @param writeSlowest what 99 of 100 took at most
    /// @param unsyncedFor for how long the oldest write has not been synced
    /// @param queuedBytes that wait for it in memory
    /// @param queueLimitBytes that may wait for all volumes together
    /// @param openPacks being written
    record VolumeFigures(
            Volume volume,
            Duration writeMedian,
            Duration writeSlowest,
            Duration unsyncedFor,
            long queuedBytes,
            long queueLimitBytes,
            int openPacks) {}

    /// The database.
    ///
    /// @param embedded whether it is our own
    record Database(boolean reachable, boolean embedded) {}

    /// The recorder's clock.
    ///
    /// @param state `synchronised`, `free` or `unknown`
    record Clock(String state) {}
}
