package org.custodes.server;

import java.nio.ByteBuffer;

/// The 24 bytes in front of every access unit on the media WebSocket, version 1 (`docs/api.md`).
final class FrameEnvelope {
    static final int BYTES = 24;
    static final byte FRAME = 1;

    static final int KEY = 1;
    static final int DAMAGED = 2;
    static final int DISCONTINUITY = 4;
    static final int NOT_SHOWN = 8;

    private FrameEnvelope() {}

    /// A whole binary message. The access unit is copied here, once a viewer, and nowhere else.
    static ByteBuffer wrap(
            long channel, int flags, int seq, long wallMicros, long mediaTime, byte[] accessUnit) {
        return ByteBuffer.allocate(BYTES + accessUnit.length)
                .putInt((int) channel)
                .put(FRAME)
                .put((byte) flags)
                .putShort((short) seq)
                .putLong(wallMicros)
                .putLong(mediaTime)
                .put(accessUnit)
                .flip();
    }
}
