package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.YARD;
import static org.custodes.store.Recorder.words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.mishap.SimulatedDisk.Kind;
import org.custodes.mishap.SimulatedDisk.ProcessEnded;
import org.custodes.signals.Alarm;
import org.custodes.store.Recorder.Recording;
import org.junit.jupiter.api.Test;

/// Every change of the disk may fail, and the process may end between any two.
class FaultTest {
    private static final String DAY_START = "2026-03-01T00:00:00Z";
    private static final String DAY_END = "2026-03-02T00:00:00Z";

    private final SimulatedDisk disk = new SimulatedDisk();
    private final Path folder = disk.path("volume");

    @Test
    void records_on_whichever_change_of_the_disk_fails_and_stays_consistent() throws Exception {
        var changes = changesOfARecording();

        for (var n = 1; n <= changes; n++) {
            var recorder = new Recorder(new SimulatedDisk().path("volume"));
            recorder.disk.failStep(n);
            var door = recordAMinute(recorder);
            recorder.disk.heal();
            recorder.pass(Duration.ofSeconds(3));
            door.roll().frames(50, 25);
            door.end();
            recorder.store.close();
            recorder.kill();

            assertThat(check(recorder).findings()).as("change %d failed", n).isEmpty();
            recorder.restart();
            assertThat(words(recorder.played(DOOR)))
                    .as("change %d failed", n)
                    .isSubsetOf(words(door.appended))
                    .endsWith(words(door.appended).subList(100, 150).toArray(String[]::new));
            assertThat(recorder.alarms()).as("change %d failed", n).isEmpty();
            recorder.kill();
        }
    }

    @Test
    void keeps_whole_records_wherever_it_is_killed() throws Exception {
        var changes = changesOfARecording();

        for (var n = 1; n <= changes; n++) {
            var recorder = new Recorder(new SimulatedDisk().path("volume"));
            recorder.disk.endAtStep(n);
            Optional<Recording> door = Optional.empty();
            try {
                door = Optional.of(recorder.record(DOOR));
                record(recorder, door.get());
            } catch (ProcessEnded e) {
                recorder.killAndRestart();
            }
            var played = words(recorder.played(DOOR));
            var appended = words(door.orElseThrow().appended);
            assertThat(played).as("killed at %d", n).isSubsetOf(appended);
            recorder.settle();
            assertThat(words(recorder.played(DOOR))).as("killed at %d", n).isEqualTo(played);

            var again = recorder.record(DOOR, GapCause.RECORDER_STARTED, 0).frames(30, 25);
            again.end();
            recorder.store.close();
            recorder.kill();

            assertThat(check(recorder).findings()).as("killed at %d", n).isEmpty();
            recorder.restart();
            assertThat(words(recorder.played(DOOR)))
                    .as("killed at %d", n)
                    .isEqualTo(joined(played, words(again.appended)));
            recorder.kill();
        }
    }

    @Test
    void keeps_what_was_synced_wherever_the_power_fails() throws Exception {
        var changes = changesOfARecording();

        for (var n = 1; n <= changes; n += 2) {
            var recorder = new Recorder(new SimulatedDisk().path("volume"));
            recorder.disk.endAtStep(n);
            var door = recorder.record(DOOR);
            try {
                record(recorder, door);
            } catch (ProcessEnded e) {
                // The power fails now.
            }
            var synced = recorder.store.syncedThrough(DOOR);

            recorder.cutPowerAndRestart(n);
            recorder.settle();

            var sure =
                    door.appended.stream()
                            .filter(sealed ->
                                    synced.isPresent()
                                            && !Wall.instant(sealed.header().wallMicros())
                                                    .isAfter(synced.get()))
                            .toList();
            assertThat(words(recorder.played(DOOR)))
                    .as("power failed at %d", n)
                    .containsAll(words(sure));
            recorder.store.close();
            recorder.kill();
            assertThat(check(recorder).findings()).as("power failed at %d", n).isEmpty();
        }
    }

    @Test
    void ends_a_pack_at_its_last_whole_record_at_every_byte_of_the_last_batch() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).bodies(16).frames(30, 10);
        recorder.settle();
        recorder.kill();
        var pack = VolumeFiles.onlyPack(folder);
        var bytes = Files.readAllBytes(pack);
        var entry = PackEntry.FRAME + 48 + 16;
        var slot = PackEntry.FRAME + PackEntry.SLOT_CONTENT;

        for (var length = bytes.length; length > bytes.length - 2 * entry; length--) {
            Files.write(pack, Arrays.copyOf(bytes, length));
            recorder.restart();
            var whole = (length - PackHeader.SIZE - slot) / entry;

            assertThat(words(recorder.played(DOOR)))
                    .isEqualTo(words(door.appended.subList(0, whole)));
            recorder.kill();
        }
    }

    @Test
    void ends_the_packs_of_a_killed_recorder_and_says_why_nothing_follows() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(100, 25);
        recorder.settle();
        recorder.killAndRestart();

        recorder.pass(Duration.ofSeconds(30));
        recorder.record(DOOR, GapCause.RECORDER_STARTED, 0).frames(30, 25);
        recorder.settle();

        assertThat(words(recorder.played(DOOR)))
                .startsWith(words(door.appended).toArray(String[]::new));
        assertThat(recorder.gaps(DOOR))
                .extracting(Item.Gap::cause)
                .containsExactly(GapCause.RECORDER_KILLED);
        assertThat(VolumeFiles.all(folder.resolve("open"), "")).hasSize(2);
    }

    @Test
    void a_failed_sync_ends_all_open_packs_and_the_next_begin_anew() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(30, 25);
        var yard = recorder.record(YARD).frames(30, 25);
        recorder.disk.fault(step -> {
            if (step.kind() == Kind.SYNC) {
                throw new IOException("errno 5");
            }
        });

        recorder.settle();

        assertThat(door.writer().failure()).contains(GapCause.DISK_FAILED);
        assertThat(yard.writer().failed()).isTrue();
        assertThat(recorder.alarms()).containsExactly("volume.failed");
        recorder.disk.heal();
        recorder.pass(Duration.ofSeconds(2));
        assertThat(recorder.alarms()).isEmpty();
        door.roll().frames(30, 25);
        assertThat(door.writer().failed()).isFalse();
        recorder.settle();
        assertThat(recorder.gaps(DOOR)).extracting(Item.Gap::cause).contains(GapCause.DISK_FAILED);
    }

    @Test
    void what_a_failed_write_lost_is_a_gap_also_behind_the_last_pack_of_a_track() throws Exception {
        lastPackIsFollowedByAGap(Kind.WRITE, "Input/output error", GapCause.DISK_FAILED);
        lastPackIsFollowedByAGap(Kind.WRITE, "No space left on device", GapCause.DISK_FULL);
    }

    @Test
    void what_a_failed_sync_lost_is_a_gap_also_behind_the_last_pack_of_a_track() throws Exception {
        lastPackIsFollowedByAGap(Kind.SYNC, "errno 5", GapCause.DISK_FAILED);
    }

    private static void lastPackIsFollowedByAGap(Kind failing, String message, GapCause cause)
            throws IOException {
        var recorder = new Recorder(new SimulatedDisk().path("volume"));
        var door = recorder.record(DOOR).frames(50, 25);
        recorder.settle();
        var sure = List.copyOf(door.appended);
        recorder.disk.fault(step -> {
            if (step.kind() == failing) {
                throw new IOException(message);
            }
        });
        door.frames(50, 25);
        recorder.settle();
        recorder.disk.heal();
        recorder.pass(Duration.ofSeconds(3));
        recorder.stopAndRestart();

        var coverage = recorder.store.coverage(DOOR, Recorder.range(DAY_START, DAY_END), 100);

        assertThat(words(recorder.played(DOOR))).isEqualTo(words(sure));
        var lost = Wall.instant(sure.getLast().header().wallMicros() + 1);
        assertThat(coverage.gaps())
                .containsExactly(new Coverage.GapSpan(new TimeRange(lost, recorder.now), cause));
        recorder.kill();
        assertThat(check(recorder).findings()).isEmpty();
    }

    @Test
    void a_pack_that_ended_before_the_sync_failed_tells_what_it_lost_and_no_more()
            throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(50, 25);
        door.end();
        var ended = door.appended.getLast();
        recorder.store.beginGap(DOOR, recorder.now, GapCause.CAMERA_OFF);
        recorder.disk.fault(step -> {
            if (step.kind() == Kind.SYNC) {
                throw new IOException("errno 5");
            }
        });
        recorder.settle();
        recorder.disk.heal();
        recorder.pass(Duration.ofSeconds(3));
        recorder.stopAndRestart();

        var sure = recorder.played(DOOR);
        var coverage = recorder.store.coverage(DOOR, Recorder.range(DAY_START, DAY_END), 100);

        assertThat(coverage.gaps())
                .extracting(Coverage.GapSpan::cause)
                .containsExactly(GapCause.DISK_FAILED, GapCause.CAMERA_OFF);
        assertThat(coverage.gaps().getFirst().range())
                .isEqualTo(
                        new TimeRange(
                                Wall.instant(sure.getLast().header().wallMicros() + 1),
                                Wall.instant(ended.header().wallMicros() + 1)));
    }

    @Test
    void a_catalogue_that_went_bad_keeps_nobody_from_recording() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(50, 25);
        recorder.settle();
        var catalogue = VolumeFiles.all(folder, ".cat").getFirst();
        Files.write(catalogue, new byte[200]);
        recorder.stopAndRestart();

        var again = recorder.record(DOOR, GapCause.RECORDER_STARTED, 0).frames(50, 25);
        again.end();
        recorder.store.close();
        recorder.kill();

        StoreCheck.run(recorder.settings, Optional.empty(), true);
        recorder.restart();
        assertThat(words(recorder.played(DOOR)))
                .isEqualTo(joined(words(door.appended), words(again.appended)));
    }

    @Test
    void a_pack_that_cannot_be_ended_after_a_kill_is_told_by_an_alarm() throws Exception {
        var recorder = new Recorder(folder);
        recorder.record(DOOR).frames(50, 25);
        recorder.settle();
        recorder.kill();
        var pack = VolumeFiles.all(folder, ".pack").getFirst();
        var ofANewerVersion = Files.readAllBytes(pack);
        ofANewerVersion[9]++;
        Files.write(pack, ofANewerVersion);
        recorder.restart();
        recorder.settle();

        assertThat(recorder.signals.standing())
                .extracting(Alarm::kind)
                .containsExactly("volume.unrecovered");
    }

    private long changesOfARecording() throws IOException {
        var recorder = new Recorder(new SimulatedDisk().path("volume"));
        var before = recorder.disk.steps();
        recordAMinute(recorder);
        recorder.kill();
        return recorder.disk.steps() - before;
    }

    private static Recording recordAMinute(Recorder recorder) {
        return record(recorder, recorder.record(DOOR));
    }

    /// Two packs of 50 frames and what belongs to them; a pack that failed is followed by another at
    /// the next key frame.
    private static Recording record(Recorder recorder, Recording door) {
        for (var gop = 0; gop < 4; gop++) {
            if (gop == 2 || door.writer().failed()) {
                door.roll();
            }
            door.frames(25, 25);
        }
        recorder.settle();
        return door;
    }

    private static List<String> joined(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static CheckReport check(Recorder recorder) {
        return StoreCheck.run(recorder.settings, Optional.empty(), false);
    }
}
