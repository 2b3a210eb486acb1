package org.custodes.cli;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
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
    private static final int MAX_CONTENT = 64 << 20;

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
        var records = new ArrayList<SealedRecord>();
        var known = walk(file, records::add);
        return new PackFile(file, known.id(), known.camera(), List.copyOf(records));
    }

    /// Whose pack it is.
    record Known(UUID id, UUID camera) {}

    /// Hands over each record in turn, and keeps none: a pack may be larger than this program's memory.
    static Known walk(Path file, Consumer<SealedRecord> watcher) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            var header = ByteBuffer.wrap(in.readNBytes(HEADER));
            if (!Arrays.equals(header.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw new IOException("%s does not begin as a pack does".formatted(file));
            }
            var left = Files.size(file) - HEADER;
            while (left >= FRAME) {
                var type = in.readByte();
                var length = in.readInt();
                var check = in.readInt();
                left -= FRAME;
                if (length < 0 || length > left || length > MAX_CONTENT) {
                    break;
                }
                var content = in.readNBytes(length);
                left -= length;
                if (content.length < length || crc(type, content) != check) {
                    break;
                }
                if (type == RECORD) {
                    var sealed = RecordHeader.parse(content, 0).header();
                    var body = Arrays.copyOfRange(content, RecordHeader.SIZE, length);
                    watcher.accept(new SealedRecord(sealed, Bytes.of(body)));
                }
            }
            return new Known(uuid(header, 12), uuid(header, 60));
        }
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
