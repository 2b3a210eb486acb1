package org.custodes.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.custodes.media.Bytes;

/// The wrapping of one map in a segment: `u32 length | map | 32 bytes hash | u32 CRC-32C`, big end
/// first. The hash is SHA-256 over the hash before it and the map; the CRC is over all before it and
/// tells a torn write from a whole one.
record Frame(Bytes map, Bytes hash) {
    static final int MOST_BYTES = 1 << 20;
    static final int HASH_BYTES = 32;

    /// Before the first frame of a log.
    static final Bytes NO_HASH = Bytes.of(new byte[HASH_BYTES]);

    private static final int AROUND = 4 + HASH_BYTES + 4;

    static Frame after(Bytes hashBefore, byte[] map) {
        return new Frame(Bytes.of(map), hash(hashBefore, map));
    }

    static Bytes hash(Bytes before, byte[] map) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(before.array());
            return Bytes.of(digest.digest(map));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int length() {
        return AROUND + map.length();
    }

    void putInto(ByteBuffer out) {
        var start = out.position();
        out.putInt(map.length()).put(map.array()).put(hash.array());
        out.putInt(crc(out, start, out.position()));
    }

    /// The frame at the buffer's position, which moves behind it; empty, and nothing moves, if what
    /// is there is not a whole frame.
    static Optional<Frame> readFrom(ByteBuffer in) {
        var start = in.position();
        if (in.remaining() < AROUND) {
            return Optional.empty();
        }
        var length = in.getInt(start);
        if (length < 0 || length > MOST_BYTES || in.remaining() < AROUND + length) {
            return Optional.empty();
        }
        var end = start + AROUND + length;
        if (in.getInt(end - 4) != crc(in, start, end - 4)) {
            return Optional.empty();
        }
        var map = new byte[length];
        in.get(start + 4, map);
        var hash = new byte[HASH_BYTES];
        in.get(start + 4 + length, hash);
        in.position(end);
        return Optional.of(new Frame(Bytes.of(map), Bytes.of(hash)));
    }

    private static int crc(ByteBuffer buffer, int start, int end) {
        var crc = new CRC32C();
        crc.update(buffer.slice(start, end - start));
        return (int) crc.getValue();
    }
}
