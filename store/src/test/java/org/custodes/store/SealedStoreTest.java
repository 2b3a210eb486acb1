package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.store.Recorder.DOOR;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.custodes.media.GapCause;
import org.custodes.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Store and vault together: what is on the disk, and who can read it.
class SealedStoreTest {
    private static final Path READER = Path.of("../docs/formats/reader/custodes_reader.py");

    @TempDir Path folder;

    private Recorder recorder;
    private Vault vault;

    @BeforeEach
    void start() {
        vault = SealedCamera.vault(folder.resolve("keys"));
        recorder = new Recorder(folder.resolve("media"));
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    private void stopRecording() throws Exception {
        recorder.store.close();
        recorder.kill();
    }

    @Test
    void what_the_cursor_gives_opens_to_what_was_sealed() {
        var camera = new SealedCamera(recorder, vault, DOOR).frames(60).roll(GapCause.CONTINUES);
        camera.frames(40);

        try (var cursor = recorder.store.cursor(DOOR)) {
            var opener = SealedCamera.opener(vault, DOOR, Wall.day(Recorder.NOON));
            var lines = new ArrayList<String>();
            while (cursor.next() instanceof Item.Stored(_, var sealed)) {
                lines.add(SealedCamera.line(opener, sealed));
            }
            assertThat(lines).isEqualTo(camera.lines);
        }
    }

    @Test
    void a_seek_into_the_middle_of_a_slot_opens_as_well() throws Exception {
        var camera = new SealedCamera(recorder, vault, DOOR).frames(100);
        camera.end();
        recorder.stopAndRestart();

        try (var cursor = recorder.store.cursor(DOOR)) {
            assertThat(cursor.toKeyAtOrBefore(Recorder.NOON.plusSeconds(2))).isTrue();
            var opener = SealedCamera.opener(vault, DOOR, Wall.day(Recorder.NOON));
            assertThat(cursor.next())
                    .isInstanceOfSatisfying(
                            Item.Stored.class,
                            item ->
                                    assertThat(SealedCamera.line(opener, item.sealed()))
                                            .isEqualTo(camera.lines.get(50)));
        }
    }

    @Test
    void the_check_opens_every_record_and_proves_the_end_of_every_pack() throws Exception {
        new SealedCamera(recorder, vault, DOOR)
                .frames(60)
                .roll(GapCause.CONTINUES)
                .frames(30)
                .end();
        stopRecording();

        var report = StoreCheck.run(recorder.settings, Optional.of(vault), false);

        assertThat(report.findings()).isEmpty();
        assertThat(report.packs()).isEqualTo(2);
        assertThat(report.opened()).isEqualTo(92).isEqualTo(report.records());
    }

    @Test
    void the_check_finds_a_record_that_somebody_changed_with_its_checksum() throws Exception {
        new SealedCamera(recorder, vault, DOOR).frames(60).end();
        stopRecording();
        var pack = VolumeFiles.onlyPack(folder);
        forge(pack);

        assertThat(StoreCheck.run(recorder.settings, Optional.empty(), false).findings()).isEmpty();
        assertThat(StoreCheck.run(recorder.settings, Optional.of(vault), false).findings())
                .extracting(CheckReport.Finding::kind)
                .containsExactly("record.altered");
    }

    /// Flips a bit of the first record's body and makes its checksum right again.
    private static void forge(Path pack) throws Exception {
        var bytes = Files.readAllBytes(pack);
        var at = PackHeader.SIZE + PackEntry.FRAME + PackEntry.SLOT_CONTENT;
        var in = ByteBuffer.wrap(bytes);
        var length = in.getInt(at + 1);
        bytes[at + PackEntry.FRAME + 60] ^= 1;
        var crc = PackEntry.startChecksum(PackEntry.RECORD, length);
        crc.update(bytes, at + PackEntry.FRAME, length);
        in.putInt(at + 5, (int) crc.getValue());
        Files.write(pack, bytes);
    }

    @Test
    void the_payload_of_a_pack_has_no_byte_more_often_than_chance_gives() throws Exception {
        new SealedCamera(recorder, vault, DOOR).frames(500).end();
        stopRecording();
        var counts = new long[256];
        var all = 0L;
        var pack = VolumeFiles.onlyPack(folder);
        try (var reader = PackReader.open(new Disk(), pack, PackReader.AHEAD)) {
            var offset = (long) PackHeader.SIZE;
            for (var head = reader.head(offset, reader.size());
                    head.isPresent();
                    head = reader.head(offset, reader.size())) {
                if (reader.entry(head.get(), () -> PackIndex.EMPTY)
                        instanceof PackEntry.Recorded(var sealed)) {
                    for (var b : sealed.body()) {
                        counts[b & 0xff]++;
                        all++;
                    }
                }
                offset = head.get().end();
            }
        }
        var expected = all / 256.0;
        var chiSquare = 0.0;
        for (var count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        // 255 degrees of freedom: beyond 380 once in a million packs.
        assertThat(chiSquare).isLessThan(380);
    }

    @Test
    void no_word_of_a_picture_stands_in_any_file() throws Exception {
        new SealedCamera(recorder, vault, DOOR).frames(100).end();
        stopRecording();

        for (var file : VolumeFiles.all(folder, "")) {
            if (Files.isRegularFile(file)) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("frame");
            }
        }
    }

    @Test
    void a_reader_of_somebody_else_opens_every_record() throws Exception {
        var camera = new SealedCamera(recorder, vault, DOOR).frames(60);
        camera.end();
        stopRecording();
        var out = folder.resolve("out.h264");

        var said =
                python(
                        "pack",
                        folder.resolve("root.key").toString(),
                        folder.resolve("keys").toString(),
                        VolumeFiles.onlyPack(folder).toString(),
                        out.toString());

        var expected = new ArrayList<>(camera.lines);
        expected.add("complete");
        assertThat(said.lines()).isEqualTo(expected);
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1)).contains("frame 00059");
    }

    static String python(String... args) throws Exception {
        var command = new ArrayList<>(List.of("/usr/bin/python3", READER.toString()));
        command.addAll(List.of(args));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }
}
