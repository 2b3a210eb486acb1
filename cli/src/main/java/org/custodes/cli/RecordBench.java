package org.custodes.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.custodes.media.TimeRange;

/// What it costs to record: ours with sealing, catalogue and sync, against one `ffmpeg -c copy` per
/// camera without any of them.
final class RecordBench {
    private final BenchSetting setting;
    private final Consumer<String> progress;

    /// @param progress is told when the peer could not follow, and so has no figures
    RecordBench(BenchSetting setting, Consumer<String> progress) {
        this.setting = setting;
        this.progress = progress;
    }

    List<BenchMetric> run() {
        var ours = new ArrayList<Figures>();
        var peer = new ArrayList<Figures>();
        for (var run = 1; run <= setting.runs(); run++) {
            ours.add(within(setting.folder("record-ours-" + run), this::ours));
            within(setting.folder("record-peer-" + run), this::peer).ifPresent(peer::add);
        }
        return List.of(
                new BenchMetric(
                        "record",
                        "record.cpu_ms_per_camera_second",
                        "ms",
                        ours.stream().map(Figures::cpu).toList(),
                        peer.stream().map(Figures::cpu).toList(),
                        "ratio <= 0.5"),
                new BenchMetric(
                        "record",
                        "record.pss_mb",
                        "MB",
                        ours.stream().map(Figures::pss).toList(),
                        peer.stream().map(Figures::pss).toList(),
                        memoryGoal()),
                new BenchMetric(
                        "record",
                        "record.frames_lost",
                        "frames",
                        ours.stream().map(Figures::lost).toList(),
                        List.of(),
                        BenchMetric.NOTHING));
    }

    /// A recorder of few cameras is mostly the program itself and its database.
    private String memoryGoal() {
        var cameras = setting.cameraCount();
        return cameras >= 200 ? "ratio <= 0.25" : cameras >= 100 ? "ratio <= 0.4" : "stated";
    }

    private record Figures(double cpu, double pss, double lost) {}

    /// Two hundred cameras fill gigabytes in a run.
    private static <T> T within(Path folder, Function<Path, T> run) {
        try {
            return run.apply(folder);
        } finally {
            FolderTree.remove(folder);
        }
    }

    private Figures ours(Path folder) {
        Figures measured;
        TimeRange window;
        Path data;
        Path rootKey;
        try (var cameras = setting.cameras();
                var recorder = BenchRecorder.start(folder)) {
            var _ = recorder.addCameras(setting.addresses(cameras));
            data = recorder.data();
            rootKey = recorder.rootKey();
            Waiting.forAs(setting.warmup());
            var start = Instant.now();
            measured = measure(recorder.processes());
            window = new TimeRange(start, Instant.now());
        }
        return new Figures(
                measured.cpu(), measured.pss(), LostFrames.in(data, rootKey, window, setting));
    }

    /// Empty if an `ffmpeg` stopped recording meanwhile: one that has ended, or waits, costs nothing.
    private Optional<Figures> peer(Path folder) {
        try (var cameras = setting.cameras();
                var recorders = PeerRecorders.startInGroups(setting.addresses(cameras), folder)) {
            Waiting.forAs(setting.warmup());
            var before = recorders.segments();
            var measured = measure(recorders.processes());
            var begun = recorders.begun(before);
            if (mustHaveBegunAnew() && begun < setting.cameraCount()) {
                progress.accept(
                        "No figures of the peer: while it was measured, only %d of %d ffmpeg wrote a new segment."
                                .formatted(begun, setting.cameraCount()));
                return Optional.empty();
            }
            return Optional.of(measured);
        }
    }

    private boolean mustHaveBegunAnew() {
        return setting.measured().compareTo(PeerRecorders.SEGMENT.multipliedBy(2)) >= 0;
    }

    private Figures measure(ProcessTree processes) {
        var cpuBefore = processes.cpuSeconds();
        var start = System.nanoTime();
        Waiting.forAs(setting.measured());
        var cpu = processes.cpuSeconds() - cpuBefore;
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Figures(
                cpu * 1000 / seconds / setting.cameraCount(), processes.pssBytes() / 1e6, 0);
    }
}
