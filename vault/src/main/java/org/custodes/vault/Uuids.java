package org.custodes.vault;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/// 16 bytes as formats write them: the UUID's own order, big-endian.
final class Uuids {
    private Uuids() {}

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID read(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    /// A random one (version 4) from the source we were handed.
    static UUID random(SecureRandom random) {
        var high = (random.nextLong() & ~0xf000L) | 0x4000L;
        var low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }
}
