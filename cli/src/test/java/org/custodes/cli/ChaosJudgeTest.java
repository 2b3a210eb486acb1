package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A judge who never finds anything is worth nothing: what a killed recorder left is judged well, and
/// badly once it is not what it was, or what was done to it is not told.
class ChaosJudgeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path place;

    @Test
    void what_was_kept_is_found_and_what_was_not_too() throws IOException {
        try (var stage = ChaosStage.begin(place, 2, 1)) {
            stage.recover(Duration.ofSeconds(2));
            stage.kill();
            stage.recover(Duration.ofSeconds(1));
            var stopped = Instant.now();
            var kept = stage.end(PATIENCE);
            assertThat(kept.broken()).isEmpty();
            assertThat(kept.frames()).isGreaterThan(2 * 25 * 3);

            assertThat(judged(stage, stopped)).anyMatch(broken -> broken.contains("misses frame"));

            flip(PackFile.files(stage.recorder().data()).getFirst());
            assertThat(stage.end(PATIENCE).broken())
                    .anyMatch(broken -> broken.startsWith("check: "));

            for (var pack : PackFile.files(stage.recorder().data())) {
                Files.delete(pack);
            }
            assertThat(stage.end(PATIENCE).broken())
                    .anyMatch(broken -> broken.contains("and holds others now"));
        }
    }

    @Test
    void a_kill_takes_three_seconds_in_which_the_recorder_ran() {
        var at = Instant.parse("2026-11-29T08:43:44Z");
        var running = new Kill(at, Map.of(), Map.of(), at, Duration.ZERO, Set.of());
        var kept = new Kill(at, Map.of(), Map.of(), at, Duration.ofMillis(3_086), Set.of());

        assertThat(running.mayTake(at.minusMillis(2_999))).isTrue();
        assertThat(running.mayTake(at.minusMillis(3_000))).isFalse();
        assertThat(kept.mayTake(at.minusMillis(3_589))).isTrue();
        assertThat(kept.mayTake(at.minusMillis(6_086))).isFalse();
    }

    /// As if nobody had killed it.
    private static List<String> judged(ChaosStage stage, Instant stopped) throws IOException {
        var recorder = stage.recorder();
        return new ChaosJudge(recorder.data(), Map.of(), List.of(), List.of(), stopped, PATIENCE)
                .judge(recorder.rootKey(), stage.logs())
                .broken();
    }

    private static void flip(Path pack) throws IOException {
        var bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 1;
        Files.write(pack, bytes);
    }
}
