package org.custodes.vault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The rows of the partition of destructions: the proof of each puncture by its id. It holds no key.
final class DestructionRow {
    private DestructionRow() {}

    /// `u32 count`, then for each: `16 bytes id | u32 length | proof`.
    static byte[] encode(Map<UUID, byte[]> proofs) {
        var length = 4 + proofs.values().stream().mapToInt(proof -> 16 + 4 + proof.length).sum();
        var out = ByteBuffer.allocate(length).putInt(proofs.size());
        new TreeMap<>(proofs)
                .forEach((id, proof) -> out.put(Uuids.bytes(id)).putInt(proof.length).put(proof));
        return out.array();
    }

    static Map<UUID, byte[]> decode(byte[] page) {
        try {
            var in = ByteBuffer.wrap(page);
            var proofs = new TreeMap<UUID, byte[]>();
            for (var left = in.getInt(); left > 0; left--) {
                var id = Uuids.read(in);
                var length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    throw new BufferUnderflowException();
                }
                var proof = new byte[length];
                in.get(proof);
                proofs.put(id, proof);
            }
            return proofs;
        } catch (BufferUnderflowException e) {
            throw new KeyStoreUnavailableException("A page of the key store is malformed", e);
        }
    }
}
