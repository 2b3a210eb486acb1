package org.custodes.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.custodes.media.Bytes;
import org.custodes.vault.RecordHeader;

/// A pack as `docs/formats/pack.md` describes it, read without the store and without any key: what
/// stands whole in the file.
///
/// @param records in the order of the file, an END record among them
record PackFile(Path file, UUID id, UUID camera, List<SealedRecord> records) {
    private static final byte[] MAGIC = "CUSTPACK".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 128;
    private static final int FRAME = 9;
    private static final int RECORD = 2;

    /// @param body ciphertext and tag
    record SealedRecord(RecordHeader header, Bytes body) {}

    /// The packs of a data folder. A file that is shorter than a header is none yet.
    static List<Path> files(Path data) throws IOException {
        var packs = new ArrayList<Path>();
        try (var files = Files.walk(data.resolve("media").resolve("packs"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".pack")).toList()) {
                if (Files.size(file) >= HEADER) {
                    packs.add(file);
                }
            }
        }
        return packs;
    }

    static List<PackFile> all(Path data) throws IOException {
        var packs = new ArrayList<PackFile>();
        for (var file : files(data)) {
            packs.add(read(file));
        }
        return packs;
    }

    static PackFile read(Path file) throws IOException {
        var in = ByteBuffer.wrap(Files.readAllBytes(file));
        if (!Arrays.equals(in.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("%s does not begin as a pack does".formatted(file));
        }
        var records = new ArrayList<SealedRecord>();
        var id = uuid(in, 12);
        var camera = uuid(in, 60);
        in.position(HEADER);
        while (in.remaining() >= FRAME) {
            var type = in.get();
            var length = in.getInt();
            var check = in.getInt();
            if (length < 0 || length > in.remaining()) {
                break;
            }
            var content = new byte[length];
            in.get(content);
            if (crc(type, content) != check) {
                break;
            }
            if (type == RECORD) {
                var header = RecordHeader.parse(content, 0).header();
                var body = Arrays.copyOfRange(content, RecordHeader.SIZE, length);
                records.add(new SealedRecord(header, Bytes.of(body)));
            }
        }
        return new PackFile(file, id, camera, List.copyOf(records));
    }

    private static UUID uuid(ByteBuffer in, int at) {
        return new UUID(in.getLong(at), in.getLong(at + Long.BYTES));
    }

    private static int crc(byte type, byte[] content) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(5).put(type).putInt(content.length).flip());
        crc.update(content);
        return (int) crc.getValue();
    }
}
