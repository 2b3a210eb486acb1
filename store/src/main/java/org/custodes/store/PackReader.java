package org.custodes.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.custodes.media.Bytes;
import org.custodes.media.GapCause;
import org.custodes.vault.BadRecordHeaderException;
import org.custodes.vault.PackBinding;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// Reads one pack entry by entry, also while it is being written. One thread.
final class PackReader implements Closeable {
    /// Read ahead when bodies are wanted: one read of the disk for about a tenth of a second.
    static final int AHEAD = 256 * 1024;

    /// Read ahead when only headers are wanted.
    static final int HEADERS_ONLY = 4 * 1024;

    private final DiskFile file;
    private final PackHeader header;
    private final PackBinding binding;
    private final Map<Integer, byte[]> commitments = new HashMap<>();
    private final byte[] window;
    private long windowStart;
    private int windowLength;

    private PackReader(DiskFile file, byte[] header, int ahead) {
        this.file = file;
        this.header = PackHeader.parse(header);
        this.binding = this.header.binding(header);
        this.window = new byte[ahead];
    }

    /// Opens a pack and reads its header.
    ///
    /// @throws StoreFormatException if it is no pack
    static PackReader open(Disk disk, Path path, int ahead) throws IOException {
        var file = disk.read(path);
        try {
            var bytes = ByteBuffer.allocate(PackHeader.SIZE);
            file.read(bytes, 0);
            if (bytes.hasRemaining()) {
                throw new StoreFormatException(
                        "Pack %s has %d bytes: less than its header"
                                .formatted(path, bytes.position()));
            }
            var window = Math.clamp(file.size(), HEADERS_ONLY, ahead);
            return new PackReader(file, bytes.array(), window);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    PackHeader header() {
        return header;
    }

    long size() throws IOException {
        return file.size();
    }

    /// What stands before an entry's content is read.
    ///
    /// @param record the record's header, only if it is one
    record Head(long offset, int type, int length, int crc, @Nullable RecordHeader record) {
        long end() {
            return offset + PackEntry.FRAME + length;
        }

        private long content() {
            return offset + PackEntry.FRAME;
        }
    }

    /// The entry at `offset`; empty if it does not end within `limit`.
    ///
    /// @throws StoreFormatException if no entry can stand there
    Optional<Head> head(long offset, long limit) throws IOException {
        if (offset + PackEntry.FRAME > limit || !fill(offset, PackEntry.FRAME, limit)) {
            return Optional.empty();
        }
        var frame = ByteBuffer.wrap(window, at(offset), PackEntry.FRAME);
        var type = frame.get() & 0xff;
        var length = frame.getInt();
        var crc = frame.getInt();
        if (!PackEntry.fits(type, length)) {
            throw new StoreFormatException(
                    "No entry stands at offset %d of pack %s: type %d, length %d"
                            .formatted(offset, header.packId(), type, length));
        }
        if (offset + PackEntry.FRAME + length > limit) {
            return Optional.empty();
        }
        if (type != PackEntry.RECORD) {
            return Optional.of(new Head(offset, type, length, crc, null));
        }
        if (!fill(offset, PackEntry.FRAME + RecordHeader.SIZE, limit)) {
            return Optional.empty();
        }
        return Optional.of(new Head(offset, type, length, crc, recordHeader(offset, length)));
    }

    private RecordHeader recordHeader(long offset, int length) {
        try {
            var parsed = RecordHeader.parse(window, at(offset) + PackEntry.FRAME);
            if (parsed.bodyLength() == length - RecordHeader.SIZE) {
                return parsed.header();
            }
            throw new StoreFormatException(
                    "The record at offset %d of pack %s says two lengths: %d and %d"
                            .formatted(
                                    offset,
                                    header.packId(),
                                    parsed.bodyLength(),
                                    length - RecordHeader.SIZE));
        } catch (BadRecordHeaderException e) {
            throw new StoreFormatException(
                    "No record stands at offset %d of pack %s: %s"
                            .formatted(offset, header.packId(), e.getMessage()));
        }
    }

    /// Whether the entry's checksum is right.
    boolean whole(Head head) throws IOException {
        var crc = PackEntry.startChecksum(head.type(), head.length());
        crc.update(bytes(head.content(), head.length()));
        return (int) crc.getValue() == head.crc();
    }

    /// The entry itself.
    ///
    /// @param index where the commitment of a record's slot is found if it was not read before
    PackEntry entry(Head head, Supplier<PackIndex> index) throws IOException {
        return switch (head.type()) {
            case PackEntry.SLOT -> slot(head);
            case PackEntry.RECORD -> new PackEntry.Recorded(sealed(head, index));
            case PackEntry.GAP -> gap(head);
            case PackEntry.CLOCK -> clock(head);
            default -> throw new StoreFormatException("Entry type %d".formatted(head.type()));
        };
    }

    private PackEntry.Slot slot(Head head) throws IOException {
        var in = ByteBuffer.wrap(bytes(head.content(), head.length()));
        var slot = in.getShort() & 0xffff;
        var commitment = new byte[PackEntry.COMMITMENT];
        in.get(commitment);
        commitments.putIfAbsent(slot, commitment);
        return new PackEntry.Slot(slot, Bytes.of(commitment));
    }

    private PackEntry.GapNote gap(Head head) throws IOException {
        var in = ByteBuffer.wrap(bytes(head.content(), head.length()));
        var since = in.getLong();
        try {
            return new PackEntry.GapNote(since, GapCause.ofNumber(in.getShort() & 0xffff));
        } catch (IllegalArgumentException e) {
            // A later version may know more causes; the gap is there all the same.
            return new PackEntry.GapNote(since, GapCause.UNKNOWN);
        }
    }

    private PackEntry.ClockNote clock(Head head) throws IOException {
        var in = ByteBuffer.wrap(bytes(head.content(), head.length()));
        return new PackEntry.ClockNote(in.getLong(), in.getLong());
    }

    private Sealed sealed(Head head, Supplier<PackIndex> index) throws IOException {
        var record = head.record();
        if (record == null) {
            throw new IllegalArgumentException("Entry type %d".formatted(head.type()));
        }
        var commitment = commitment(record.slot(), index);
        var body = bytes(head.content() + RecordHeader.SIZE, head.length() - RecordHeader.SIZE);
        return new Sealed(binding, record, commitment, body);
    }

    private byte[] commitment(int slot, Supplier<PackIndex> index) throws IOException {
        var known = commitments.get(slot);
        if (known != null) {
            return known;
        }
        var offset = index.get().offsetOfSlot(slot);
        var head = offset < 0 ? Optional.<Head>empty() : head(offset, file.size());
        if (head.isPresent() && head.get().type() == PackEntry.SLOT) {
            var read = slot(head.get());
            if (read.slot() == slot) {
                return read.commitment().array();
            }
        }
        throw new StoreFormatException(
                "Pack %s has no commitment for slot %d: run `custodes check --repair`"
                        .formatted(header.packId(), slot));
    }

    /// Bytes at a place: from the window where they lie in it, else straight from the file.
    private byte[] bytes(long offset, int length) throws IOException {
        var out = new byte[length];
        var inWindow = 0;
        if (offset >= windowStart && offset < windowStart + windowLength) {
            inWindow = (int) Math.min(length, windowStart + windowLength - offset);
            System.arraycopy(window, at(offset), out, 0, inWindow);
        }
        if (inWindow < length) {
            var rest = ByteBuffer.wrap(out, inWindow, length - inWindow);
            file.read(rest, offset + inWindow);
            if (rest.hasRemaining()) {
                throw new StoreFormatException(
                        "Pack %s ends before offset %d"
                                .formatted(header.packId(), offset + length));
            }
        }
        return out;
    }

    /// Brings bytes into the window; false if the file ends before them.
    private boolean fill(long offset, int length, long limit) throws IOException {
        if (offset >= windowStart && offset + length <= windowStart + windowLength) {
            return true;
        }
        var wanted = (int) Math.min(window.length, limit - offset);
        if (wanted < length) {
            return false;
        }
        windowStart = offset;
        windowLength = 0;
        windowLength = file.read(ByteBuffer.wrap(window, 0, wanted), offset);
        return windowLength >= length;
    }

    private int at(long offset) {
        return Math.toIntExact(offset - windowStart);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
