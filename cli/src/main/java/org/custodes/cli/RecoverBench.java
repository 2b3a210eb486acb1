package org.custodes.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.custodes.simulator.Clip;

/// What `kill -9` takes, and how soon a recorder with weeks of footage records again: ours, and one
/// `ffmpeg` per camera, killed after the same time.
final class RecoverBench {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// A kill may take what is younger.
    private static final Duration MOST_LOST = Duration.ofSeconds(3);

    private final BenchSetting setting;
    private final Archive archive;
    private final Duration earliest;
    private final Duration latest;
    private final Clip clip;
    private final Random chance = new Random();

    /// @param earliest how long all cameras are recorded before the kill, at least
    /// @param latest and at most
    RecoverBench(BenchSetting setting, Archive archive, Duration earliest, Duration latest) {
        this.setting = setting;
        this.archive = archive;
        this.earliest = earliest;
        this.latest = latest;
        this.clip = Clip.ofMp4(setting.footage());
    }

    /// What came of one kill.
    ///
    /// @param lost frames per camera, on average
    /// @param old how many of all cameras' lost frames were older than [#MOST_LOST]
    private record Kill(double lost, double old, double ready, double recording) {}

    List<BenchMetric> run() {
        var ours = new ArrayList<Kill>();
        var peer = new ArrayList<Kill>();
        var enrolled = setting.folder("recover-enrolled");
        try (var people = BenchRecorder.start(enrolled, archive)) {
            people.stop();
            for (var run = 1; run <= setting.runs(); run++) {
                var after = earliest.plusMillis(chance.nextLong(1 + span().toMillis()));
                ours.add(ours(people, enrolled, setting.folder("recover-ours-" + run), after));
                peer.add(peer(setting.folder("recover-peer-" + run), after));
            }
        }
        return List.of(
                new BenchMetric(
                        "recover",
                        "recover.frames_lost_per_camera",
                        "frames",
                        ours.stream().map(Kill::lost).toList(),
                        peer.stream().map(Kill::lost).toList(),
                        "ratio <= 0.1, ours <= 25"),
                new BenchMetric(
                        "recover",
                        "recover.frames_lost_older_than_3s",
                        "frames",
                        ours.stream().map(Kill::old).toList(),
                        List.of(),
                        BenchMetric.NOTHING),
                new BenchMetric(
                        "recover",
                        "recover.ready_ms",
                        "ms",
                        ours.stream().map(Kill::ready).toList(),
                        List.of(),
                        "ours <= 3500"),
                new BenchMetric(
                        "recover",
                        "recover.recording_ms",
                        "ms",
                        ours.stream().map(Kill::recording).toList(),
                        peer.stream().map(Kill::recording).toList(),
                        "ours <= 5000"));
    }

    private Duration span() {
        return latest.minus(earliest);
    }

    private Kill ours(BenchRecorder people, Path enrolled, Path folder, Duration after) {
        BenchRecorder.copy(enrolled, folder);
        try (var cameras = setting.cameras(archive.port())) {
            var count = setting.addresses(cameras).size();
            var recorder = people.startedAgainOn(folder);
            try {
                var _ = Uptake.of(recorder, count, Set.of());
                var begun = Instant.now();
                Waiting.forAs(after);
                var killed = Instant.now();
                recorder.kill();
                var before = recorder.packs();
                recorder = people.startedAgainOn(folder);
                var uptake = Uptake.of(recorder, count, before);
                recorder.stop();
                return lost(recorder, begun, killed, uptake);
            } finally {
                recorder.stop();
            }
        } finally {
            FolderTree.remove(folder);
        }
    }

    private Kill lost(BenchRecorder recorder, Instant begun, Instant killed, Uptake uptake) {
        var lost = 0L;
        var old = 0L;
        try (var stored = new StoredFrames(recorder)) {
            for (var number = 0; number < archive.cameras().size(); number++) {
                var log = new FrameLogFile(setting.frameLog(number + 1), clip);
                var frames =
                        stored.of(archive.cameras().get(number)).stream()
                                .filter(frame -> frame.wallMicros() <= micros(killed))
                                .toList();
                var last = frames.isEmpty() ? micros(begun) : frames.getLast().wallMicros();
                var missing = missingBetween(frames);
                lost += missing + log.sentWithin(last, micros(killed));
                old += missing + log.sentWithin(last, micros(killed.minus(MOST_LOST)));
            }
        }
        return new Kill(
                lost / (double) archive.cameras().size(),
                old,
                StartBench.millis(uptake.answered()),
                StartBench.millis(uptake.recorded()));
    }

    /// Frames over which the camera's media time jumped.
    private long missingBetween(List<StoredFrames.Frame> frames) {
        var ticksPerFrame = 90_000 / setting.framesPerSecond();
        var missing = 0L;
        for (var i = 1; i < frames.size(); i++) {
            var passed = frames.get(i).mediaTime() - frames.get(i - 1).mediaTime();
            missing += Math.round(passed / ticksPerFrame) - 1;
        }
        return missing + frames.stream().filter(StoredFrames.Frame::damaged).count();
    }

    private Kill peer(Path folder, Duration after) {
        try (var cameras = setting.cameras()) {
            var addresses = setting.addresses(cameras);
            Set<Path> before;
            try (var recorders = PeerRecorders.start(addresses, folder)) {
                await(recorders, Set.of());
                Waiting.forAs(after);
                recorders.kill();
                before = recorders.segments();
            }
            var lost =
                    before.stream()
                            .mapToLong(file -> OpenSegment.unreadableFrames(file, clip.codec()))
                            .sum();
            var begun = System.nanoTime();
            try (var recorders = PeerRecorders.start(addresses, folder)) {
                await(recorders, before);
                var again = Duration.ofNanos(System.nanoTime() - begun);
                return new Kill(lost / (double) addresses.size(), 0, 0, StartBench.millis(again));
            }
        } finally {
            FolderTree.remove(folder);
        }
    }

    private static void await(PeerRecorders recorders, Set<Path> before) {
        Waiting.until(
                "every ffmpeg has written something", PATIENCE, () -> recorders.allBegan(before));
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
