package org.custodes.vault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// The rows of a names partition: named keys of one kind, by their id.
final class NameRow {
    private NameRow() {}

    /// `u32 count`, then for each name in order of its UTF-16 units: `u8 length of id | id in UTF-8 |
    /// 32 bytes key`.
    static byte[] encode(Map<String, byte[]> keys) {
        var sorted = new TreeMap<>(keys);
        var length = 4;
        for (var id : sorted.keySet()) {
            length += 1 + id.getBytes(StandardCharsets.UTF_8).length + OneTime.KEY_BYTES;
        }
        var out = ByteBuffer.allocate(length).putInt(sorted.size());
        sorted.forEach((id, key) -> {
            var bytes = id.getBytes(StandardCharsets.UTF_8);
            out.put((byte) bytes.length).put(bytes).put(key);
        });
        return out.array();
    }

    /// The caller wipes the keys.
    static Map<String, byte[]> decode(byte[] page) {
        try {
            var in = ByteBuffer.wrap(page);
            var keys = new TreeMap<String, byte[]>();
            for (var left = in.getInt(); left > 0; left--) {
                var id = new byte[in.get() & 0xff];
                in.get(id);
                var key = new byte[OneTime.KEY_BYTES];
                in.get(key);
                keys.put(new String(id, StandardCharsets.UTF_8), key);
            }
            return keys;
        } catch (BufferUnderflowException e) {
            throw new KeyStoreUnavailableException("A page of the key store is malformed", e);
        }
    }

    static void wipe(Map<String, byte[]> keys) {
        keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    }
}
