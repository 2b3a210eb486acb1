package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.YARD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What version 1 wrote, opened by every later version.
///
/// `golden/v1` was made once by [#main]; it is never made again. A later format gets `golden/v2`
/// beside it.
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");
    private static final List<TrackId> TRACKS = List.of(DOOR, YARD);

    @TempDir Path folder;

    @Test
    void what_version_1_wrote_opens() throws Exception {
        copy(GOLDEN, folder);
        var recorder = new Recorder(folder.resolve("media"));
        try (var vault = SealedCamera.vault(folder.resolve("keys"))) {
            for (var track : TRACKS) {
                assertThat(lines(recorder, vault, track))
                        .isEqualTo(Files.readAllLines(GOLDEN.resolve(expected(track))));
            }
            assertThat(recorder.gaps(DOOR))
                    .extracting(Item.Gap::cause)
                    .containsExactly(GapCause.CAMERA_SILENT, GapCause.CAMERA_UNREACHABLE);
            recorder.settle();
            recorder.store.close();
            var report = StoreCheck.run(recorder.settings, Optional.of(vault), false);
            assertThat(report.findings()).isEmpty();
            assertThat(report.opened()).isEqualTo(report.records()).isEqualTo(203);
        }
    }

    @Test
    void the_catalogue_that_version_1_wrote_is_what_its_packs_tell_today() throws Exception {
        copy(GOLDEN, folder);
        var recorder = new Recorder(folder.resolve("media"));
        recorder.store.close();
        var written = catalogue(DOOR);
        for (var file : VolumeFiles.all(folder.resolve("media/catalogue"), "")) {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
        }

        StoreCheck.run(recorder.settings, Optional.empty(), true);

        assertThat(catalogue(DOOR).packs()).isEqualTo(written.packs());
        assertThat(catalogue(DOOR).gaps()).isEqualTo(written.gaps());
    }

    private CatalogueDay catalogue(TrackId track) throws IOException {
        var layout = new Layout(folder.resolve("media"));
        var volume = UUID.fromString(Files.readString(folder.resolve("media/volume")).strip());
        return new Catalogue(new Disk(), layout, volume).day(track, Wall.day(Recorder.NOON));
    }

    private static List<String> lines(Recorder recorder, Vault vault, TrackId track) {
        var lines = new ArrayList<String>();
        var opener = SealedCamera.opener(vault, track, Wall.day(Recorder.NOON));
        for (var sealed : recorder.played(track)) {
            lines.add(SealedCamera.line(opener, sealed));
        }
        return lines;
    }

    private static String expected(TrackId track) {
        return Layout.name(track) + ".txt";
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var walk = Files.walk(from)) {
            for (var path : walk.toList()) {
                var target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        // A checkout does not keep it closed to others, as the vault wants it.
        Files.setPosixFilePermissions(
                to.resolve("root.key"), PosixFilePermissions.fromString("rw-------"));
    }

    /// Makes the golden folder: two cameras, three packs, a gap within a pack and one between two.
    ///
    /// @param args where to
    public static void main(String[] args) throws IOException {
        var to = Path.of(args[0]);
        Files.createDirectories(to);
        var recorder = new Recorder(to.resolve("media"));
        try (var vault = SealedCamera.vault(to.resolve("keys"))) {
            var door = new SealedCamera(recorder, vault, DOOR).frames(50);
            recorder.store.beginGap(DOOR, recorder.now, GapCause.CAMERA_SILENT);
            recorder.pass(Duration.ofSeconds(8));
            door.frames(50);
            recorder.pass(Duration.ofSeconds(20));
            door.roll(GapCause.CAMERA_UNREACHABLE).frames(50);
            door.end();
            var yard = new SealedCamera(recorder, vault, YARD).frames(50);
            yard.end();
            recorder.store.close();
            Files.write(to.resolve(expected(DOOR)), door.lines);
            Files.write(to.resolve(expected(YARD)), yard.lines);
        }
        recorder.store.close();
        Files.deleteIfExists(to.resolve("media/lock"));
        Files.deleteIfExists(to.resolve("keys/lock"));
    }
}
