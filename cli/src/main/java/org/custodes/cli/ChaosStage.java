package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.custodes.signals.AlarmKind;
import org.custodes.simulator.SimulatorControl;
import org.jspecify.annotations.Nullable;

/// A real recorder and its simulated cameras, each in a process of its own, and what can be done to them.
final class ChaosStage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// So soon a change of the recorder's disk can still show in what was sent before it: the sync interval
    /// and a batch.
    private static final Duration UNSYNCED = Duration.ofSeconds(4);

    /// So soon what failed has to be told.
    private static final Duration ALARMED_WITHIN = Duration.ofSeconds(2);

    private final Path folder;
    private final ChildProgram cameras;
    private final int verbsPort;
    private final List<UUID> ids;
    private final Map<UUID, Instant> recordedSince = new HashMap<>();
    private final List<Mishap> mishaps = new ArrayList<>();
    private final List<Begun> begun = new ArrayList<>();
    private final List<Kill> kills = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private BenchRecorder recorder;

    /// When it was last let go on, and how long it had stood.
    private Instant stoodUntil = Instant.MIN;

    private Duration stood = Duration.ZERO;
    private Instant lifeBegan;

    /// A mishap that is not over.
    private record Begun(String told, Set<UUID> cameras, Instant from) {}

    private ChaosStage(
            Path folder,
            ChildProgram cameras,
            int verbsPort,
            BenchRecorder recorder,
            List<UUID> ids,
            Instant lifeBegan) {
        this.folder = folder;
        this.cameras = cameras;
        this.verbsPort = verbsPort;
        this.recorder = recorder;
        this.ids = List.copyOf(ids);
        this.lifeBegan = lifeBegan;
    }

    /// Starts so many unruly cameras and a recorder that records them all.
    ///
    /// @param folder empty, or not there yet
    static ChaosStage begin(Path folder, int cameraCount, long seed) {
        return begin(folder, cameraCount, List.of("--unruly", Long.toString(seed)));
    }

    /// As above, with cameras that show something else.
    ///
    /// @param show in words of `simulate`
    static ChaosStage begin(Path folder, int cameraCount, List<String> show) {
        var words = new ArrayList<>(List.of("simulate"));
        words.addAll(show);
        words.addAll(
                List.of(
                        "--cameras",
                        Integer.toString(cameraCount),
                        "--camera-port",
                        "0",
                        "--verbs-port",
                        "0",
                        "--frame-log",
                        folder.resolve("frames").toString()));
        var cameras = ChildProgram.custodes(Processors.CAMERAS, words);
        @Nullable BenchRecorder recorder = null;
        try {
            var verbs = cameras.awaitLine(line -> line.startsWith("Verbs on port "));
            var first =
                    cameras.awaitLine(line -> line.contains("rtsp://"))
                            .replaceFirst(".*(rtsp://\\S+/camera-)1 .*", "$1");
            var addresses =
                    IntStream.rangeClosed(1, cameraCount)
                            .mapToObj(number -> URI.create(first + number))
                            .toList();
            var began = Instant.now();
            recorder = BenchRecorder.start(folder.resolve("recorder"));
            var ids = recorder.addCameras(addresses).stream().map(UUID::fromString).toList();
            return new ChaosStage(
                    folder,
                    cameras,
                    Integer.parseInt(verbs.replaceAll("\\D", "")),
                    recorder,
                    ids,
                    began);
        } catch (RuntimeException e) {
            if (recorder != null) {
                recorder.close();
            }
            cameras.close();
            throw e;
        }
    }

    BenchRecorder recorder() {
        return recorder;
    }

    /// Waits until all cameras were recorded for so long from now on, and something of it is safe. What had
    /// begun to be done is over then.
    void recover(Duration length) {
        var now = Instant.now();
        Waiting.until(
                "all cameras are recorded; the recorder says: "
                        + String.join(" | ", recorder.program().said()),
                PATIENCE,
                () -> areRecordedAt(now.plus(length)));
        var until = Instant.now();
        begun.forEach(one -> mishaps.add(new Mishap(one.told(), one.cameras(), one.from(), until)));
        begun.clear();
    }

    private boolean areRecordedAt(Instant then) {
        try {
            var now = CameraNow.all(recorder);
            var all =
                    now.stream()
                            .allMatch(camera ->
                                    camera.streamingSince().isPresent()
                                            && camera.syncedThrough().isPresent()
                                            && camera.newest().filter(then::isBefore).isPresent());
            if (all && recordedSince.isEmpty()) {
                now.forEach(one -> recordedSince.put(one.id(), one.streamingSince().orElseThrow()));
            }
            return all;
        } catch (ApiException | CannotStartException notYet) {
            return false;
        }
    }

    /// Does one of these, and tells what was done.
    String cause(List<ChaosVerb> verbs, SplittableRandom random) {
        return cause(verbs.get(random.nextInt(verbs.size())), random);
    }

    /// Does it, and tells what was done. What it may cost is excused from now on until the stage recovers.
    String cause(ChaosVerb verb, SplittableRandom random) {
        var number = random.nextInt(ids.size());
        var path = "camera-" + (number + 1);
        var from = Instant.now();
        var told =
                switch (verb) {
                    case NOTHING -> "nothing";
                    case DROP -> say("drop", path, 1 + random.nextInt(60));
                    case SWAP -> say("swap", path, 1 + random.nextInt(20));
                    case LATE -> say("late", path, 1 + random.nextInt(10), 1 + random.nextInt(20));
                    case DUPLICATE -> say("duplicate", path, 1 + random.nextInt(60));
                    case MUTE -> say("mute", path, 100 + random.nextInt(8_000));
                    case RESET -> say("reset", path);
                    case CLOSE -> say("close", path);
                    case CLOCK -> say("clock", path, random.nextInt(-86_400_000, 86_400_000));
                    case TICKS -> say("ticks", path, random.nextInt(-3_600_000, 3_600_000));
                    case SHOW -> say("show", path, 1 + random.nextInt(2));
                    case PAUSE -> pause(Duration.ofMillis(200 + random.nextInt(3_000)));
                    case DATABASE -> killDatabase();
                    case VIEWERS -> view(number, 1 + random.nextInt(5));
                    case SYNC_FAILS -> failCalls(verb, "syncfs", "error=EIO:when=1", 3_000);
                    case WRITE_FAILS ->
                            failCalls(
                                    verb,
                                    "pwrite64",
                                    "error=EIO:when=" + List.of(1, 10, 50).get(random.nextInt(3)),
                                    4_000);
                    case DISK_FULL -> failCalls(verb, "pwrite64", "error=ENOSPC:when=1+", 2_500);
                    case DISK_SLOW ->
                            failCalls(verb, "syncfs", "delay_enter=5000000:when=1", 8_000);
                };
        switch (verb.reach()) {
            case NOBODY -> {}
            case ONE_CAMERA -> begun.add(new Begun(told, Set.of(ids.get(number)), from));
            case ALL_CAMERAS -> begun.add(new Begun(told, Set.copyOf(ids), from.minus(UNSYNCED)));
        }
        return told;
    }

    private String say(String verb, String path, Object... words) {
        var line = new StringBuilder(verb + " " + path);
        for (var word : words) {
            line.append(' ').append(word);
        }
        SimulatorControl.say(verbsPort, line.toString());
        return line.toString();
    }

    private String pause(Duration time) {
        var from = Instant.now();
        signal("-STOP");
        Waiting.forAs(time);
        signal("-CONT");
        stoodUntil = Instant.now();
        stood = Duration.between(from, stoodUntil);
        return "stop for %d ms".formatted(time.toMillis());
    }

    private void signal(String signal) {
        try {
            var pid = Long.toString(recorder.program().pid());
            var _ = new ProcessBuilder("kill", signal, pid).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted", e);
        }
    }

    /// Nobody's session ends, as soon as the database answers.
    void stayKnown() {
        Waiting.until(
                "the recorder knows who asks",
                Duration.ofSeconds(60),
                () -> {
                    try {
                        recorder.stayKnown();
                        return true;
                    } catch (ApiException databaseAway) {
                        return false;
                    }
                });
    }

    private String killDatabase() {
        return recorder.databaseServer().map(ProcessHandle::destroyForcibly).orElse(false)
                ? "kill the database"
                : "no database to kill";
    }

    /// They hang up when a while has passed, or their recorder is gone.
    private String view(int number, int count) {
        var told = "%d viewers of camera-%d that hardly read".formatted(count, number + 1);
        try {
            view(ids.get(number).toString(), count);
        } catch (CannotStartException e) {
            broken.add("%s: %s".formatted(told, e.getMessage()));
        }
        return told;
    }

    private void view(String camera, int count) {
        for (var viewer = 0; viewer < count; viewer++) {
            var client =
                    MediaClient.connect(
                            recorder.address(),
                            recorder.authority(),
                            recorder.operator(),
                            _ -> Waiting.forAs(Duration.ofSeconds(1)));
            client.live(1, camera);
            Thread.ofVirtual()
                    .start(() -> {
                        Waiting.forAs(Duration.ofSeconds(10));
                        client.close();
                    });
        }
    }

    /// Makes calls fail until it has happened to the volume and the alarm that fits has come, or for so
    /// long. Calls for other files may be hit too, and others alarms told of them: they prove nothing.
    private String failCalls(ChaosVerb verb, String call, String how, int millis) {
        var log = folder.resolve("strace.log");
        var volume = recorder.data().resolve("media");
        var before = ToldAlarms.of(recorder);
        var from = Instant.now();
        var once = how.contains("when=") && !how.endsWith("+");
        var deadline = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        long injected;
        long onVolume;
        try (var failing = FailingCalls.of(recorder.program().pid(), call, how, log)) {
            do {
                Waiting.aMoment();
                onVolume = failing.injectedIn(volume);
            } while (System.nanoTime() < deadline
                    && !(once && onVolume > 0 && isAlarmed(verb, before)));
            injected = failing.injected();
            onVolume = failing.injectedIn(volume);
        }
        var told =
                "%s %s for %d ms, %d times, %d on the volume"
                        .formatted(call, how, millis, injected, onVolume);
        if (verb == ChaosVerb.DISK_SLOW
                && ToldAlarms.of(recorder).since(before).contains(AlarmKind.VOLUME_SLOW)) {
            // More waited for the disk than memory holds: whole GOPs were dropped, and that was
            // told.
            begun.add(new Begun(told, Set.copyOf(ids), from));
            return told + ", more than memory bridges";
        }
        return verb.alarm().isEmpty() || onVolume == 0
                ? told
                : told + awaitAlarm(verb, before, told);
    }

    /// A call can fail at the very end, so its alarm may come a moment later.
    private String awaitAlarm(ChaosVerb verb, ToldAlarms before, String told) {
        var deadline = System.nanoTime() + ALARMED_WITHIN.toNanos();
        while (!isAlarmed(verb, before)) {
            if (System.nanoTime() > deadline) {
                broken.add(
                        "no alarm %s told of: %s"
                                .formatted(verb.alarm().orElseThrow().code(), told));
                return ", with no alarm of it";
            }
            Waiting.aMoment();
        }
        return ", with its alarm";
    }

    private boolean isAlarmed(ChaosVerb verb, ToldAlarms before) {
        try {
            var came = ToldAlarms.of(recorder).since(before);
            return verb.alarm().map(came::contains).orElse(true);
        } catch (ApiException e) {
            return false;
        }
    }

    /// Ends the recorder as a power cut of its process would, and starts it again.
    ///
    /// @return when it was killed
    Instant kill() throws IOException {
        var synced = new HashMap<UUID, Instant>();
        try {
            for (var camera : CameraNow.all(recorder)) {
                camera.syncedThrough().ifPresent(told -> synced.put(camera.id(), told));
            }
        } catch (ApiException databaseAway) {
            // Then nothing was reported safe.
        }
        var at = Instant.now();
        recorder.kill();
        var remains = Kill.remains(recorder.data(), lifeBegan);
        var excused = new HashSet<UUID>();
        begun.forEach(one -> excused.addAll(one.cameras()));
        var startedAgain = Instant.now();
        recorder = recorder.startedAgain();
        lifeBegan = startedAgain;
        kills.add(new Kill(at, synced, remains, startedAgain, stoodBefore(at), excused));
        return at;
    }

    /// What came in meanwhile waits for the recorder as if it had come when it went on.
    private Duration stoodBefore(Instant kill) {
        return stoodUntil.isAfter(kill.minus(Kill.MOST_LOST)) ? stood : Duration.ZERO;
    }

    /// Stops the recorder in order and judges what it left.
    ChaosJudge.Verdict end(Duration recordsAgain) throws IOException {
        var stoppedAt = Instant.now();
        recorder.stop();
        var verdict =
                new ChaosJudge(
                                recorder.data(),
                                recordedSince,
                                mishaps,
                                kills,
                                stoppedAt,
                                recordsAgain)
                        .judge(recorder.rootKey(), logs());
        broken.addAll(verdict.broken());
        return new ChaosJudge.Verdict(
                broken, verdict.frames(), verdict.oldestLost(), verdict.recordedAgain());
    }

    /// Where each camera wrote what it sent.
    Map<UUID, Path> logs() {
        var logs = new HashMap<UUID, Path>();
        for (var number = 0; number < ids.size(); number++) {
            var name = "camera-%d.log".formatted(number + 1);
            logs.put(ids.get(number), folder.resolve("frames").resolve(name));
        }
        return Map.copyOf(logs);
    }

    /// Removes all that was written.
    void clear() {
        if (Files.exists(folder)) {
            FolderTree.remove(folder);
        }
    }

    @Override
    public void close() {
        recorder.close();
        cameras.close();
    }
}
