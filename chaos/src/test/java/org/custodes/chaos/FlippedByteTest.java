package org.custodes.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.custodes.chaos.Oracle.RecordId;
import org.custodes.media.Bytes;
import org.custodes.media.TimeRange;
import org.custodes.media.TrackId;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.signals.Signals;
import org.custodes.store.CheckReport;
import org.custodes.store.Coverage;
import org.custodes.store.Item;
import org.custodes.store.Store;
import org.custodes.store.StoreCheck;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.KeyStoreRefusedException;
import org.custodes.vault.KeyStoreUnavailableException;
import org.custodes.vault.Opener;
import org.custodes.vault.Sealed;
import org.custodes.vault.Vault;
import org.junit.jupiter.api.Test;

/// A disk that loses a bit: `check` finds it wherever it is in a pack, an entry of a catalogue, a summary or a key
/// store, nothing false is ever played, and all that does not need it plays whole. A catalogue is mended from
/// its packs, a summary from its catalogue, a key store from its other copy.
///
/// A few dozen places of each, others each day; `-Dcustodes.flips=1000` takes as many.
class FlippedByteTest {
    private static final int FLIPS = Integer.getInteger("custodes.flips", 40);

    /// A quarter of a minute before midnight: the keys of two days lie on two pages.
    private static final Instant START = Instant.parse("2026-03-01T23:59:45Z");

    private static final Duration FRAME = Duration.ofMillis(200);
    private static final Duration VIEW = Duration.ofDays(2);
    private static final int GOP = 5;
    private static final int CATALOGUE_HEADER = 64;

    private final MadeRecorder recorder =
            new MadeRecorder(new SimulatedDisk(), 2, START, new Oracle(), 1);
    private final Map<RecordId, Bytes> recorded = new HashMap<>();
    private final Map<RecordId, LocalDate> days = new HashMap<>();
    private final Map<TrackId, Set<RecordId>> byTrack = new HashMap<>();
    private final SplittableRandom chance =
            new SplittableRandom(LocalDate.now(ZoneOffset.UTC).toEpochDay());

    /// A disk of which one bit has flipped.
    private record Flipped(SimulatedDisk disk, Path file, long at, int mask) {

        @Override
        public String toString() {
            return "%s at %d by %d".formatted(file, at, mask);
        }

        boolean in(String suffix) {
            return file.toString().endsWith(suffix);
        }
    }

    @Test
    void each_flipped_byte_of_a_pack_is_found_and_all_other_packs_play() throws IOException {
        record();
        for (var flip : flips("data/volume", path -> path.toString().endsWith(".pack"))) {
            try (var vault = vault(flip.disk(), 2)) {
                assertThat(findings(flip.disk(), vault, false)).as(flip.toString()).isNotEmpty();
                assertThat(missing(flip, vault))
                        .as(flip.toString())
                        .allMatch(id -> isNamed(flip.file(), id));
            }
        }
    }

    @Test
    void each_flipped_byte_of_a_catalogue_is_found_and_what_stands_behind_it_plays()
            throws IOException {
        record();
        for (var flip : flips("data/volume", path -> path.toString().endsWith(".cat"))) {
            try (var vault = vault(flip.disk(), 2)) {
                assertThat(findings(flip.disk(), vault, false)).as(flip.toString()).isNotEmpty();
                if (flip.at() >= CATALOGUE_HEADER) {
                    // What a day's header does not tell of is not played before it is mended.
                    assertThat(missing(flip, vault).stream().map(RecordId::pack).distinct())
                            .as(flip.toString())
                            .hasSizeLessThanOrEqualTo(1);
                }

                var _ = findings(flip.disk(), vault, true);

                assertThat(missing(flip, vault)).as(flip.toString()).isEmpty();
                assertThat(findings(flip.disk(), vault, false)).as(flip.toString()).isEmpty();
            }
        }
    }

    @Test
    void each_flipped_byte_of_a_summary_is_found_and_made_again_from_the_catalogue()
            throws IOException {
        record();
        var whole = coverage(recorder.disk);
        for (var flip : flips("data/volume", path -> path.endsWith("summary"))) {
            assertThat(coverage(flip.disk())).as(flip.toString()).isEqualTo(whole);
            try (var vault = vault(flip.disk(), 2)) {
                assertThat(findings(flip.disk(), vault, false)).as(flip.toString()).isNotEmpty();
                assertThat(missing(flip, vault)).as(flip.toString()).isEmpty();

                var _ = findings(flip.disk(), vault, true);

                assertThat(findings(flip.disk(), vault, false)).as(flip.toString()).isEmpty();
            }
            var file = flip.file().toString();
            assertThat(Files.readAllBytes(flip.disk().path(file)))
                    .isEqualTo(Files.readAllBytes(flip.file()));
        }
    }

    @Test
    void each_flipped_byte_of_a_key_store_with_a_copy_is_told_and_renewed_from_it()
            throws IOException {
        record();
        for (var flip : flips("", FlippedByteTest::isOfKeyStore)) {
            try (var vault = vault(flip.disk(), 2)) {
                assertThat(vault.copies())
                        .as(flip.toString())
                        .filteredOn(copy -> copy.told().isPresent())
                        .allMatch(copy ->
                                copy.turned() && flip.file().startsWith(copy.place().toString()))
                        .hasSize(1);
                assertThat(vault.check().faults()).as(flip.toString()).isEmpty();
                assertThat(missing(flip, vault)).as(flip.toString()).isEmpty();
            }
            try (var vault = vault(flip.disk(), 2)) {
                assertThat(vault.copies()).noneMatch(copy -> copy.told().isPresent());
            }
        }
    }

    @Test
    void each_flipped_byte_of_the_only_key_store_is_told_and_all_that_needs_it_not_plays()
            throws IOException {
        record();
        var refused = new HashSet<Path>();
        for (var flip : flips("data/keys", FlippedByteTest::isOfKeyStore)) {
            try (var vault = vault(flip.disk(), 1)) {
                var missing = missing(flip, vault);
                if (flip.in("/root")) {
                    assertThat(vault.copies().getFirst().told()).as(flip.toString()).isPresent();
                    assertThat(missing).as(flip.toString()).isEmpty();
                } else {
                    assertThat(vault.check().faults()).as(flip.toString()).hasSize(1);
                    assertThat(findings(flip.disk(), vault, false)).isNotEmpty();
                    var lost = missing.stream().map(days::get).distinct().toList();
                    assertThat(lost).as(flip.toString()).hasSize(1);
                    assertThat(missing)
                            .as(flip.toString())
                            .containsExactlyInAnyOrderElementsOf(of(lost.getFirst()));
                }
            } catch (KeyStoreRefusedException e) {
                assertThat(e).as(flip.toString()).hasMessageContaining("index of the key store");
                refused.add(flip.file());
            }
        }
        assertThat(refused).as("the page of the index").hasSizeLessThanOrEqualTo(1);
    }

    private static boolean isOfKeyStore(Path path) {
        var name = path.toString();
        return name.contains("/keys/") && !name.endsWith("/lock");
    }

    private List<RecordId> of(LocalDate day) {
        return days.keySet().stream().filter(id -> day.equals(days.get(id))).toList();
    }

    /// Copies of the disk, in each of which one bit of one of these files has flipped.
    private Iterable<Flipped> flips(String under, Predicate<Path> wanted) throws IOException {
        List<Path> files;
        try (var found = Files.walk(recorder.disk.path(under.isEmpty() ? "/" : under))) {
            files = found.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        }
        return () -> IntStream.range(0, FLIPS).mapToObj(_ -> flipOneOf(files)).iterator();
    }

    private Flipped flipOneOf(List<Path> files) {
        try {
            var file = files.get(chance.nextInt(files.size()));
            var at = chance.nextLong(Files.size(file));
            var mask = 1 << chance.nextInt(Byte.SIZE);
            var disk = recorder.disk.copy();
            disk.rot(disk.path(file.toString()), at, mask);
            return new Flipped(disk, file, at, mask);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                days.put(RecordId.of(sealed), sealed.pack().tree().day());
                ids.add(RecordId.of(sealed));
            });
        }
        var sizes = new SplittableRandom(1);
        for (var frames = 0; frames < 200; frames++) {
            for (var camera : recorder.cameras) {
                camera.frame(frames % GOP == 0, 400 + sizes.nextInt(800));
                if (frames == 100) {
                    camera.end();
                }
            }
            recorder.pass(FRAME);
        }
        recorder.stop();
    }

    private static Vault vault(SimulatedDisk disk, int copies) {
        return Machine.vault(disk, copies, new SeededRandom(1), 0);
    }

    private static List<CheckReport.Finding> findings(
            SimulatedDisk disk, Vault vault, boolean repair) {
        return StoreCheck.run(Machine.settings(disk), Optional.of(vault), repair).findings();
    }

    /// What was recorded and does not play; nothing plays that was not recorded.
    private Set<RecordId> missing(Flipped flip, Vault vault) {
        var missing = new HashSet<RecordId>();
        for (var track : byTrack.entrySet()) {
            var played = played(flip.disk(), vault, track.getKey());
            assertThat(track.getValue()).as(flip.toString()).containsAll(played);
            missing.addAll(track.getValue());
            missing.removeAll(played);
        }
        return missing;
    }

    /// What a view over several days shows, which reads summaries alone.
    private Map<TrackId, Coverage> coverage(SimulatedDisk disk) {
        var shown = new HashMap<TrackId, Coverage>();
        try (var store = store(disk)) {
            for (var track : byTrack.keySet()) {
                var span = new TimeRange(START.minus(VIEW), START.plus(VIEW));
                shown.put(track, store.coverage(track, span, 100));
            }
        }
        return shown;
    }

    private Store store(SimulatedDisk disk) {
        return Store.inTurns(
                Machine.settings(disk),
                new Signals(),
                recorder.clock,
                new SeededRandom(2),
                recorder.clock);
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
        try (var store = store(disk);
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
        } catch (CannotOpenException | KeyStoreUnavailableException found) {
            return false;
        }
    }
}
