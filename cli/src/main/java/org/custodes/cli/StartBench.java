package org.custodes.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How soon after its start a recorder with weeks of footage answers and records; the peer starts one
/// `ffmpeg` per camera in a loop.
final class StartBench {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BenchSetting setting;
    private final Archive archive;

    StartBench(BenchSetting setting, Archive archive) {
        this.setting = setting;
        this.archive = archive;
    }

    List<BenchMetric> run() {
        var ours = new ArrayList<Uptake>();
        var peer = new ArrayList<Double>();
        var enrolled = setting.folder("start-enrolled");
        try (var people = BenchRecorder.start(enrolled, archive)) {
            people.stop();
            for (var run = 1; run <= setting.runs(); run++) {
                ours.add(ours(people, enrolled, setting.folder("start-ours-" + run)));
                peer.add(peer(setting.folder("start-peer-" + run)));
            }
        }
        return List.of(
                new BenchMetric(
                        "start",
                        "start.http_ms",
                        "ms",
                        ours.stream().map(uptake -> millis(uptake.answered())).toList(),
                        List.of(),
                        "ours <= 3500"),
                new BenchMetric(
                        "start",
                        "start.recording_ms",
                        "ms",
                        ours.stream().map(uptake -> millis(uptake.recorded())).toList(),
                        peer,
                        "ours <= 5000, ratio <= 0.3"));
    }

    /// Each on a copy of its own: as if nothing had been recorded since the archive's last day.
    private Uptake ours(BenchRecorder people, Path enrolled, Path folder) {
        BenchRecorder.copy(enrolled, folder);
        try (var cameras = setting.cameras(archive.port())) {
            var count = setting.addresses(cameras).size();
            var before = people.packs();
            var recorder = people.startedAgainOn(folder);
            try {
                return Uptake.of(recorder, count, before);
            } finally {
                recorder.stop();
            }
        } finally {
            FolderTree.remove(folder);
        }
    }

    private double peer(Path folder) {
        try (var cameras = setting.cameras()) {
            var addresses = setting.addresses(cameras);
            var begun = System.nanoTime();
            try (var recorders = PeerRecorders.start(addresses, folder)) {
                Waiting.until(
                        "every ffmpeg has written something",
                        PATIENCE,
                        () -> recorders.allBegan(Set.of()));
                return millis(Duration.ofNanos(System.nanoTime() - begun));
            }
        } finally {
            FolderTree.remove(folder);
        }
    }

    static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
