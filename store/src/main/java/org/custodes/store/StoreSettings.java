package org.custodes.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// How a [Store] is opened.
///
/// @param volumes the folders that packs are written to, at least one, the preferred first
/// @param recorder this recorder's id; stands in every pack's header
/// @param reserveBytes what is left free on each volume; below it recording moves on or pauses
/// @param queueBytes how much may wait for slow disks in memory, all cameras together
/// @param tailBytesPerTrack the most that one track's live tail holds in memory
/// @param tailBytes the most that all live tails hold together
/// @param syncEvery how often a volume is synced: the most that a power cut takes
public record StoreSettings(
        List<Path> volumes,
        UUID recorder,
        long reserveBytes,
        long queueBytes,
        long tailBytesPerTrack,
        long tailBytes,
        Duration syncEvery) {

    private static final long MIB = 1L << 20;

    public StoreSettings {
        volumes = List.copyOf(volumes);
        Objects.requireNonNull(recorder);
        if (volumes.isEmpty()) {
            throw new IllegalArgumentException("A store has at least one volume, but got none");
        }
        if (reserveBytes < 0 || queueBytes < MIB || tailBytesPerTrack < MIB || tailBytes < MIB) {
            throw new IllegalArgumentException(
                    ("A store keeps a reserve of 0 bytes or more and at least 1 MiB each for queue,"
                                    + " tail per track and tails, but got %d, %d, %d, %d")
                            .formatted(reserveBytes, queueBytes, tailBytesPerTrack, tailBytes));
        }
        if (syncEvery.compareTo(Duration.ofMillis(100)) < 0
                || syncEvery.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "A volume is synced every 0.1 to 60 s, but got %s".formatted(syncEvery));
        }
    }

    /// The usual settings: 1 GiB reserve, 256 MiB of queue, 16 MiB of tail per track and 1 GiB in
    /// all, a sync every 2 s.
    public static StoreSettings of(List<Path> volumes, UUID recorder) {
        return new StoreSettings(
                volumes,
                recorder,
                1024 * MIB,
                256 * MIB,
                16 * MIB,
                1024 * MIB,
                Duration.ofSeconds(2));
    }

    /// The same with another reserve.
    public StoreSettings withReserve(long bytes) {
        return new StoreSettings(
                volumes, recorder, bytes, queueBytes, tailBytesPerTrack, tailBytes, syncEvery);
    }

    /// The same for a program that has so much memory in all: three tenths of it for what waits for slow
    /// disks, three for tails, at most the usual amounts.
    public StoreSettings within(long memoryBytes) {
        var part = Math.max(MIB, memoryBytes / 10 * 3);
        return new StoreSettings(
                volumes,
                recorder,
                reserveBytes,
                Math.min(queueBytes, part),
                Math.min(tailBytesPerTrack, part),
                Math.min(tailBytes, part),
                syncEvery);
    }

    /// The same with another bound on what waits for slow disks.
    public StoreSettings withQueue(long bytes) {
        return new StoreSettings(
                volumes, recorder, reserveBytes, bytes, tailBytesPerTrack, tailBytes, syncEvery);
    }
}
