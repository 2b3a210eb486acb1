package org.custodes.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// How long the overview of weeks takes through HTTP, of all cameras and of one; the peer asks SQLite,
/// in its own process, for the same from one row per 10 s segment.
final class TimelineBench {
    /// As many as the console asks for.
    private static final int SPANS = 400;

    /// The peer takes seconds for one.
    private static final int PEER_CALLS = 3;

    private final BenchSetting setting;
    private final Archive archive;
    private final int calls;

    /// @param calls of each kind, per run
    TimelineBench(BenchSetting setting, Archive archive, int calls) {
        this.setting = setting;
        this.archive = archive;
        this.calls = calls;
    }

    /// Milliseconds of each call.
    record Times(List<Double> all, List<Double> one) {}

    List<BenchMetric> run() {
        var ours = new ArrayList<Times>();
        var peer = new ArrayList<Times>();
        var table = new SegmentTable(archive);
        for (var run = 1; run <= setting.runs(); run++) {
            ours.add(ours(setting.folder("timeline-ours-" + run)));
            peer.add(table.ask(PEER_CALLS));
        }
        var cameras = archive.cameras().size();
        var days = archive.shape().days();
        return List.of(
                new BenchMetric(
                        "timeline",
                        "timeline.%dx%dd_p50_ms".formatted(cameras, days),
                        "ms",
                        ours.stream().map(times -> BenchMetric.median(times.all())).toList(),
                        peer.stream().map(times -> BenchMetric.median(times.all())).toList(),
                        "ratio <= 0.02, ours <= 100"),
                new BenchMetric(
                        "timeline",
                        "timeline.1x%dd_p50_ms".formatted(days),
                        "ms",
                        ours.stream().map(times -> BenchMetric.median(times.one())).toList(),
                        peer.stream().map(times -> BenchMetric.median(times.one())).toList(),
                        "ours <= 2"),
                new BenchMetric(
                        "timeline",
                        "timeline.%dx%dd_p99_ms".formatted(cameras, days),
                        "ms",
                        ours.stream()
                                .map(times -> BenchMetric.quantile(times.all(), 0.99))
                                .toList(),
                        List.of(),
                        "none"),
                new BenchMetric(
                        "timeline",
                        "timeline.1x%dd_p99_ms".formatted(days),
                        "ms",
                        ours.stream()
                                .map(times -> BenchMetric.quantile(times.one(), 0.99))
                                .toList(),
                        List.of(),
                        "none"));
    }

    private Times ours(Path folder) {
        try (var recorder = BenchRecorder.start(folder, archive)) {
            var client = recorder.operator().client();
            var all = address(archive.cameras());
            var warm = System.nanoTime() + setting.warmup().toNanos();
            do {
                proveWhole(client.text(all));
                var _ = client.text(address(List.of(archive.cameras().getFirst())));
            } while (System.nanoTime() < warm);
            var times = new Times(new ArrayList<>(), new ArrayList<>());
            for (var call = 0; call < calls; call++) {
                times.all().add(time(client, all));
            }
            // Apart from them: who looks at one camera does not ask for megabytes in between.
            for (var call = 0; call < calls; call++) {
                var camera = archive.cameras().get(call % archive.cameras().size());
                times.one().add(time(client, address(List.of(camera))));
            }
            return times;
        } finally {
            FolderTree.remove(folder);
        }
    }

    private static double time(ApiClient client, String address) {
        var begun = System.nanoTime();
        var _ = client.text(address);
        return (System.nanoTime() - begun) / 1e6;
    }

    private String address(List<UUID> cameras) {
        return "/api/v1/timeline?%s&from=%s&to=%s&spans=%d"
                .formatted(
                        cameras.stream()
                                .map(camera -> "camera=" + camera)
                                .collect(Collectors.joining("&")),
                        midnightBefore(archive.shape().days() - 1),
                        midnightBefore(-1),
                        SPANS);
    }

    /// Midnight so many days before the archive's last day begins.
    private Instant midnightBefore(int days) {
        return archive.lastDay().minusDays(days).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private void proveWhole(String answer) {
        var cameras = ApiClient.JSON.readTree(answer).path("cameras");
        if (cameras.size() != archive.cameras().size()) {
            throw new CannotStartException(
                    "The timeline of %d cameras was asked for, and tells of %d"
                            .formatted(archive.cameras().size(), cameras.size()));
        }
        for (var camera : cameras) {
            if (camera.path("spans").isEmpty()) {
                throw new CannotStartException(
                        "The timeline tells of no footage of camera "
                                + camera.path("camera").asString());
            }
        }
    }
}
