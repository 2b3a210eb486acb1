package org.custodes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.audit.Ledger.ERIKA;
import static org.custodes.audit.Ledger.OTTO;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.custodes.media.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/formats/audit.md` says, held against bytes and a reader that were not made by this code.
class VectorTest {
    private static final Path FORMATS = Path.of("..", "docs", "formats");

    @TempDir Path home;

    @Test
    void the_vectors_entry_is_read_and_written_as_it_is() throws IOException {
        var entry = StoredEntry.decode(vector("entry"));

        assertThat(entry.encode()).isEqualTo(vector("entry"));
        assertThat(entry.context()).isEqualTo(vector("context"));
        assertThat(entry.sealed().array()).isEqualTo(vector("sealed"));
        assertThat(entry.alias().keyName().id()).isEqualTo(text("key_name"));
        assertThat(entry.time()).hasToString("2026-11-22T10:00:00.123456Z");
    }

    @Test
    void the_vectors_personal_part_opens_as_the_page_says() throws Exception {
        var personal =
                PersonalPart.decode(opened(vector("key"), vector("sealed"), vector("context")));

        assertThat(personal.actor()).isEqualTo(ERIKA);
        assertThat(personal.text()).isEqualTo("The car by the gate");
        assertThat(personal.encode()).isEqualTo(vector("personal"));
    }

    @Test
    void the_vectors_frame_follows_from_the_hash_before_it() throws IOException {
        var frame = Frame.after(Bytes.of(vector("hash_before")), vector("entry"));
        var bytes = ByteBuffer.allocate(frame.length());
        frame.putInto(bytes);

        assertThat(bytes.array()).isEqualTo(vector("frame"));
        assertThat(Frame.readFrom(ByteBuffer.wrap(vector("frame")))).contains(frame);
    }

    @Test
    void a_reader_of_somebody_else_follows_the_chain_and_finds_a_change() throws Exception {
        try (var ledger = new Ledger(home)) {
            ledger.tell(ERIKA, Action.SIGN_IN, "", "with a key");
            ledger.setClock("2026-12-01T08:00:00Z");
            ledger.tell(OTTO, Action.CAMERA_ADDED, "camera/7", "the gate");

            var said = read(ledger.folder);
            assertThat(said)
                    .contains("session.opened", "camera/7", "the chain holds up to entry 1");

            var file = ledger.segments().getLast();
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length - 60] ^= 1;
            Files.write(file, bytes);
            assertThat(read(ledger.folder)).doesNotContain("up to entry 1");
        }
    }

    private static String read(Path folder) throws IOException, InterruptedException {
        var reader =
                new ProcessBuilder(
                                "python3",
                                FORMATS.resolve("reader/audit_reader.py").toString(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        reader.waitFor();
        return said;
    }

    private static byte[] opened(byte[] key, byte[] sealed, byte[] context)
            throws GeneralSecurityException {
        var derived =
                KDF.getInstance("HKDF-SHA256")
                        .deriveKey(
                                "AES",
                                HKDFParameterSpec.ofExtract()
                                        .addIKM(key)
                                        .addSalt(Arrays.copyOfRange(sealed, 1, 33))
                                        .thenExpand(
                                                "vms-box-v1".getBytes(StandardCharsets.US_ASCII),
                                                32));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, derived, new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(context);
        return cipher.doFinal(sealed, 33, sealed.length - 33);
    }

    private static byte[] vector(String name) throws IOException {
        return HexFormat.of().parseHex(text(name));
    }

    private static String text(String name) throws IOException {
        var json = Files.readString(FORMATS.resolve("vectors/audit.json"));
        var found = Pattern.compile("\"" + name + "\": \"([^\"]*)\"").matcher(json);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }
}
