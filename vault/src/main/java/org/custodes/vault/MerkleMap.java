package org.custodes.vault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Values under keys that are hashes, and one hash over all of them from which it can be shown what
/// stands under a key, and that nothing stands under it. Immutable; one thread.
///
/// A tree by the bits of the keys, the highest first. No entry: 32 zero bytes. One entry:
/// `SHA-256(00 || key || value)`, however high it stands. More: `SHA-256(01 || those with bit 0 ||
/// those with bit 1)`. `docs/formats/destruction.md`.
final class MerkleMap {
    private static final byte[] LEAF = {0};
    private static final byte[] INNER = {1};

    private final Hash.Maker hashes;
    private final List<Entry> entries;

    /// @param hash of the entry alone
    record Entry(Hash key, Hash value, Hash hash) {
        static Entry of(Hash key, Hash value, Hash.Maker hashes) {
            return new Entry(key, value, leaf(key, value, hashes));
        }
    }

    private MerkleMap(Hash.Maker hashes, Collection<Entry> entries) {
        this.hashes = hashes;
        this.entries = entries.stream().sorted(Comparator.comparing(Entry::key)).toList();
    }

    /// @param entries in any order, each key once
    static MerkleMap of(Collection<Entry> entries, Hash.Maker hashes) {
        return new MerkleMap(hashes, entries);
    }

    /// The same with this value under this key.
    MerkleMap with(Hash key, Hash value) {
        var changed = new ArrayList<>(without(key).entries);
        changed.add(Entry.of(key, value, hashes));
        return new MerkleMap(hashes, changed);
    }

    /// The same with nothing under this key.
    MerkleMap without(Hash key) {
        return new MerkleMap(
                hashes, entries.stream().filter(each -> !each.key().equals(key)).toList());
    }

    Hash root() {
        return hash(0, entries.size(), 0);
    }

    private Hash hash(int from, int to, int bit) {
        if (from == to) {
            return Hash.ZEROS;
        }
        if (to - from == 1) {
            return entries.get(from).hash();
        }
        var middle = firstWithBit(from, to, bit);
        return inner(hash(from, middle, bit + 1), hash(middle, to, bit + 1), hashes);
    }

    private int firstWithBit(int from, int to, int bit) {
        var low = from;
        var high = to;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (entries.get(middle).key().bit(bit) == 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// What shows to somebody who knows [#root] what stands under this key.
    MerklePath path(Hash key) {
        var siblings = new ArrayList<Hash>();
        var from = 0;
        var to = entries.size();
        for (var bit = 0; to - from > 1; bit++) {
            var middle = firstWithBit(from, to, bit);
            if (key.bit(bit) == 0) {
                siblings.add(hash(middle, to, bit + 1));
                to = middle;
            } else {
                siblings.add(hash(from, middle, bit + 1));
                from = middle;
            }
        }
        return new MerklePath(siblings, end(key, from, to));
    }

    private MerklePath.End end(Hash key, int from, int to) {
        if (from == to) {
            return new MerklePath.End.Nothing();
        }
        var last = entries.get(from);
        return last.key().equals(key)
                ? new MerklePath.End.Itself()
                : new MerklePath.End.Another(last.key(), last.value());
    }

    static Hash leaf(Hash key, Hash value, Hash.Maker hashes) {
        return hashes.of(LEAF, key.bytes(), value.bytes());
    }

    static Hash inner(Hash left, Hash right, Hash.Maker hashes) {
        return hashes.of(INNER, left.bytes(), right.bytes());
    }
}
