package org.custodes.cli;

import java.time.Duration;

/// How much a bench does, and so what its figures are worth.
///
/// @param quotable whether the figures say anything; then this program keeps off the recorder's processor
/// @param runs of ours and of the peer, in turn
/// @param kills the same for `recover`, where a run is one kill
/// @param mostCameras however many a job would have by itself
/// @param days of an archive
/// @param seeks per run; a fifth as many calls for the timeline
/// @param earliestKill after all cameras are recorded; the moment is drawn
/// @param coldDisk whether the system's caches may be dropped
record BenchLength(
        boolean quotable,
        int runs,
        int kills,
        Duration warmup,
        Duration measured,
        int mostCameras,
        int days,
        int seeks,
        Duration earliestKill,
        Duration latestKill,
        boolean coldDisk) {

    static BenchLength usual() {
        return new BenchLength(
                true,
                3,
                3,
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Integer.MAX_VALUE,
                30,
                1_000,
                Duration.ofSeconds(5),
                Duration.ofSeconds(25),
                false);
    }

    /// For figures that are quoted.
    static BenchLength thorough() {
        return new BenchLength(
                true,
                3,
                200,
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Integer.MAX_VALUE,
                30,
                1_000,
                Duration.ofSeconds(5),
                Duration.ofSeconds(25),
                true);
    }

    /// Shows that a bench works.
    static BenchLength shortest() {
        return new BenchLength(
                false,
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                2,
                3,
                20,
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                false);
    }
}
