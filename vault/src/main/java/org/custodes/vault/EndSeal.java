package org.custodes.vault;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What a pack's last record seals: how many records came before it, and SHA-256 over their 16-byte
/// GCM tags in the order of their numbers. A pack whose end is missing or other than this was cut or
/// altered. Bytes: `u64 count | 32 bytes hash`.
public final class EndSeal {
    private static final int HASH_BYTES = 32;
    private static final int BYTES = Long.BYTES + HASH_BYTES;
    private static final int TAG_BYTES = 16;

    private final long count;
    private final byte[] hash;

    private EndSeal(long count, byte[] hash) {
        this.count = count;
        this.hash = hash;
    }

    /// Reads what [Opener#open] gave for a record with [RecordHeader#end()].
    ///
    /// @throws IllegalArgumentException if it has another length
    public static EndSeal parse(byte[] plaintext) {
        if (plaintext.length != BYTES) {
            throw new IllegalArgumentException(
                    "An end record seals %d bytes, but got %d".formatted(BYTES, plaintext.length));
        }
        var in = ByteBuffer.wrap(plaintext);
        var count = in.getLong();
        var hash = new byte[HASH_BYTES];
        in.get(hash);
        return new EndSeal(count, hash);
    }

    /// How many records came before the end record.
    public long count() {
        return count;
    }

    /// Whether these are all of the pack's records, unaltered and in order.
    public boolean covers(Tally tally) {
        return count == tally.count && MessageDigest.isEqual(hash, tally.hash());
    }

    /// Counts records and hashes their tags, as they are sealed or as they are read again.
    public static final class Tally {
        private final MessageDigest digest = sha256();
        private long count;

        /// Nothing counted yet.
        public Tally() {}

        /// Takes the next record.
        public void add(Sealed record) {
            digest.update(record.array(), record.size() - TAG_BYTES, TAG_BYTES);
            count++;
        }

        byte[] plaintext() {
            return ByteBuffer.allocate(BYTES).putLong(count).put(hash()).array();
        }

        private byte[] hash() {
            try {
                return ((MessageDigest) digest.clone()).digest();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("This Java runtime cannot copy a SHA-256", e);
            }
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This Java runtime lacks SHA-256", e);
            }
        }
    }
}
