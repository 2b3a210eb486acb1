package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.YARD;
import static org.custodes.store.Recorder.words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.store.VolumeState.Health;
import org.custodes.vault.Sealed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {
    private static final long MB = 1 << 20;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final Path folder = disk.path("volume");

    @Test
    void a_full_disk_raises_an_alarm_pauses_and_recording_comes_back_by_itself() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(50, 25);

        recorder.disk.capacity(0);
        recorder.pass(Duration.ofSeconds(1));

        assertThat(recorder.alarms()).containsExactly("volume.full");
        assertThat(recorder.signals.standing().getFirst().nextStep()).isNotBlank();
        assertThat(door.writer().failure()).contains(GapCause.DISK_FULL);
        assertThat(door.roll().writer().failed()).isTrue();
        door.frames(25, 25);
        assertThat(words(recorder.played(DOOR))).containsAll(words(door.appended.subList(50, 75)));

        recorder.disk.capacity(100 * MB);
        recorder.pass(Duration.ofSeconds(2));
        assertThat(recorder.alarms()).isEmpty();
        door.roll().frames(50, 25);
        assertThat(door.writer().failed()).isFalse();
        recorder.settle();
        assertThat(recorder.gaps(DOOR)).extracting(Item.Gap::cause).contains(GapCause.DISK_FULL);
    }

    @Test
    void no_space_in_the_middle_of_a_write_is_told_as_a_full_disk() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(60, 25);
        recorder.disk.fault(_ -> {
            throw new IOException("No space left on device");
        });

        recorder.settle();

        assertThat(door.writer().failure()).contains(GapCause.DISK_FULL);
        assertThat(recorder.alarms()).containsExactly("volume.full");
    }

    @Test
    void recording_moves_to_the_next_volume_with_room_and_is_played_as_one() throws Exception {
        var first = folder.resolve("first");
        var second = folder.resolve("second");
        var recorder = new Recorder(first, second);
        var door = recorder.record(DOOR).frames(50, 25);
        recorder.disk.fault(step -> {
            if (step.path().startsWith(first)) {
                throw new IOException("Read-only file system");
            }
        });
        door.frames(50, 25);
        recorder.settle();
        assertThat(door.writer().failed()).isTrue();

        door.roll().frames(50, 25);
        recorder.disk.heal();
        recorder.pass(Duration.ofSeconds(2));
        door.roll().frames(50, 25);
        door.end();
        recorder.stopAndRestart();

        assertThat(VolumeFiles.all(second, ".pack")).hasSize(1);
        assertThat(words(recorder.played(DOOR)))
                .isSubsetOf(words(door.appended))
                .containsAll(words(door.appended.subList(100, 200)));
    }

    @Test
    void what_waits_in_memory_is_bounded_by_what_the_program_may_have() {
        var settings = StoreSettings.of(List.of(folder), UUID.randomUUID()).within(100 * MB);

        assertThat(settings.queueBytes() + settings.tailBytes()).isLessThanOrEqualTo(60 * MB);
        assertThat(settings.tailBytesPerTrack()).isEqualTo(16 * MB);
    }

    @Test
    void a_slow_disk_drops_whole_gops_with_bounded_memory_and_leaves_live_view_alone() {
        var recorder = new Recorder(settings -> settings.withQueue(2 * MB), folder);
        var door = recorder.record(DOOR).bodies(20_000);
        var yard = recorder.record(YARD).bodies(2_000);
        var seen = new ArrayList<Sealed>();
        recorder.store.tail(DOOR).subscribe((_, sealed) -> seen.add(sealed));

        for (var gop = 0; gop < 10; gop++) {
            // Nobody gives the writer its turn: the disk stands still.
            for (var frame = 0; frame < 25; frame++) {
                door.frame(frame == 0);
                yard.frame(frame == 0);
                recorder.now = recorder.now.plusMillis(40);
                assertThat(recorder.store.volumes().getFirst().queuedBytes())
                        .isLessThanOrEqualTo(2 * MB);
            }
        }

        assertThat(seen).hasSize(250);
        assertThat(door.writer().failure()).contains(GapCause.DISK_SLOW);
        assertThat(yard.writer().failed()).as("the small camera is not pushed out").isFalse();
        assertThat(recorder.alarms()).containsExactly("volume.slow");
        assertThat(recorder.store.volumes().getFirst().health()).isEqualTo(Health.SLOW);
        assertThat(recorder.begin(DOOR, GapCause.CONTINUES, 0).failed()).isTrue();

        recorder.settle();
        assertThat(recorder.alarms()).isEmpty();
        assertThat(recorder.store.volumes().getFirst().health()).isEqualTo(Health.RECORDING);
        recorder.record(DOOR, GapCause.CONTINUES, 0).frames(25, 25);
        recorder.settle();
        var keptOfDoor =
                recorder.played(DOOR).stream()
                        .filter(s -> s.pack().packId().equals(door.writer().binding().packId()))
                        .count();
        assertThat(keptOfDoor).isPositive().matches(kept -> kept % 25 == 0, "whole GOPs");
        assertThat(recorder.gaps(DOOR)).extracting(Item.Gap::cause).contains(GapCause.DISK_SLOW);
    }

    @Test
    void a_volume_that_cannot_be_reached_is_taken_in_when_it_can() throws Exception {
        var place = folder.resolve("place");
        Files.createDirectories(folder);
        Files.writeString(place, "a file where the folder should be");
        var recorder = new Recorder(place);
        assertThat(recorder.alarms()).containsExactly("volume.failed");
        assertThat(recorder.begin(DOOR, GapCause.CAMERA_ADDED, 0).failed()).isTrue();

        Files.delete(place);
        recorder.pass(Duration.ofSeconds(2));

        assertThat(recorder.alarms()).isEmpty();
        assertThat(recorder.begin(DOOR, GapCause.CAMERA_ADDED, 0).failed()).isFalse();
    }

    @Test
    void an_older_program_refuses_a_newer_volume_and_changes_nothing() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("FORMAT"), "custodes volume 2\n");
        Files.writeString(folder.resolve("volume"), "x");

        assertThatThrownBy(() -> new Recorder(folder))
                .isInstanceOf(StoreFormatException.class)
                .hasMessageContaining("custodes volume 2")
                .hasMessageContaining("newer");
    }

    @Test
    void two_recorders_never_write_one_volume() {
        var first = new Recorder(folder);

        assertThatThrownBy(() -> new Recorder(folder)).isInstanceOf(StoreInUseException.class);
        assertThat(first.record(DOOR).frames(1, 1).writer().failed()).isFalse();
    }

    @Test
    void whole_expired_days_are_dropped_and_nothing_else() throws Exception {
        var recorder = new Recorder(folder);
        recorder.now = Recorder.NOON.minus(Duration.ofDays(2));
        var old = recorder.record(DOOR).frames(25, 25);
        recorder.record(YARD).frames(25, 25).end();
        recorder.now = Recorder.NOON;
        old.roll(GapCause.CAMERA_OFF, 0).frames(25, 25);
        recorder.settle();

        assertThat(recorder.store.dropDaysBefore(DOOR, LocalDate.parse("2026-03-01"))).isEqualTo(1);

        assertThat(words(recorder.played(DOOR))).isEqualTo(words(old.appended.subList(25, 50)));
        assertThat(recorder.played(YARD)).hasSize(25);
        assertThat(recorder.store.use(DOOR).oldest().orElseThrow())
                .isAfter(Recorder.NOON.minusSeconds(1));
        assertThat(recorder.store.dropDaysBefore(DOOR, LocalDate.parse("2026-03-01"))).isZero();
        recorder.store.close();
        recorder.kill();
        assertThat(StoreCheck.run(recorder.settings, Optional.empty(), false).findings()).isEmpty();
    }

    @Test
    void an_interrupt_while_days_are_dropped_is_no_fault_of_the_disk(@TempDir Path real) {
        var recorder = new Recorder(real);
        recorder.now = Recorder.NOON.minus(Duration.ofDays(2));
        var old = recorder.record(DOOR).frames(25, 25);
        recorder.now = Recorder.NOON;
        old.roll(GapCause.CAMERA_OFF, 0).frames(25, 25);
        recorder.settle();

        Thread.currentThread().interrupt();
        recorder.store.dropDaysBefore(DOOR, LocalDate.parse("2026-03-01"));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(recorder.alarms()).isEmpty();
        assertThat(recorder.store.volumes().getFirst().health()).isEqualTo(Health.RECORDING);
        recorder.store.dropDaysBefore(DOOR, LocalDate.parse("2026-03-01"));
        assertThat(words(recorder.played(DOOR))).isEqualTo(words(old.appended.subList(25, 50)));
        recorder.store.close();
    }

    @Test
    void a_start_does_not_read_what_is_stored() throws Exception {
        var recorder = new Recorder(folder);
        recorder.record(DOOR).frames(5, 5);
        recorder.settle();
        recorder.kill();
        var before = startReads(recorder);
        var layout = new Layout(folder);
        var pack = Files.readAllBytes(VolumeFiles.onlyPack(folder));
        for (var n = 0; n < 10_000; n++) {
            var copy = layout.packs(LocalDate.parse("2026-01-01").plusDays(n / 1000), DOOR);
            if (n % 1000 == 0) {
                Files.createDirectories(copy);
            }
            Files.write(copy.resolve("%032x.pack".formatted(n)), pack);
        }

        assertThat(startReads(recorder)).isEqualTo(before);
    }

    private static long startReads(Recorder recorder) throws IOException {
        var before = recorder.disk.reads();
        recorder.restart();
        var reads = recorder.disk.reads() - before;
        recorder.kill();
        return reads;
    }

    @Test
    void packs_of_different_cameras_roll_at_different_times_and_within_ten_minutes() {
        var recorder = new Recorder(folder);
        var rolls = new TreeSet<Long>();
        for (var camera = 0; camera < 200; camera++) {
            var track =
                    new TrackId(
                            new CameraId(new UUID(0x4000L, 0x8000_0000_0000_0000L + camera)),
                            0,
                            MediaClass.ORIGINAL);
            var writer =
                    recorder.store.begin(
                            new PackStart(
                                    track,
                                    Codec.H265,
                                    0,
                                    ClockState.FREE,
                                    Origin.LIVE,
                                    recorder.now,
                                    GapCause.CONTINUES));
            var second = 0L;
            while (!writer.wantsRoll(recorder.now.plusSeconds(second))) {
                second++;
            }
            rolls.add(second);
            assertThat(second).isBetween(30L, 570L);
            assertThat(writer.mustRoll(recorder.now.plusSeconds(599))).isFalse();
            assertThat(writer.mustRoll(recorder.now.plusSeconds(600))).isTrue();
        }
        assertThat(rolls).hasSizeGreaterThan(120);
    }
}
