package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.custodes.simulator.DemoFootage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That every bench works, with a film of a few seconds; what it measures then says nothing, and no
/// limit is set to it.
class BenchTest {
    private static final Map<BenchJob, List<String>> METRICS =
            Map.of(
                    BenchJob.record,
                    List.of(
                            "record.cpu_ms_per_camera_second",
                            "record.pss_mb",
                            "record.frames_lost"),
                    BenchJob.live,
                    List.of("live.latency_p50_ms", "live.latency_p99_ms"),
                    BenchJob.seek,
                    List.of(
                            "seek.first_gop_p50_ms",
                            "seek.first_gop_p99_ms",
                            "seek.open_first_gop_p50_ms",
                            "seek.open_first_gop_p99_ms"),
                    BenchJob.timeline,
                    List.of(
                            "timeline.2x3d_p50_ms",
                            "timeline.1x3d_p50_ms",
                            "timeline.2x3d_p99_ms",
                            "timeline.1x3d_p99_ms"),
                    BenchJob.start,
                    List.of("start.http_ms", "start.recording_ms"),
                    BenchJob.recover,
                    List.of(
                            "recover.frames_lost_per_camera",
                            "recover.frames_lost_older_than_3s",
                            "recover.ready_ms",
                            "recover.recording_ms"),
                    BenchJob.sign_in,
                    List.of(
                            "sign-in.attempts_per_s",
                            "sign-in.hashed",
                            "sign-in.hashed_beyond_10",
                            "sign-in.frames_lost",
                            "sign-in.passkey_ms"),
                    BenchJob.sign_in_timing,
                    List.of(
                            "sign-in-timing.unknown_or_wrong_p",
                            "sign-in-timing.unknown_or_wrong_apart_ms",
                            "sign-in-timing.unknown_or_wrong_told_apart",
                            "sign-in-timing.unknown_or_wrong_other_answers",
                            "sign-in-timing.foreign_or_absent_p",
                            "sign-in-timing.foreign_or_absent_apart_ms",
                            "sign-in-timing.foreign_or_absent_told_apart",
                            "sign-in-timing.foreign_or_absent_other_answers"));

    @TempDir static Path shared;
    private static Path film = Path.of("not made yet");

    @TempDir Path place;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "all")
    void a_job_tells_each_of_its_figures(BenchJob job) throws IOException {
        var bench =
                new Bench(
                        film(),
                        "of the test",
                        BenchLength.shortest(),
                        Files.createDirectory(place.resolve("work")),
                        Files.createDirectory(place.resolve("archives")),
                        System.out::println);

        var result = bench.run(job, Bench.Wishes.none());

        assertThat(result.metrics().stream().map(BenchMetric::metric)).isEqualTo(METRICS.get(job));
        assertThat(result.metrics())
                .allSatisfy(metric -> {
                    assertThat(metric.ours()).isNotEmpty().allMatch(Double::isFinite);
                    assertThat(metric.peer()).allMatch(Double::isFinite);
                    assertThat(metric.lost()).isFalse();
                });
        assertThat(result.input()).contains("of the test");
    }

    private static synchronized Path film() {
        if (!Files.exists(film)) {
            film = DemoFootage.small(shared).main();
        }
        return film;
    }
}
