package org.custodes.vault;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A record's header, which stands in clear before its sealed body and is authenticated with it.
/// `docs/formats/record.md` gives the bytes.
///
/// @param stream the stream number of the track (the camera and class stand in the pack header)
/// @param number the record's number in its pack, from 0; used once, also when its write failed
/// @param slot the 10 s slot of the tree's day it is sealed under, 0 to 8639
/// @param wallMicros the recorder's clock at arrival, in microseconds since 1970 UTC
/// @param mediaTime the camera's clock in 90 kHz ticks
/// @param cameraMicros the camera's wall clock in microseconds since 1970, or [#UNTOLD]
/// @param flags a sum of [#KEY], [#DAMAGED], [#END]
public record RecordHeader(
        int stream,
        long number,
        int slot,
        long wallMicros,
        long mediaTime,
        long cameraMicros,
        int flags) {

    /// Stands for a camera time that was not told.
    public static final long UNTOLD = Long.MIN_VALUE;

    /// Decoding can begin here.
    public static final int KEY = 1;

    /// Parts of this frame were lost on the way.
    public static final int DAMAGED = 2;

    /// The pack's last record: seals the count and the hash of all tags, holds no picture.
    public static final int END = 4;

    /// Length of a header's bytes.
    public static final int SIZE = 48;

    /// The shortest body: an empty record's GCM tag.
    public static final int MIN_BODY = 16;

    /// The longest body (ciphertext and tag): 16 MiB.
    public static final int MAX_BODY = 16 * 1024 * 1024;

    private static final byte VERSION = 1;
    private static final int KNOWN_FLAGS = KEY | DAMAGED | END;
    private static final int CHECKED = SIZE - Integer.BYTES;

    public RecordHeader {
        if (stream < 0
                || stream > 255
                || number < 0
                || !Slot.inDay(slot)
                || (flags & ~KNOWN_FLAGS) != 0) {
            throw new IllegalArgumentException(
                    "A record header is out of range: stream %d, number %d, slot %d, flags %d"
                            .formatted(stream, number, slot, flags));
        }
    }

    public boolean key() {
        return (flags & KEY) != 0;
    }

    public boolean damaged() {
        return (flags & DAMAGED) != 0;
    }

    public boolean end() {
        return (flags & END) != 0;
    }

    /// The header's [#SIZE] bytes.
    ///
    /// @param bodyLength length of ciphertext and tag, [#MIN_BODY] to [#MAX_BODY]
    public byte[] encode(int bodyLength) {
        if (bodyLength < MIN_BODY || bodyLength > MAX_BODY) {
            throw new IllegalArgumentException(
                    "A record's body has %d to %d bytes, but got %d"
                            .formatted(MIN_BODY, MAX_BODY, bodyLength));
        }
        var out = ByteBuffer.allocate(SIZE);
        out.put(VERSION).put((byte) flags).put((byte) stream).put((byte) 0);
        out.putInt(bodyLength).putLong(number).putLong(wallMicros).putLong(mediaTime);
        out.putLong(cameraMicros).putShort((short) slot).putShort((short) 0);
        out.putInt(crc(out.array(), 0));
        return out.array();
    }

    /// Reads the header that stands at `offset`. Nothing is authenticated by that: its CRC-32C tells
    /// torn from whole, not false from true.
    ///
    /// @throws BadRecordHeaderException if there is no whole header of a known version
    public static Parsed parse(byte[] bytes, int offset) {
        if (offset < 0 || bytes.length - offset < SIZE) {
            throw new BadRecordHeaderException(
                    "a header has %d bytes, but %d are left"
                            .formatted(SIZE, bytes.length - offset));
        }
        var in = ByteBuffer.wrap(bytes, offset, SIZE);
        var version = in.get();
        if (version != VERSION) {
            throw new BadRecordHeaderException(
                    "its version is %d, and this program knows %d".formatted(version, VERSION));
        }
        if (in.getInt(offset + CHECKED) != crc(bytes, offset)) {
            throw new BadRecordHeaderException("its CRC-32C does not match");
        }
        var flags = in.get() & 0xff;
        var stream = in.get() & 0xff;
        var firstZero = in.get();
        var bodyLength = in.getInt();
        var number = in.getLong();
        var wallMicros = in.getLong();
        var mediaTime = in.getLong();
        var cameraMicros = in.getLong();
        var slot = in.getShort() & 0xffff;
        var secondZero = in.getShort();
        if (firstZero != 0
                || secondZero != 0
                || bodyLength < MIN_BODY
                || bodyLength > MAX_BODY
                || number < 0
                || !Slot.inDay(slot)
                || (flags & ~KNOWN_FLAGS) != 0) {
            throw new BadRecordHeaderException(
                    "a field is out of range: length %d, number %d, slot %d, flags %d"
                            .formatted(bodyLength, number, slot, flags));
        }
        var header =
                new RecordHeader(stream, number, slot, wallMicros, mediaTime, cameraMicros, flags);
        return new Parsed(header, bodyLength);
    }

    private static int crc(byte[] bytes, int offset) {
        var crc = new CRC32C();
        crc.update(bytes, offset, CHECKED);
        return (int) crc.getValue();
    }

    /// A header and the length of the body that follows it.
    ///
    /// @param bodyLength ciphertext and tag, [#MIN_BODY] to [#MAX_BODY]
    public record Parsed(RecordHeader header, int bodyLength) {}
}
