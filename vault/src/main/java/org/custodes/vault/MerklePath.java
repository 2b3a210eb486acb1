package org.custodes.vault;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The way from the root of a [MerkleMap] down to where a key stands or would stand. For one root and
/// one key there is one such way: nobody can show both that the key is there and that it is not.
///
/// @param siblings the hashes beside the way, the highest first
record MerklePath(List<Hash> siblings, End end) {
    private static final int NOTHING = 0;
    private static final int ANOTHER = 1;
    private static final int ITSELF = 2;

    MerklePath {
        siblings = List.copyOf(siblings);
        if (siblings.size() > Byte.SIZE * Hash.BYTES) {
            throw new BadProofException("a way has %d steps".formatted(siblings.size()));
        }
    }

    /// What stands at the end of the way.
    sealed interface End {

        /// No key goes this way.
        record Nothing() implements End {}

        /// One other key alone goes this way.
        record Another(Hash key, Hash value) implements End {}

        /// The key itself.
        record Itself() implements End {}
    }

    boolean isThere() {
        return end instanceof End.Itself;
    }

    /// The root that this is a way from.
    ///
    /// @param value what stands under the key; not looked at if nothing does
    /// @throws BadProofException if it is no way to this key
    Hash root(Hash key, Hash value, Hash.Maker hashes) {
        var hash =
                switch (end) {
                    case End.Nothing() -> Hash.ZEROS;
                    case End.Another(var other, var its) -> {
                        checkPassesBy(key, other);
                        yield MerkleMap.leaf(other, its, hashes);
                    }
                    case End.Itself() -> MerkleMap.leaf(key, value, hashes);
                };
        for (var bit = siblings.size() - 1; bit >= 0; bit--) {
            hash =
                    key.bit(bit) == 0
                            ? MerkleMap.inner(hash, siblings.get(bit), hashes)
                            : MerkleMap.inner(siblings.get(bit), hash, hashes);
        }
        return hash;
    }

    /// Another key says something of ours only if ours would stand at the same place.
    private void checkPassesBy(Hash key, Hash other) {
        var same = true;
        for (var bit = 0; bit < siblings.size(); bit++) {
            same &= key.bit(bit) == other.bit(bit);
        }
        if (!same || key.equals(other)) {
            throw new BadProofException("a way ends at a key that lies elsewhere");
        }
    }

    /// `u8 end (0 nothing, 1 another, 2 itself) | for another: 32 bytes key, 32 bytes value | u16 number
    /// of siblings | 32 bytes each`.
    void write(DataOutputStream out) throws IOException {
        switch (end) {
            case End.Nothing() -> out.writeByte(NOTHING);
            case End.Another(var key, var value) -> {
                out.writeByte(ANOTHER);
                key.write(out);
                value.write(out);
            }
            case End.Itself() -> out.writeByte(ITSELF);
        }
        out.writeShort(siblings.size());
        for (var sibling : siblings) {
            sibling.write(out);
        }
    }

    static MerklePath read(ByteBuffer in) {
        var end = readEnd(in);
        var siblings = new ArrayList<Hash>();
        for (var left = in.getShort() & 0xffff; left > 0; left--) {
            siblings.add(Hash.read(in));
        }
        return new MerklePath(siblings, end);
    }

    private static End readEnd(ByteBuffer in) {
        var kind = in.get();
        return switch (kind) {
            case NOTHING -> new End.Nothing();
            case ANOTHER -> new End.Another(Hash.read(in), Hash.read(in));
            case ITSELF -> new End.Itself();
            default -> throw new BadProofException("a way ends in %d".formatted(kind));
        };
    }
}
