package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a real recorder, each in the middle of another mishap, held against what the cameras
/// sent. Another seed each run; `./custodes chaos --rounds 1000` plays more.
class KillTest {
    private static final int KILLS = Integer.getInteger("custodes.kills", 20);
    private static final long SEED =
            Long.getLong("custodes.seed", ThreadLocalRandom.current().nextLong(1, 1_000_000_000));

    /// How soon it records again is a figure of a quiet machine: `./custodes chaos` holds it to 5 s.
    private static final Duration RECORDS_AGAIN = Duration.ofMinutes(2);

    @TempDir Path place;

    @Test
    void no_frame_older_than_three_seconds_is_lost_and_none_that_was_reported_safe()
            throws IOException {
        var setting =
                new ChaosRounds.Setting(KILLS, SEED, 20, Duration.ofDays(1), RECORDS_AGAIN, place);

        var report = new ChaosRounds(setting, System.out::println).run();

        assertThat(report.broken()).isEmpty();
        assertThat(report.rounds()).isEqualTo(KILLS);
        assertThat(report.frames()).isPositive();
    }
}
