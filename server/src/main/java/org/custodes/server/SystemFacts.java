package org.custodes.server;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the server tells about rooms that it may not see (store, database): whoever builds the house
/// hands this in. Called by requests, so it answers at once. Any thread.
public interface SystemFacts {

    /// How each volume is doing.
    List<Volume> volumes();

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

    /// The database.
    ///
    /// @param embedded whether it is our own
    record Database(boolean reachable, boolean embedded) {}

    /// The recorder's clock.
    ///
    /// @param state `synchronised`, `free` or `unknown`
    record Clock(String state) {}
}
