package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.custodes.media.Bytes;
import org.custodes.simulator.Clip;
import org.custodes.simulator.DemoFootage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real recorder whose volume's disk fails under it, call by call: the writer's n-th write, its n-th
/// sync, no space, read-only, five seconds of nothing. Somebody watches all cameras meanwhile. When it
/// has lived through all of it, it is stopped in order and judged.
///
/// The first call; later ones: `-Dcustodes.calls=1,10,100,1000` (an hour, for
/// a volume is synced every 2 s).
class FailingDiskTest {
    private static final int CAMERAS = 3;
    private static final List<Integer> CALLS =
            Arrays.stream(System.getProperty("custodes.calls", "1").split(",", -1))
                    .map(Integer::valueOf)
                    .toList();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What is not synced yet when the fault comes may be lost with it.
    private static final Duration UNSYNCED = Duration.ofSeconds(4);

    /// What a few seconds of three small cameras may take in memory, whatever the disk does.
    private static final long MEMORY = 100 << 20;

    @TempDir static Path place;

    /// By camera: what was seen live, in the order in which it came.
    private static final Map<UUID, ConcurrentLinkedQueue<Seen>> SEEN = new HashMap<>();

    private static final Map<UUID, Path> LOGS = new HashMap<>();
    private static final Map<UUID, Instant> RECORDED_SINCE = new HashMap<>();
    private static final List<Fault> FAULTS = new ArrayList<>();
    private static final List<Mishap> MISHAPS = new ArrayList<>();

    private static SearchedPlaces places;
    private static BenchRecorder recorder;
    private static Instant stoppedAt;
    private static long memoryBefore;
    private static long memoryMost;

    private record Seen(Bytes unit, Instant at) {}

    /// One thing that was done to the writer.
    ///
    /// @param kinds of the alarms that were raised meanwhile
    private record Fault(String told, String kind, Set<String> kinds, Path log) {}

    @BeforeAll
    static void fail() throws IOException {
        assertThat(FailingCalls.canBeMade()).as("strace is installed").isTrue();
        var cache = Folders.ofThisMachine().cache().resolve("footage");
        var film = DemoFootage.small(Files.createDirectory(place.resolve("film")), cache).main();
        var setting =
                new BenchSetting(
                        film,
                        25,
                        CAMERAS,
                        0,
                        1,
                        Duration.ZERO,
                        Duration.ZERO,
                        place.resolve("work"));
        try (var cameras = setting.cameras()) {
            recorder =
                    BenchRecorder.start(
                            place.resolve("recorder"), Map.of("JDK_JAVA_OPTIONS", "-Xmx256m"));
            try {
                var ids = recorder.addCameras(setting.addresses(cameras));
                for (var number = 1; number <= CAMERAS; number++) {
                    LOGS.put(UUID.fromString(ids.get(number - 1)), setting.frameLog(number));
                }
                failWatched(ids);
                stoppedAt = Instant.now();
            } finally {
                recorder.close();
            }
        }
        var search = new PlainSearch();
        Clip.ofMp4(film).accessUnits().forEach(unit -> search.add(unit.data()));
        places = new SearchedPlaces(search, List.of(place.resolve("recorder")));
        places.searchFiles();
        places.searchLines("log", recorder.program().said());
    }

    private static void failWatched(List<String> ids) {
        var viewers = new ArrayList<MediaClient>();
        try {
            for (var id : ids) {
                var seen = new ConcurrentLinkedQueue<Seen>();
                SEEN.put(UUID.fromString(id), seen);
                var viewer =
                        MediaClient.connect(
                                recorder.address(),
                                recorder.authority(),
                                recorder.operator(),
                                frame -> {
                                    var unit = new byte[frame.unit().remaining()];
                                    frame.unit().get(unit);
                                    seen.add(new Seen(Bytes.of(unit), Instant.now()));
                                });
                viewers.add(viewer);
                viewer.live(1, id);
            }
            awaitRecordedAfter(Instant.now());
            CameraNow.all(recorder)
                    .forEach(camera ->
                            RECORDED_SINCE.put(camera.id(), camera.streamingSince().orElseThrow()));
            memoryBefore = recorder.processes().pssBytes();
            failInTurn();
        } finally {
            viewers.forEach(MediaClient::close);
        }
    }

    private static void failInTurn() {
        for (var n : CALLS) {
            fail("pwrite64", "error=EIO:when=" + n, "volume.failed", n);
            fail("syncfs", "error=EIO:when=" + n, "volume.failed", n);
        }
        fail("pwrite64", "error=ENOSPC:when=1+", "volume.full", 1);
        fail("pwrite64", "error=EROFS:when=1+", "volume.read-only", 1);
        fail("syncfs", "delay_enter=5000000:when=1", "volume.sync-late", 1);
    }

    /// Makes the writer's calls fail until an alarm of that kind is raised that was not raised before, and
    /// lets it recover.
    ///
    /// @param n how many calls that takes; of each there are several in 5 s
    private static void fail(String call, String how, String kind, int n) {
        var from = Instant.now();
        var before = raised();
        var log = place.resolve("strace-%d.log".formatted(FAULTS.size()));
        var kinds = new HashSet<String>();
        var told = call + " " + how;
        try (var failing = FailingCalls.of(recorder.program().pid(), call, how, log)) {
            Waiting.until(
                    "an alarm %s tells of %s".formatted(kind, told),
                    PATIENCE.plusSeconds(5L * n),
                    () -> {
                        // It may take the best part of an hour.
                        recorder.stayKnown();
                        memoryMost = Math.max(memoryMost, recorder.processes().pssBytes());
                        raised().forEach((each, times) -> {
                            if (times > before.getOrDefault(each, 0)) {
                                kinds.add(each);
                            }
                        });
                        return failing.injected() > 0 && kinds.contains(kind);
                    });
            if (!how.endsWith("+")) {
                // So that the log shows how it began again.
                awaitRecordedAfter(Instant.now());
            }
        }
        if (how.endsWith("+")) {
            awaitRecordedAfter(Instant.now());
        }
        FAULTS.add(new Fault(told, kind, Set.copyOf(kinds), log));
        if (how.contains("error")) {
            MISHAPS.add(new Mishap(told, SEEN.keySet(), from.minus(UNSYNCED), Instant.now()));
        }
    }

    /// How often alarms of each kind were raised since the recorder was made.
    private static Map<String, Integer> raised() {
        var raised = new TreeMap<String, Integer>();
        for (var alarm : recorder.administrator().client().get("/api/v1/alarms").path("items")) {
            raised.merge(alarm.path("kind").asString(), alarm.path("times").asInt(), Integer::sum);
        }
        return raised;
    }

    private static void awaitRecordedAfter(Instant then) {
        Waiting.until(
                "every camera is recorded and synced after " + then,
                PATIENCE,
                () ->
                        CameraNow.all(recorder).stream()
                                .allMatch(camera ->
                                        camera.syncedThrough().filter(then::isBefore).isPresent()));
    }

    @Test
    void an_alarm_of_the_fitting_kind_tells_of_each_fault() throws IOException {
        assertThat(FAULTS).hasSize(2 * CALLS.size() + 3);
        for (var fault : FAULTS) {
            assertThat(fault.kinds()).as(fault.told()).contains(fault.kind());
            // What begins a moment later in the wake of it is another warning, never another volume
            // fault.
            assertThat(fault.kinds())
                    .as(fault.told())
                    .isSubsetOf(fault.kind(), "volume.sync-late", "recording.failed");
        }
    }

    @Test
    void live_view_misses_no_frame() throws IOException {
        for (var seen : SEEN.entrySet()) {
            var sent = SentFrames.of(Objects.requireNonNull(LOGS.get(seen.getKey())));
            var numbers =
                    seen.getValue().stream()
                            .map(frame -> sent.number(frame.unit(), frame.at()).orElse(-1))
                            .toList();
            assertThat(numbers).hasSizeGreaterThan(25 * 20);
            var first = numbers.getFirst();
            assertThat(numbers)
                    .isEqualTo(LongStream.range(first, first + numbers.size()).boxed().toList());
        }
    }

    @Test
    void memory_stays_within_bounds() {
        assertThat(memoryMost - memoryBefore).isLessThan(MEMORY);
    }

    @Test
    void check_finds_nothing_and_each_frame_that_does_not_play_lies_in_a_gap_with_a_cause()
            throws IOException {
        var verdict =
                new ChaosJudge(
                                recorder.data(),
                                RECORDED_SINCE,
                                MISHAPS,
                                List.of(),
                                stoppedAt,
                                PATIENCE)
                        .judge(recorder.rootKey(), LOGS);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.frames()).isPositive();
    }

    @Test
    void nothing_stands_in_the_clear() {
        assertThat(places.found()).isEmpty();
        assertThat(places.searched()).anyMatch(name -> name.endsWith(".pack"));
    }

    @Test
    void after_a_failed_sync_each_open_pack_ends_at_the_last_good_one() throws IOException {
        for (var fault : FAULTS) {
            if (fault.told().startsWith("syncfs error")) {
                var calls = WriterCalls.of(fault.log());
                assertThat(calls.packsAtTheFailedSync()).as(fault.told()).isEqualTo(CAMERAS);
                assertThat(calls.notEndedAtTheLastGoodSync()).as(fault.told()).isEmpty();
            }
        }
    }

    @Test
    void packs_begin_again_only_once_a_trial_file_was_written_synced_and_read_back()
            throws IOException {
        for (var fault : FAULTS) {
            var calls = WriterCalls.of(fault.log());
            assertThat(calls.begunWithoutTrial()).as(fault.told()).isEmpty();
            if (fault.told().startsWith("syncfs error")) {
                assertThat(calls.begunAfterTheFault()).as(fault.told()).isEqualTo(CAMERAS);
            }
        }
    }
}
