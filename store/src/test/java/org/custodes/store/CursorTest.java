package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.NOON;
import static org.custodes.store.Recorder.words;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.junit.jupiter.api.Test;

class CursorTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Path folder = disk.path("volume");

    @Test
    void plays_what_was_recorded_whether_it_is_on_the_disk_or_not_yet() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR);

        door.frames(130, 50);

        assertThat(words(recorder.played(DOOR))).isEqualTo(words(door.appended));
        recorder.settle();
        assertThat(words(recorder.played(DOOR))).isEqualTo(words(door.appended));
    }

    @Test
    void meets_every_record_once_while_it_is_written_behind_the_cursor() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR);
        var met = new ArrayList<Sealed>();

        try (var cursor = recorder.store.cursor(DOOR)) {
            for (var second = 0; second < 40; second++) {
                door.frames(25, 50);
                if (second % 7 == 6) {
                    door.roll();
                }
                Recorder.rest(cursor).stream()
                        .map(item -> ((Item.Stored) item).sealed())
                        .forEach(met::add);
            }
        }

        assertThat(words(met)).isEqualTo(words(door.appended));
    }

    @Test
    void seeks_to_the_key_frame_at_or_before_an_instant_without_scanning_the_pack() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).bodies(10_000).frames(1000, 50);
        door.end();
        recorder.settle();
        var readsBefore = recorder.disk.reads();

        try (var cursor = recorder.store.cursor(DOOR)) {
            assertThat(cursor.toKeyAtOrBefore(NOON.plusMillis(30_500))).isTrue();

            assertThat(wall(cursor.next())).isEqualTo(NOON.plusSeconds(30));
            assertThat(wall(cursor.next())).isEqualTo(NOON.plusMillis(30_040));
        }
        assertThat(recorder.disk.reads() - readsBefore).isLessThan(25);
    }

    @Test
    void seeks_before_the_first_record_and_lands_on_it() {
        var recorder = new Recorder(folder);
        recorder.record(DOOR).frames(60, 50);

        try (var cursor = recorder.store.cursor(DOOR)) {
            assertThat(cursor.toKeyAtOrBefore(NOON.minusSeconds(1))).isFalse();
            assertThat(wall(cursor.next())).isEqualTo(NOON);
        }
    }

    @Test
    void seeks_after_the_last_key_frame_and_waits_at_the_growing_end() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(60, 50);

        try (var cursor = recorder.store.cursor(DOOR)) {
            assertThat(cursor.toKeyAfter(NOON.plusSeconds(100))).isFalse();
            assertThat(cursor.next()).isInstanceOf(Item.Edge.class);
            door.frames(1, 1);
            assertThat(cursor.next()).isInstanceOf(Item.Stored.class);
        }
    }

    @Test
    void walks_key_frames_forwards_and_backwards_over_packs() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(100, 50).roll().frames(100, 50);
        recorder.settle();
        door.roll().frames(60, 50);

        try (var cursor = recorder.store.cursor(DOOR)) {
            var forwards = new ArrayList<Instant>();
            for (var item = cursor.nextKey();
                    item instanceof Item.Stored;
                    item = cursor.nextKey()) {
                forwards.add(wall(item));
            }
            var backwards = new ArrayList<Instant>();
            for (var item = cursor.previousKey();
                    item instanceof Item.Stored;
                    item = cursor.previousKey()) {
                backwards.add(wall(item));
            }

            assertThat(forwards)
                    .containsExactly(
                            NOON,
                            NOON.plusSeconds(2),
                            NOON.plusSeconds(4),
                            NOON.plusSeconds(6),
                            NOON.plusSeconds(8),
                            NOON.plusSeconds(10));
            assertThat(backwards).isEqualTo(forwards.reversed());
            assertThat(wall(cursor.next())).isEqualTo(NOON);
        }
    }

    @Test
    void tells_a_gap_within_a_pack_with_its_cause() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(50, 50);
        var lastFrame = recorder.now.minusMillis(40);

        recorder.store.beginGap(DOOR, recorder.now, GapCause.CAMERA_SILENT);
        recorder.pass(Duration.ofSeconds(9));
        var again = recorder.now;
        door.frames(50, 50);

        var silent =
                new Item.Gap(
                        new TimeRange(lastFrame.plusMillis(40), again), GapCause.CAMERA_SILENT);
        assertThat(recorder.gaps(DOOR)).containsExactly(silent);
        recorder.settle();
        assertThat(recorder.gaps(DOOR)).containsExactly(silent);
        assertThat(words(recorder.played(DOOR))).isEqualTo(words(door.appended));
    }

    @Test
    void tells_a_gap_between_packs_with_the_cause_of_the_second() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(50, 50);
        door.end();
        recorder.pass(Duration.ofMinutes(3));

        recorder.record(DOOR, GapCause.CAMERA_UNREACHABLE, 0).frames(50, 50);
        recorder.settle();

        assertThat(recorder.gaps(DOOR))
                .extracting(Item.Gap::cause)
                .containsExactly(GapCause.CAMERA_UNREACHABLE);
        assertThat(recorder.gaps(DOOR).getFirst().range().length())
                .isBetween(Duration.ofSeconds(179), Duration.ofSeconds(181));
    }

    @Test
    void plays_an_hour_that_happened_twice_twice_in_the_order_it_happened() {
        var recorder = new Recorder(folder);
        var first = recorder.record(DOOR).frames(100, 50);
        recorder.now = recorder.now.minus(Duration.ofSeconds(3));

        recorder.store.clockStepped(NOON.plusSeconds(4), recorder.now);
        first.roll(GapCause.CLOCK_STEPPED, 1).frames(100, 50);
        recorder.settle();

        assertThat(words(recorder.played(DOOR))).isEqualTo(words(first.appended));
    }

    @Test
    void goes_on_over_midnight() throws Exception {
        var recorder = new Recorder(folder);
        recorder.now = Instant.parse("2026-03-01T23:59:58Z");
        var door = recorder.record(DOOR).frames(50, 50);

        assertThat(door.writer().wantsRoll(recorder.now)).isTrue();
        door.roll().frames(50, 50);
        recorder.stopAndRestart();

        assertThat(words(recorder.played(DOOR))).isEqualTo(words(door.appended));
        assertThat(recorder.gaps(DOOR)).isEmpty();
    }

    @Test
    void passes_over_bytes_that_went_bad_and_says_so() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(200, 50);
        door.end();
        recorder.settle();
        var pack = VolumeFiles.onlyPack(folder);
        var bytes = Files.readAllBytes(pack);
        var slotEntry = PackEntry.FRAME + PackEntry.SLOT_CONTENT;
        var recordEntry = PackEntry.FRAME + RecordHeader.SIZE + 200;
        // The length of the 61st record.
        var at = PackHeader.SIZE + slotEntry + 60 * recordEntry + 1;
        bytes[at] ^= 0x55;
        Files.write(pack, bytes);

        var played = recorder.played(DOOR);

        assertThat(words(played)).hasSize(160).isSubsetOf(words(door.appended));
        assertThat(recorder.gaps(DOOR))
                .extracting(Item.Gap::cause)
                .containsExactly(GapCause.DISK_FAILED);
    }

    private static Instant wall(Item item) {
        return Wall.instant(((Item.Stored) item).sealed().header().wallMicros());
    }
}
