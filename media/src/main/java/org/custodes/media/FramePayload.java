package org.custodes.media;

import java.nio.ByteBuffer;

/// What a record seals of a [Frame]: the added parameter sets apart from what the camera sent, so
/// that evidence can tell them apart. `docs/formats/pack.md` gives the layout:
/// `u32 length of added | added | data`, big-endian.
public final class FramePayload {
    private static final int PREFIX = 4;

    private FramePayload() {}

    public static byte[] encode(Bytes added, Bytes data) {
        var out = ByteBuffer.allocate(PREFIX + added.length() + data.length());
        for (var part : parts(added, data)) {
            out.put(part);
        }
        return out.array();
    }

    /// The parts of a payload, to be sealed one behind the other: pictures are not copied for it.
    public static byte[][] parts(Bytes added, Bytes data) {
        var prefix = ByteBuffer.allocate(PREFIX).putInt(added.length()).array();
        return new byte[][] {prefix, added.array(), data.array()};
    }

    /// The added parameter sets and what the camera sent, in one array as a decoder wants them.
    ///
    /// @throws IllegalArgumentException if the lengths do not fit
    public static byte[] decodable(byte[] payload) {
        checkedAddedLength(payload);
        var out = new byte[payload.length - PREFIX];
        System.arraycopy(payload, PREFIX, out, 0, out.length);
        return out;
    }

    /// How many bytes at the start of [#decodable] were added.
    ///
    /// @throws IllegalArgumentException if the lengths do not fit
    public static int checkedAddedLength(byte[] payload) {
        if (payload.length < PREFIX) {
            throw new IllegalArgumentException(
                    "A frame's payload has at least 4 bytes, but got %d".formatted(payload.length));
        }
        var added = ByteBuffer.wrap(payload).getInt();
        if (added < 0 || added > payload.length - PREFIX) {
            throw new IllegalArgumentException(
                    "A frame's payload of %d bytes says that %d were added"
                            .formatted(payload.length, added));
        }
        return added;
    }
}
