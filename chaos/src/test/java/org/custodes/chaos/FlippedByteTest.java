package org.custodes.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.custodes.chaos.Oracle.RecordId;
import org.custodes.media.Bytes;
import org.custodes.media.TrackId;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.signals.Signals;
import org.custodes.store.Item;
import org.custodes.store.Store;
import org.custodes.store.StoreCheck;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.Opener;
import org.custodes.vault.Sealed;
import org.custodes.vault.Vault;
import org.junit.jupiter.api.Test;

/// A disk that loses a bit: `check` finds it wherever it is in a pack or an entry of a catalogue, nothing false is
/// ever played, and all packs but the one that it stands in play whole; a catalogue is mended from them.
///
/// A few dozen places, others each day; `-Dcustodes.flips=1000` takes as many.
class FlippedByteTest {
    private static final int FLIPS = Integer.getInteger("custodes.flips", 40);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FRAME = Duration.ofMillis(200);
    private static final int GOP = 5;

    private final MadeRecorder recorder =
            new MadeRecorder(new SimulatedDisk(), 1, START, new Oracle(), 1);
    private final Map<RecordId, Bytes> recorded = new HashMap<>();
    private final Map<TrackId, Set<RecordId>> byTrack = new HashMap<>();

    @Test
    void each_flipped_byte_is_found_and_the_rest_plays() throws IOException {
        record();
        var files = files();
        var chance = new SplittableRandom(LocalDate.now(ZoneOffset.UTC).toEpochDay());
        for (var flip = 0; flip < FLIPS; flip++) {
            var file = files.get(chance.nextInt(files.size()));
            var at = chance.nextLong(Files.size(file));
            var mask = 1 << chance.nextInt(Byte.SIZE);
            var disk = recorder.disk.copy();
            disk.rot(disk.path(file.toString()), at, mask);

            assertFound(disk, "%s at %d by %d".formatted(file, at, mask), file);
        }
    }

    private void record() {
        recorder.start();
        for (var number = 0; number < 2; number++) {
            var camera = recorder.add(number);
            var ids = new HashSet<RecordId>();
            byTrack.put(camera.track(), ids);
            camera.watch(sealed -> {
                recorded.put(RecordId.of(sealed), Bytes.of(sealed.body()));
                ids.add(RecordId.of(sealed));
            });
        }
        var chance = new SplittableRandom(1);
        for (var frames = 0; frames < 200; frames++) {
            for (var camera : recorder.cameras) {
                camera.frame(frames % GOP == 0, 400 + chance.nextInt(800));
                if (frames == 100) {
                    camera.end();
                }
            }
            recorder.pass(FRAME);
        }
        recorder.stop();
    }

    /// The packs and the days of the catalogue.
    private List<Path> files() throws IOException {
        try (var found = Files.walk(recorder.disk.path("data/volume"))) {
            return found.filter(path ->
                            path.toString().endsWith(".pack") || path.toString().endsWith(".cat"))
                    .sorted()
                    .toList();
        }
    }

    private void assertFound(SimulatedDisk disk, String what, Path file) {
        try (var vault = Machine.vault(disk, 1, new SeededRandom(1), 0)) {
            var settings = Machine.settings(disk);
            var report = StoreCheck.run(settings, Optional.of(vault), false);
            assertThat(report.findings()).as(what).isNotEmpty();
            var inPack = file.toString().endsWith(".pack");
            if (!inPack) {
                // What a day's catalogue does not tell of is not played before it is mended from
                // the packs.
                StoreCheck.run(settings, Optional.of(vault), true);
            }
            for (var track : byTrack.entrySet()) {
                var played = played(disk, vault, track.getKey());
                assertThat(track.getValue()).as(what).containsAll(played);
                var missing = new HashSet<>(track.getValue());
                missing.removeAll(played);
                assertThat(missing).as(what).allMatch(id -> inPack && isNamed(file, id));
            }
        }
    }

    private static boolean isNamed(Path pack, RecordId id) {
        return pack.endsWith(id.pack().toString().replace("-", "") + ".pack");
    }

    /// What opens, byte for byte as it was sealed.
    private Set<RecordId> played(SimulatedDisk disk, Vault vault, TrackId track) {
        var opener =
                vault.opener(
                        track.camera().value(),
                        track.mediaClass().number(),
                        START.minusSeconds(86_400),
                        START.plusSeconds(86_400));
        var played = new HashSet<RecordId>();
        try (var store =
                        Store.inTurns(
                                Machine.settings(disk),
                                new Signals(),
                                recorder.clock,
                                new SeededRandom(2),
                                recorder.clock);
                var cursor = store.cursor(track)) {
            for (var item = cursor.next(); !(item instanceof Item.Edge); item = cursor.next()) {
                if (item instanceof Item.Stored(_, var sealed) && !sealed.header().end()) {
                    if (opens(opener, sealed)) {
                        assertThat(Bytes.of(sealed.body()))
                                .isEqualTo(recorded.get(RecordId.of(sealed)));
                        played.add(RecordId.of(sealed));
                    }
                }
            }
        } finally {
            opener.shut();
        }
        return played;
    }

    private static boolean opens(Opener opener, Sealed sealed) {
        try {
            var _ = opener.open(sealed);
            return true;
        } catch (CannotOpenException found) {
            return false;
        }
    }
}
