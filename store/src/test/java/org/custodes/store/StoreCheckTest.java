package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.words;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.custodes.media.GapCause;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.vault.Sealed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreCheckTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Path folder = disk.path("volume");

    private Recorder recorder;
    private final List<Sealed> recorded = new ArrayList<>();

    @BeforeEach
    void start() {
        recorder = new Recorder(folder);
    }

    private void record() throws Exception {
        var door = recorder.record(DOOR).frames(100, 25);
        recorder.store.beginGap(DOOR, recorder.now, GapCause.CAMERA_SILENT);
        recorder.pass(Duration.ofMinutes(2));
        door.frames(50, 25).roll(GapCause.CAMERA_OFF, 0).frames(50, 25);
        door.end();
        recorder.store.close();
        recorder.kill();
        recorded.addAll(door.appended);
    }

    private CheckReport check(boolean repair) {
        return StoreCheck.run(recorder.settings, Optional.empty(), repair);
    }

    private List<String> kinds() {
        return check(false).findings().stream().map(CheckReport.Finding::kind).distinct().toList();
    }

    @Test
    void a_store_that_was_stopped_in_order_is_clean() throws Exception {
        record();

        var report = check(false);

        assertThat(report.findings()).isEmpty();
        assertThat(report.clean()).isTrue();
        assertThat(report.packs()).isEqualTo(2);
        assertThat(report.records()).isEqualTo(202);
        assertThat(report.bytes()).isPositive();
    }

    @Test
    void catalogue_and_summaries_are_made_again_from_the_packs_alone() throws Exception {
        record();
        recorder.restart();
        var items = recorder.items(DOOR);
        recorder.kill();
        for (var file : VolumeFiles.all(folder.resolve("catalogue"), "")) {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
        }

        assertThat(kinds()).containsExactly("catalogue");
        assertThat(check(true).repaired()).isPositive();

        assertThat(check(false).findings()).isEmpty();
        recorder.restart();
        assertThat(recorder.items(DOOR)).hasSameSizeAs(items);
        assertThat(recorder.gaps(DOOR))
                .extracting(Item.Gap::cause)
                .containsExactly(GapCause.CAMERA_SILENT, GapCause.CAMERA_OFF);
        assertThat(words(recorder.played(DOOR))).isEqualTo(words(recorded));
    }

    @Test
    void a_torn_pack_is_ended_at_its_last_whole_record() throws Exception {
        record();
        var pack = VolumeFiles.all(folder, ".pack").getFirst();
        var bytes = Files.readAllBytes(pack);
        Files.write(pack, Arrays.copyOf(bytes, bytes.length - 100));

        assertThat(kinds()).containsExactly("pack.torn", "catalogue");
        check(true);

        assertThat(check(false).findings()).isEmpty();
    }

    @Test
    void bad_bytes_in_the_middle_of_a_pack_are_told_and_nothing_is_cut() throws Exception {
        record();
        var pack = VolumeFiles.all(folder, ".pack").getFirst();
        var bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(pack, bytes);

        check(true);

        assertThat(Files.size(pack)).isEqualTo(bytes.length);
        assertThat(check(false).clean()).isFalse();
    }

    @Test
    void every_flipped_byte_of_a_pack_is_found() throws Exception {
        record();
        var pack = VolumeFiles.all(folder, ".pack").getLast();
        var bytes = Files.readAllBytes(pack);
        var random = new Random(1);
        for (var flip = 0; flip < 120; flip++) {
            // From the first entry on: the header is proved by the tags, with the keys.
            var at = PackHeader.SIZE + random.nextInt(bytes.length - PackHeader.SIZE);
            var changed = bytes.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(pack, changed);

            assertThat(check(false).clean()).as("byte %d", at).isFalse();
        }
    }

    @Test
    void a_torn_or_damaged_catalogue_and_summary_are_found_and_mended() throws Exception {
        record();
        var day = VolumeFiles.all(folder, ".cat").getFirst();
        var summary = VolumeFiles.all(folder, "summary").getFirst();
        var bytes = Files.readAllBytes(day);
        for (var length : List.of(0, 10, 64, 100, bytes.length / 2, bytes.length - 1)) {
            Files.write(day, Arrays.copyOf(bytes, length));
            var places = Files.readAllBytes(summary);
            places[300] ^= 1;
            Files.write(summary, places);

            assertThat(kinds()).as("cut at %d", length).contains("catalogue");
            assertThat(check(false).clean()).as("cut at %d", length).isFalse();
            check(true);
            assertThat(check(false).findings()).as("cut at %d", length).isEmpty();
        }
    }

    @Test
    void the_same_pack_twice_is_found() throws Exception {
        record();
        var second = folder.resolve("second");
        var other = new Recorder(second);
        other.store.close();
        other.kill();
        var pack = VolumeFiles.all(folder.resolve("packs"), ".pack").getFirst();
        var copy = second.resolve(folder.relativize(pack).toString());
        Files.createDirectories(copy.getParent());
        Files.write(copy, Files.readAllBytes(pack));

        var both = StoreSettings.of(List.of(folder, second), Recorder.ID);
        var kinds =
                StoreCheck.run(both, Optional.empty(), false).findings().stream()
                        .map(CheckReport.Finding::kind);

        assertThat(kinds).contains("pack.twice");
    }

    @Test
    void files_that_do_not_belong_there_are_told_and_left_alone() throws Exception {
        record();
        Files.writeString(folder.resolve("holiday.mp4"), "x");
        Files.writeString(folder.resolve("packs/note.txt"), "x");
        Files.writeString(folder.resolve("open/..strange"), "x");

        assertThat(check(true).findings())
                .extracting(CheckReport.Finding::kind)
                .containsOnly("stray")
                .hasSize(3);
        assertThat(folder.resolve("holiday.mp4")).exists();
    }

    @Test
    void a_pack_under_another_camera_is_found() throws Exception {
        record();
        var pack = VolumeFiles.all(folder, ".pack").getFirst();
        var elsewhere = new Layout(folder).packs(Wall.day(Recorder.NOON), Recorder.YARD);
        Files.createDirectories(elsewhere);
        Files.write(elsewhere.resolve(pack.getFileName()), Files.readAllBytes(pack));
        Files.delete(pack);

        assertThat(kinds()).contains("pack.misplaced", "catalogue");
    }

    @Test
    void a_running_recorder_is_checked_but_not_repaired() throws Exception {
        recorder.record(DOOR).frames(60, 25);

        assertThat(check(false).findings()).isEmpty();
        assertThatThrownBy(() -> check(true)).isInstanceOf(StoreInUseException.class);
    }

    @Test
    void a_pack_that_a_kill_left_open_is_told_and_ended() throws Exception {
        recorder.record(DOOR).frames(60, 25);
        recorder.settle();
        recorder.kill();

        assertThat(kinds()).containsExactly("pack.open");
        check(true);
        assertThat(check(false).findings()).isEmpty();
    }
}
