package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/formats/vectors/` holds is what we write today, and what somebody else's reader opens.
///
/// After a change of a format that is meant: `mvn -pl vault -am test -Dtest=VectorsTest
/// -Dcustodes.vectors=write`.
class VectorsTest {
    private static final Path FORMATS = Path.of("..", "docs", "formats").toAbsolutePath();
    private static final Path VECTORS = FORMATS.resolve("vectors");
    private static final Path READER = FORMATS.resolve("reader").resolve("custodes_reader.py");
    private static final UUID PACK = UUID.fromString("f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f");
    private static final byte[] PACK_HEADER = Keys.text("stands for a pack's header");
    private static final Puncture ORDER =
            new Puncture(
                    UUID.fromString("3f6c2d1e-0b9a-4875-9c6d-5e4f3a2b1c0d"),
                    Keys.CAMERA,
                    Set.of(0, 1),
                    Slots.covering(Keys.NOON.plusSeconds(3600), Keys.NOON.plusSeconds(3720)));

    @TempDir Path folder;

    @Test
    void the_vectors_are_what_we_write() throws IOException {
        var made = folder.resolve("vectors");
        write(made);
        if ("write".equals(System.getProperty("custodes.vectors"))) {
            replace(made);
        }

        assertThat(files(VECTORS)).isEqualTo(files(made));
        for (var file : files(made)) {
            assertThat(Files.readAllBytes(VECTORS.resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(made.resolve(file)));
        }
    }

    @Test
    void the_stored_key_store_still_opens() throws IOException {
        try (var vault = openCopyOf("keystore")) {
            assertThat(vault.check().faults()).isEmpty();
            assertThat(vault.days(Keys.CAMERA, 0)).containsExactly(Keys.DAY);
            assertThat(vault.existingBox(new KeyName("tls", "ca"))).isPresent();
            assertThat(vault.unsettled()).extracting(Destruction::puncture).containsExactly(ORDER);
        }
    }

    /// `keystore-1` was written before there were punctures; it is never written again.
    @Test
    void a_key_store_without_hashes_opens_and_gets_them_with_the_first_puncture()
            throws IOException {
        try (var vault = openCopyOf("keystore-1")) {
            assertThat(vault.check().faults()).isEmpty();
            assertThat(vault.days(Keys.CAMERA, 0)).containsExactly(Keys.DAY);
            assertThat(vault.existingBox(new KeyName("tls", "ca"))).isPresent();

            var destruction = vault.puncture(ORDER);

            assertThat(destruction.tookKeys()).isTrue();
            assertThat(destruction.proof().faults()).isEmpty();
            assertThat(destruction.proof().places().getFirst().removed())
                    .containsExactly(new NodeLabel(0, 0, 0));
            assertThat(vault.check().faults()).isEmpty();
        }
    }

    private Vault openCopyOf(String keys) throws IOException {
        var copy = folder.resolve(keys);
        try (var files = Files.walk(VECTORS.resolve(keys))) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(VECTORS.resolve(keys).relativize(file)));
            }
        }
        ownerOnly(copy.resolve("root.key"));
        return Vault.open(List.of(copy), RootKey.file(copy.resolve("root.key")), Keys.RANDOM);
    }

    @Test
    void an_independent_reader_checks_a_proof_of_destruction() throws Exception {
        assertThat(python("destruction", VECTORS.resolve("destruction.bin").toString()))
                .endsWith("the proof holds");

        var bytes = Files.readAllBytes(VECTORS.resolve("destruction.bin"));
        var forged = folder.resolve("forged.bin");
        for (var at = 44; at < bytes.length; at += 31) {
            Files.write(forged, Keys.flipped(bytes, at));
            assertThatThrownBy(() -> python("destruction", forged.toString()))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void an_independent_reader_opens_the_vectors() throws Exception {
        assertThat(python("check-vectors", VECTORS.toString()))
                .isEqualTo("3 records of the vectors open");
    }

    @Test
    void an_independent_reader_derives_the_slot_keys_of_a_fresh_key_store() throws Exception {
        var tree = new TreeId(Keys.OTHER_CAMERA, 3, Keys.DAY, 2);
        try (var vault = Keys.vault(folder)) {
            vault.prepare(List.of(Keys.TREE, tree));
            vault.box(new KeyName("tls", "ca"));
            var sealer = vault.sealer(Keys.pack(tree), 0);
            for (var second = 0L; second < 60; second += 20) {
                var sealed = sealer.seal(Keys.key(Keys.NOON.plusSeconds(second)), new byte[0]);
                var slot = sealed.header().slot();

                var key =
                        python(
                                "slot-key",
                                folder.resolve("root.key").toString(),
                                folder.resolve("keys").toString(),
                                tree.camera().toString(),
                                "3",
                                tree.day().toString(),
                                "2",
                                Integer.toString(slot));

                var derived = RecordKey.derive(HexFormat.of().parseHex(key), sealed.pack(), slot);
                assertThat(derived.isCommittedTo(sealed.commitment())).isTrue();
            }
        }
    }

    private static String python(String... args) throws Exception {
        var command = new ArrayList<>(List.of("/usr/bin/python3", READER.toString()));
        command.addAll(List.of(args));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    private static void write(Path to) throws IOException {
        var random = new Counting();
        var keys = to.resolve("keystore");
        var records = new ArrayList<Sealed>();
        try (var vault =
                Vault.open(List.of(keys), RootKey.file(keys.resolve("root.key")), random)) {
            vault.prepare(List.of(Keys.TREE));
            vault.box(new KeyName("tls", "ca"));
            var sealer = vault.sealer(new PackBinding(PACK, Keys.TREE, PACK_HEADER), 1);
            records.add(
                    sealer.seal(
                            new FrameStamp(Keys.micros(Keys.NOON), 90_000, 1_234_567, true, false),
                            plaintext(0)));
            records.add(
                    sealer.seal(
                            new FrameStamp(
                                    Keys.micros(Keys.NOON.plusSeconds(61)),
                                    180_000,
                                    RecordHeader.UNTOLD,
                                    false,
                                    true),
                            plaintext(1)));
            records.add(sealer.end(Keys.micros(Keys.NOON.plusSeconds(62))));
            Files.write(to.resolve("destruction.bin"), vault.puncture(ORDER).proof().bytes());
            Files.writeString(to.resolve("record.json"), json(vault, records));
        }
        Files.delete(keys.resolve("lock"));
    }

    private static byte[] plaintext(int number) {
        return Keys.text("frame " + number);
    }

    private static String json(Vault vault, List<Sealed> records) {
        var opener = Keys.opener(vault);
        var lines = new ArrayList<String>();
        for (var sealed : records) {
            var slot = sealed.header().slot();
            var leaf = tree().leaf(slot).orElseThrow();
            lines.add(
                    """
                    {"slot_key": "%s",
                     "header": "%s",
                     "commitment": "%s",
                     "body": "%s",
                     "plaintext": "%s"}\
                    """
                            .formatted(
                                    hex(leaf),
                                    hex(sealed.header().encode(sealed.body().length)),
                                    hex(sealed.commitment()),
                                    hex(sealed.body()),
                                    hex(opener.open(sealed))));
        }
        return """
        {"camera": "%s",
         "class": 0,
         "day": "%s",
         "era": 0,
         "pack_id": "%s",
         "pack_header": "%s",
         "tree_root": "%s",
         "records": [
        %s]}
        """
                .formatted(
                        Keys.CAMERA,
                        Keys.DAY,
                        PACK,
                        hex(PACK_HEADER),
                        hex(tree().nodes().getFirst().key()),
                        String.join(",\n", lines));
    }

    /// The tree that [#write] prepares: its root is the tenth thing that is drawn from [Counting].
    private static KeyTree tree() {
        return new KeyTree(
                KeyTree.DEPTH, List.of(new KeyTree.Node(0, 0, Counting.drawn(TREE_DRAW))));
    }

    private static final int TREE_DRAW = 10;

    private static void replace(Path made) throws IOException {
        for (var file : files(VECTORS)) {
            Files.delete(VECTORS.resolve(file));
        }
        for (var file : files(made)) {
            Files.createDirectories(VECTORS.resolve(file).getParent());
            Files.copy(made.resolve(file), VECTORS.resolve(file));
        }
    }

    private static List<String> files(Path under) throws IOException {
        try (var files = Files.walk(under)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> under.relativize(file).toString())
                    .filter(name ->
                            name.startsWith("keystore/")
                                    || List.of("record.json", "destruction.bin").contains(name))
                    .sorted()
                    .toList();
        }
    }

    private static void ownerOnly(Path file) throws IOException {
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// "Random" bytes that are the same every time: SHA-256 of a counter.
    private static final class Counting extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private int draws;

        @Override
        public void nextBytes(byte[] bytes) {
            var drawn = drawn(++draws);
            System.arraycopy(drawn, 0, bytes, 0, bytes.length);
        }

        @Override
        public long nextLong() {
            return ByteBuffer.wrap(drawn(++draws)).getLong();
        }

        static byte[] drawn(int draw) {
            try {
                var input = ByteBuffer.allocate(4).putInt(draw).array();
                return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(input), 32);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
