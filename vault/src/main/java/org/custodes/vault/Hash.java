package org.custodes.vault;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256, or 32 other bytes that are public.
final class Hash implements Comparable<Hash> {
    static final int BYTES = 32;
    static final Hash ZEROS = new Hash(new byte[BYTES]);

    private final byte[] bytes;

    /// Takes the bytes over.
    Hash(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "A hash has %d bytes, but got %d".formatted(BYTES, bytes.length));
        }
        this.bytes = bytes;
    }

    static Hash read(ByteBuffer in) {
        var bytes = new byte[BYTES];
        in.get(bytes);
        return new Hash(bytes);
    }

    void write(DataOutputStream out) throws IOException {
        out.write(bytes);
    }

    /// Not to be changed by anybody.
    byte[] bytes() {
        return bytes;
    }

    /// A bit, counted from the highest.
    int bit(int number) {
        return bytes[number / Byte.SIZE] >> (Byte.SIZE - 1 - number % Byte.SIZE) & 1;
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }

    /// Makes hashes of parts that follow each other. One thread; used again and again, for a table has
    /// thousands of hashes.
    static final class Maker {
        private final MessageDigest sha256;

        Maker() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This Java runtime lacks SHA-256", e);
            }
        }

        Hash of(byte[]... parts) {
            for (var part : parts) {
                sha256.update(part);
            }
            return new Hash(sha256.digest());
        }
    }
}
