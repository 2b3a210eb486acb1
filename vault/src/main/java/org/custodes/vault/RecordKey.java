package org.custodes.vault;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The key of one slot in one pack, and the commitment to it (`docs/formats/record.md`).
///
/// GCM alone does not commit to its key: somebody who knows two keys can make one ciphertext that
/// opens under both. The commitment, stored beside the records, rules that out.
final class RecordKey {
    static final int COMMITMENT_BYTES = 32;

    private static final byte[] LABEL = Ascii.of("vms-rec-v1");
    private static final int KEY_BYTES = 32;

    private final byte[] key;
    private final byte[] commitment;

    private RecordKey(byte[] key, byte[] commitment) {
        this.key = key;
        this.commitment = commitment;
    }

    /// `key(32) || commit(32) = HKDF-Expand-SHA-256(slotKey, info)`.
    static RecordKey derive(byte[] slotKey, PackBinding pack, int slot) {
        var both = Hkdf.expand(slotKey, info(pack, slot), KEY_BYTES + COMMITMENT_BYTES);
        var made =
                new RecordKey(
                        Arrays.copyOf(both, KEY_BYTES),
                        Arrays.copyOfRange(both, KEY_BYTES, both.length));
        Arrays.fill(both, (byte) 0);
        return made;
    }

    private static byte[] info(PackBinding pack, int slot) {
        var tree = pack.tree();
        return ByteBuffer.allocate(LABEL.length + 16 + 16 + 1 + 4 + 4 + 2)
                .put(LABEL)
                .putLong(pack.packId().getMostSignificantBits())
                .putLong(pack.packId().getLeastSignificantBits())
                .putLong(tree.camera().getMostSignificantBits())
                .putLong(tree.camera().getLeastSignificantBits())
                .put((byte) tree.mediaClass())
                .putInt(Math.toIntExact(tree.day().toEpochDay()))
                .putInt(tree.era())
                .putShort((short) slot)
                .array();
    }

    SecretKey aes() {
        return new SecretKeySpec(key, "AES");
    }

    /// A copy: it leaves the vault with every record.
    byte[] commitment() {
        return commitment.clone();
    }

    /// Whether a stored commitment is to this key; compared in constant time.
    boolean isCommittedTo(byte[] stored) {
        return MessageDigest.isEqual(commitment, stored);
    }

    /// For one use on another thread, which wipes it.
    RecordKey copy() {
        return new RecordKey(key.clone(), commitment);
    }

    void wipe() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "RecordKey";
    }
}
