package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.custodes.cli.PackFile.SealedRecord;
import org.custodes.simulator.DemoFootage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recording needs no database (DESIGN, I6): a real recorder whose PostgreSQL is killed, or does not
/// start any more.
class DatabaseGoneTest {
    private static final int CAMERAS = 2;
    private static final long TICKS_PER_FRAME = 90_000 / 25;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir static Path place;

    private static BenchSetting setting;
    private static ChildProgram cameras;
    private static BenchRecorder recorder;

    @BeforeAll
    static void start() {
        var cache = Folders.ofThisMachine().cache().resolve("footage");
        var film = DemoFootage.small(place, cache).main();
        setting =
                new BenchSetting(
                        film,
                        25,
                        CAMERAS,
                        0,
                        1,
                        Duration.ZERO,
                        Duration.ZERO,
                        place.resolve("work"));
        cameras = setting.cameras();
        recorder = BenchRecorder.start(place.resolve("recorder"));
        var _ = recorder.addCameras(setting.addresses(cameras));
    }

    @AfterAll
    static void stop() {
        recorder.close();
        cameras.close();
    }

    @Test
    void a_killed_database_comes_back_by_itself_and_no_frame_is_lost_meanwhile()
            throws IOException {
        awaitRecordedAfter(Instant.EPOCH);
        var killed = databaseServer();
        var killedAt = Instant.now();

        assertThat(killed.destroyForcibly()).isTrue();

        awaitRecordedAfter(killedAt);
        awaitDatabase();
        assertThat(databaseServer().pid()).isNotEqualTo(killed.pid());
        var backAt = Instant.now();
        awaitRecordedAfter(backAt);
        assertThat(packsBegunBy(killedAt))
                .filteredOn(pack -> newest(pack).isAfter(backAt))
                .hasSize(CAMERAS)
                .allSatisfy(pack -> assertThat(missing(pack)).isZero());
    }

    @Test
    void a_database_that_runs_and_does_not_answer_is_an_alarm_until_it_does()
            throws IOException, InterruptedException {
        awaitDatabase();
        var from = Instant.now();
        signal("-STOP");
        try {
            awaitSaid("PostgreSQL runs, and has not answered for 10 s.");
            awaitRecordedAfter(from);
        } finally {
            signal("-CONT");
        }

        awaitDatabase();
        awaitSaid("Ended: PostgreSQL runs, and has not answered for 10 s.");
    }

    /// To the database's server and all of its processes.
    private static void signal(String signal) throws IOException, InterruptedException {
        var server = databaseServer();
        var command = new ArrayList<>(List.of("kill", signal, Long.toString(server.pid())));
        server.descendants().forEach(child -> command.add(Long.toString(child.pid())));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static void awaitSaid(String what) {
        Waiting.until(
                "the recorder says: " + what,
                PATIENCE,
                () -> recorder.program().said().stream().anyMatch(line -> line.contains(what)));
    }

    @Test
    void with_a_database_that_does_not_start_a_restart_records_and_says_what_is_the_matter()
            throws IOException, InterruptedException {
        var server = databaseServer();
        recorder.kill();
        Waiting.until("the database followed its recorder", PATIENCE, () -> !server.isAlive());
        var control = recorder.data().resolve("database/data/global/pg_control");
        var sound = Files.readAllBytes(control);
        Files.write(control, new byte[sound.length]);
        var startedAt = Instant.now();

        recorder = recorder.startedAgain();

        awaitRecordedAfter(startedAt);
        assertThatThrownBy(() -> recorder.cameras())
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> {
                            assertThat(refused)
                                    .hasMessageContaining("The database does not answer");
                            assertThat(refused.next()).contains("Recording goes on");
                        });
        try (var stranger = new ApiClient(recorder.address(), recorder.authority(), Map.of())) {
            assertThat(stranger.get("/api/v1/server").path("enrolled").asBoolean()).isTrue();
        }

        Files.write(control, sound);

        awaitDatabase();
        assertThat(CameraNow.all(recorder))
                .hasSize(CAMERAS)
                .allSatisfy(camera -> assertThat(camera.newest().orElseThrow()).isAfter(startedAt));
    }

    private static ProcessHandle databaseServer() throws IOException {
        var file = recorder.data().resolve("database/data/postmaster.pid");
        var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void awaitDatabase() {
        Waiting.until(
                "the API tells of cameras again",
                PATIENCE,
                () -> {
                    try {
                        return !recorder.cameras().isEmpty();
                    } catch (ApiException e) {
                        return false;
                    }
                });
    }

    /// Waits until the files themselves hold newer frames of each camera: the API may have nothing to
    /// say.
    private static void awaitRecordedAfter(Instant then) {
        Waiting.until(
                "each camera was recorded after " + then,
                PATIENCE,
                () ->
                        packs().stream()
                                        .filter(pack -> newest(pack).isAfter(then))
                                        .map(PackFile::camera)
                                        .distinct()
                                        .count()
                                == CAMERAS);
    }

    private static List<PackFile> packsBegunBy(Instant then) {
        return packs().stream()
                .filter(pack -> wallTime(pack.records().getFirst()).isBefore(then))
                .toList();
    }

    private static List<PackFile> packs() {
        try {
            return PackFile.all(recorder.data()).stream()
                    .filter(pack -> !pack.records().isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant newest(PackFile pack) {
        return wallTime(pack.records().getLast());
    }

    private static Instant wallTime(SealedRecord sealed) {
        return Instant.EPOCH.plus(sealed.header().wallMicros(), ChronoUnit.MICROS);
    }

    /// Frames that are left out in a pack: the camera's time advances by one frame's ticks from record to
    /// record.
    private static long missing(PackFile pack) {
        var times = pack.records().stream().map(sealed -> sealed.header().mediaTime()).toList();
        return (times.getLast() - times.getFirst()) / TICKS_PER_FRAME - (times.size() - 1);
    }
}
