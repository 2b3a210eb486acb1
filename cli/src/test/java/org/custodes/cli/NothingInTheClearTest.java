package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.custodes.media.Bytes;
import org.custodes.signals.Signals;
import org.custodes.simulator.Clip;
import org.custodes.simulator.DemoFootage;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.vault.RootKeyException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is stored in the clear (DESIGN, I3): a real recorder records eight cameras while somebody
/// watches; then everything that it and its database wrote anywhere is searched for what the cameras
/// sent. The clip is 4 s long and goes round. Longer: `-Dcustodes.clear.seconds=3600`.
class NothingInTheClearTest {
    private static final int CAMERAS = 8;
    private static final Duration RECORDED =
            Duration.ofSeconds(Integer.getInteger("custodes.clear.seconds", 7));

    /// A session without a sign of life ends after a quarter of an hour.
    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(5);

    /// With 255 degrees of freedom beyond this once in a million packs.
    private static final double CHANCE = 380;

    @TempDir static Path place;

    private static final PlainSearch SEARCH = new PlainSearch();
    private static final Set<Bytes> SENT = new HashSet<>();

    private static SearchedPlaces places;
    private static Path data;
    private static Path rootKey;
    private static Instant camerasAdded;

    @BeforeAll
    static void record() throws IOException {
        var footage = Folders.ofThisMachine().cache().resolve("footage");
        var film = DemoFootage.small(Files.createDirectory(place.resolve("film")), footage).main();
        for (var unit : Clip.ofMp4(film).accessUnits()) {
            SENT.add(unit.data());
            SEARCH.add(unit.data());
        }
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
        var environment = ownFolders();
        places =
                new SearchedPlaces(
                        SEARCH,
                        List.of(
                                Files.createDirectory(place.resolve("recorder")),
                                place.resolve("tmp"),
                                place.resolve("cache"),
                                place.resolve("config")));
        try (var cameras = setting.cameras();
                var recorder = BenchRecorder.start(place.resolve("recorder"), environment)) {
            data = recorder.data();
            rootKey = recorder.rootKey();
            camerasAdded = Instant.now();
            var addresses = setting.addresses(cameras);
            var ids = recorder.addCameras(addresses);
            var administrator = recorder.administrator().client();
            var _ =
                    administrator.post(
                            "/api/v1/cameras/test",
                            Map.of("address", addresses.getFirst().toString()));
            var seen = new LongAdder();
            try (var viewer =
                    MediaClient.connect(
                            recorder.address(),
                            recorder.authority(),
                            recorder.operator(),
                            _ -> seen.increment())) {
                viewer.live(1, ids.getFirst());
                for (var left = RECORDED; left.isPositive(); left = left.minus(SIGN_OF_LIFE)) {
                    Waiting.forAs(left.compareTo(SIGN_OF_LIFE) < 0 ? left : SIGN_OF_LIFE);
                    var _ = administrator.get("/api/v1/me");
                }
                places.searchFiles();
                places.searchOpenFiles(recorder.program().process().toHandle());
            }
            assertThat(seen.sum()).as("frames that a viewer was shown").isPositive();
            places.searchLines("log", recorder.program().said());
        }
        places.searchFiles();
    }

    /// So that whatever lies in the temporary and cache folders is the recorder's.
    private static Map<String, String> ownFolders() throws IOException {
        var temporary = Files.createDirectory(place.resolve("tmp"));
        return Map.of(
                "TMPDIR",
                temporary.toString(),
                "JDK_JAVA_OPTIONS",
                "-Djava.io.tmpdir=" + temporary,
                "XDG_CACHE_HOME",
                Files.createDirectory(place.resolve("cache")).toString(),
                "XDG_CONFIG_HOME",
                Files.createDirectory(place.resolve("config")).toString());
    }

    @Test
    void no_piece_of_a_recorded_picture_stands_in_any_file_of_the_recorder() throws IOException {
        try (var recording = Recording.open(data, rootKey)) {
            assertThat(recording.tracks()).hasSize(CAMERAS);
            for (var track : recording.tracks()) {
                var recorded = new HashSet<Bytes>();
                recording.play(track, frame -> recorded.add(frame.unit()));
                assertThat(recorded.equals(SENT))
                        .as("what %s recorded is all that was searched for", track)
                        .isTrue();
            }
        }

        assertThat(places.found()).isEmpty();
        assertThat(places.writtenElsewhere()).isEmpty();
        for (var part :
                List.of(
                        "data/media/packs/",
                        "data/media/catalogue/",
                        "data/keys/",
                        "data/audit/",
                        "data/tls/",
                        "data/register.sealed",
                        "data/database/data/base/",
                        "data/database/data/pg_wal/",
                        "data/database/postgres.log",
                        "log")) {
            assertThat(places.searched()).anyMatch(name -> name.contains(part));
        }
    }

    @Test
    void where_sealing_is_left_out_the_same_search_finds_every_piece() throws IOException {
        var control = Files.createDirectory(place.resolve("control"));
        var recorded = new HashMap<UUID, Set<Bytes>>();
        try (var recording = Recording.open(data, rootKey);
                var store =
                        Store.open(
                                StoreSettings.of(
                                        List.of(control.resolve("media")), UUID.randomUUID()),
                                new Signals(),
                                InstantSource.system())) {
            for (var track : recording.tracks()) {
                var unsealed = new UnsealedTrack(store, track);
                recording.play(track, unsealed::record);
                recorded.put(track.camera().value(), unsealed.windows());
            }
        }
        var searched = new SearchedPlaces(SEARCH, List.of(control));

        searched.searchFiles();

        var packs = PackFile.all(control);
        assertThat(packs).hasSize(CAMERAS);
        assertThat(searched.found()).hasSize(CAMERAS);
        for (var pack : packs) {
            assertThat(searched.found().get(pack.file().toString()))
                    .isEqualTo(recorded.get(pack.camera()));
            assertThat(chiSquare(pack)).isGreaterThan(CHANCE);
        }
    }

    @Test
    void the_same_search_finds_pieces_in_a_text_and_in_a_file_without_a_name() throws IOException {
        var unit = SENT.iterator().next();
        var windows = Set.copyOf(PlainSearch.windows(unit));
        for (var shift = 0; shift < 3; shift++) {
            var shifted = new byte[shift + unit.length()];
            System.arraycopy(unit.array(), 0, shifted, shift, unit.length());
            assertThat(foundIn(Base64.getEncoder().encodeToString(shifted))).isEqualTo(windows);
        }
        assertThat(foundIn(HexFormat.of().formatHex(unit.array()))).isEqualTo(windows);

        var file = place.resolve("nameless");
        try (var out = Files.newOutputStream(file)) {
            out.write(unit.array());
            Files.delete(file);
            var nameless =
                    OpenFiles.of(ProcessHandle.current()).stream()
                            .filter(open -> open.deleted() && open.name().contains("nameless"))
                            .toList();
            assertThat(nameless).hasSize(1);
            try (var in = Files.newInputStream(nameless.getFirst().link())) {
                assertThat(SEARCH.foundIn(in)).isEqualTo(windows);
            }
        }
    }

    private static Set<Bytes> foundIn(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        return SEARCH.foundIn(new ByteArrayInputStream(bytes));
    }

    @Test
    void the_payload_of_every_pack_looks_like_chance() throws IOException {
        var packs = PackFile.files(data);

        assertThat(packs).hasSizeGreaterThanOrEqualTo(CAMERAS);
        for (var pack : packs) {
            assertThat(chiSquare(PackFile.read(pack))).as(pack.toString()).isLessThan(CHANCE);
        }
    }

    private static double chiSquare(PackFile pack) {
        var counts = new long[256];
        var all = 0L;
        for (var sealed : pack.records()) {
            for (var b : sealed.body().array()) {
                counts[b & 0xff]++;
                all++;
            }
        }
        var expected = all / 256.0;
        var chiSquare = 0.0;
        for (var count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        return chiSquare;
    }

    @Test
    void without_its_root_key_nothing_opens_and_whoever_starts_it_is_told_what_to_do()
            throws IOException, InterruptedException {
        var safe = Files.move(rootKey, place.resolve("safe.key"));
        try {
            for (var command : List.of("check", "serve")) {
                var program =
                        ChildProgram.custodes(
                                Processors.RECORDERS,
                                List.of(
                                        command,
                                        "--data",
                                        data.toString(),
                                        "--root-key",
                                        rootKey.toString()));
                assertThat(program.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(program.process().exitValue()).isEqualTo(1);
                assertThat(program.awaitLine(line -> line.startsWith("custodes: ")))
                        .isEqualTo(
                                ("custodes: The root key file %s is missing, and nothing that was"
                                                + " recorded can be opened without it. Put it back from"
                                                + " its safe copy, or name where it lies with --root-key.")
                                        .formatted(rootKey));
                assertThat(program.said()).hasSize(1);
            }
            assertThat(rootKey).doesNotExist();
            assertThatThrownBy(() -> Recording.open(data, otherKey(safe)))
                    .isInstanceOf(RootKeyException.class)
                    .hasMessageContaining("was made under another");
        } finally {
            Files.move(safe, rootKey);
        }
        try (var recording = Recording.open(data, rootKey)) {
            assertThat(recording.check().findings()).isEmpty();
        }
    }

    private static Path otherKey(Path key) throws IOException {
        var other = place.resolve("other.key");
        Files.copy(key, other, StandardCopyOption.COPY_ATTRIBUTES);
        var line = Files.readString(other);
        var turned = line.charAt(30) == '0' ? '1' : '0';
        Files.writeString(other, line.substring(0, 30) + turned + line.substring(31));
        return other;
    }

    @Test
    void a_video_program_recognises_no_file() throws IOException {
        var plain = new ByteArrayOutputStream();
        SENT.forEach(unit -> plain.writeBytes(unit.array()));
        assertThat(isRecognised(Files.write(place.resolve("plain"), plain.toByteArray()))).isTrue();

        var files = places.files().stream().filter(NothingInTheClearTest::mayHoldPictures).toList();

        assertThat(files).anyMatch(file -> file.toString().endsWith(".pack"));
        assertThat(files.parallelStream().filter(NothingInTheClearTest::isRecognised)).isEmpty();
    }

    /// What has not changed since before the first camera holds nothing of it, and PostgreSQL's own
    /// catalogues (numbers of four digits) hold no rows of ours.
    private static boolean mayHoldPictures(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(camerasAdded)
                    && !file.toString().matches(".*/(base/[0-9]+|global)/[0-9]{1,4}(_(fsm|vm))?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether `ffprobe` takes a file for a film. It guesses at any bytes, of random files it takes three
    /// in a hundred for something; up to a score of 25 it says itself that it may be wrong.
    private static boolean isRecognised(Path file) {
        try {
            var probe =
                    new ProcessBuilder(
                                    "ffprobe",
                                    "-v",
                                    "quiet",
                                    "-show_entries",
                                    "format=probe_score",
                                    "-of",
                                    "csv=p=0",
                                    file.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var score = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return !score.isBlank() && Integer.parseInt(score.strip()) > 25;
        } catch (IOException e) {
            throw new UncheckedIOException("This test needs ffprobe", e);
        }
    }
}
