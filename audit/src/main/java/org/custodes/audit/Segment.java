package org.custodes.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.custodes.media.Bytes;

/// A segment that was read: eight bytes of magic, a header, entries.
///
/// @param length the bytes from its beginning to the end of its last whole frame
/// @param hash of the log up to and with its last whole frame
/// @param torn whether bytes follow that are not a whole frame
record Segment(SegmentHeader header, List<Frame> frames, long length, Bytes hash, boolean torn) {
    static final byte[] MAGIC = "CUSTAUD1".getBytes(StandardCharsets.US_ASCII);

    /// Above this a segment is followed by the next one.
    static final long FULL = 4 << 20;

    /// No writer of ours makes a longer one: the last batch that fits in began below [#FULL].
    private static final long LONGEST = 64 << 20;

    Segment {
        frames = List.copyOf(frames);
    }

    /// Reads the first `limit` bytes of a segment, or all if it has fewer. Empty if it has no whole
    /// header.
    static Optional<Segment> read(Path file, long limit) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var size = Math.min(limit, channel.size());
            if (size > LONGEST) {
                throw new IOException(
                        "%s has %d bytes, more than a segment of the log ever has"
                                .formatted(file, size));
            }
            var bytes = ByteBuffer.allocate((int) size);
            for (var count = 0; count >= 0 && bytes.hasRemaining(); ) {
                count = channel.read(bytes, bytes.position());
            }
            return parse(bytes.flip());
        }
    }

    /// Empty if the bytes have no whole header.
    static Optional<Segment> parse(ByteBuffer bytes) {
        try {
            return parsed(bytes);
        } catch (MalformedEntryException noHeader) {
            return Optional.empty();
        }
    }

    private static Optional<Segment> parsed(ByteBuffer bytes) {
        var magic = ByteBuffer.wrap(MAGIC);
        if (bytes.remaining() < MAGIC.length || !bytes.slice(0, MAGIC.length).equals(magic)) {
            return Optional.empty();
        }
        bytes.position(MAGIC.length);
        var first = Frame.readFrom(bytes);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var header = SegmentHeader.decode(first.get().map().array());
        var frames = new ArrayList<Frame>();
        var hash = header.hashBefore();
        for (var next = Frame.readFrom(bytes); next.isPresent(); next = Frame.readFrom(bytes)) {
            frames.add(next.get());
            hash = next.get().hash();
        }
        return Optional.of(
                new Segment(header, frames, bytes.position(), hash, bytes.hasRemaining()));
    }
}
