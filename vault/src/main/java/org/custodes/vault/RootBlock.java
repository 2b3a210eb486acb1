package org.custodes.vault;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/// One place of the root file: the epoch, and the key of its index wrapped by the root key. 4,096
/// bytes; `docs/formats/keystore.md` gives them.
final class RootBlock {
    static final int SIZE = 4096;

    static final int MAX_PARAMETERS = 512;
    static final int MAX_WRAPPED = 1024;

    private static final byte[] MAGIC = Ascii.of("CUSTROOT");
    private static final int VERSION = 1;
    private static final int HASH_BYTES = 32;
    private static final int FIXED_BYTES = 8 + 2 + 2 + 8 + 16 + 16 + 16 + 2;

    private final Facts facts;
    private final byte[] bytes;
    private final byte[] wrapped;

    private RootBlock(Facts facts, byte[] bytes, byte[] wrapped) {
        this.facts = facts;
        this.bytes = bytes;
        this.wrapped = wrapped;
    }

    /// @param turn random for every turn, so that two copies of one epoch are known to be the same
    /// @param parameters what the root key needs to be found again
    record Facts(
            int rootKind,
            long epoch,
            UUID installation,
            UUID turn,
            UUID indexPage,
            String parameters) {

        /// @param parameters in memory as hex, for a record compares its fields
        static Facts of(
                int rootKind,
                long epoch,
                UUID installation,
                UUID turn,
                UUID indexPage,
                byte[] parameters) {
            return new Facts(
                    rootKind,
                    epoch,
                    installation,
                    turn,
                    indexPage,
                    HexFormat.of().formatHex(parameters));
        }

        byte[] parameterBytes() {
            return HexFormat.of().parseHex(parameters);
        }

        /// All that stands before the wrapped key, which the wrapping authenticates.
        byte[] context() {
            var told = parameterBytes();
            return ByteBuffer.allocate(FIXED_BYTES + told.length)
                    .put(MAGIC)
                    .putShort((short) VERSION)
                    .putShort((short) rootKind)
                    .putLong(epoch)
                    .put(Uuids.bytes(installation))
                    .put(Uuids.bytes(turn))
                    .put(Uuids.bytes(indexPage))
                    .putShort((short) told.length)
                    .put(told)
                    .array();
        }
    }

    static RootBlock of(Facts facts, byte[] wrapped) {
        var context = facts.context();
        if (context.length - FIXED_BYTES > MAX_PARAMETERS || wrapped.length > MAX_WRAPPED) {
            throw new IllegalStateException(
                    "A root key of kind %d needs more room than the root file has"
                            .formatted(facts.rootKind));
        }
        var out = ByteBuffer.allocate(SIZE);
        out.put(context).putShort((short) wrapped.length).put(wrapped);
        out.put(SIZE - HASH_BYTES, hash(out.array()));
        return new RootBlock(facts, out.array(), wrapped);
    }

    /// Reads a place; empty if it is torn, overwritten, of another version or was never written.
    static Optional<RootBlock> parse(byte[] place) {
        if (place.length != SIZE
                || !Arrays.equals(place, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || !Arrays.equals(place, SIZE - HASH_BYTES, SIZE, hash(place), 0, HASH_BYTES)) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(place, MAGIC.length, SIZE - MAGIC.length);
        if (in.getShort() != VERSION) {
            return Optional.empty();
        }
        var rootKind = in.getShort() & 0xffff;
        var epoch = in.getLong();
        var installation = Uuids.read(in);
        var turn = Uuids.read(in);
        var indexPage = Uuids.read(in);
        var parameters = field(in, MAX_PARAMETERS);
        if (parameters.isEmpty()) {
            return Optional.empty();
        }
        var wrapped = field(in, MAX_WRAPPED);
        return wrapped.map(key ->
                new RootBlock(
                        Facts.of(rootKind, epoch, installation, turn, indexPage, parameters.get()),
                        place,
                        key));
    }

    private static Optional<byte[]> field(ByteBuffer in, int most) {
        var length = in.getShort() & 0xffff;
        if (length > most) {
            return Optional.empty();
        }
        var bytes = new byte[length];
        in.get(bytes);
        return Optional.of(bytes);
    }

    Facts facts() {
        return facts;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] wrapped() {
        return wrapped;
    }

    boolean isSameTurnAs(RootBlock other) {
        return Arrays.equals(bytes, other.bytes);
    }

    private static byte[] hash(byte[] place) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(place, 0, SIZE - HASH_BYTES);
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime lacks SHA-256", e);
        }
    }
}
