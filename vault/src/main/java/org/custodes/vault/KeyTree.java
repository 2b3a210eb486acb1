package org.custodes.vault;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What is left of one GGM key tree: the nodes from which its living leaves can be derived.
///
/// A fresh tree is its root alone. A punctured or delegated one is a list of covering nodes, none
/// of them above another. A leaf whose every ancestor is missing is gone: the derivation
/// goes down only (Goldreich, Goldwasser and Micali 1986; `docs/formats/keystore.md` has the bytes).
final class KeyTree {
    /// Depth of the trees in the key store: 16,384 leaves, of which a day uses 8,640.
    static final int DEPTH = 14;

    static final int NODE_BYTES = 32;

    private static final byte[] LABEL = Ascii.of("vms-ggm-v1");

    private final int depth;
    private final List<Node> nodes;

    /// @throws IllegalArgumentException if a node lies outside the tree or two overlap
    KeyTree(int depth, List<Node> nodes) {
        this.depth = depth;
        this.nodes = nodes.stream().sorted(Comparator.comparingInt(n -> n.first(depth))).toList();
        var next = 0;
        for (var node : this.nodes) {
            if (node.first(depth) < next) {
                throw new IllegalArgumentException(
                        "Two nodes of a key tree cover leaf %d".formatted(node.first(depth)));
            }
            next = node.end(depth);
        }
    }

    static KeyTree grow(SecureRandom random) {
        var root = new byte[NODE_BYTES];
        random.nextBytes(root);
        return new KeyTree(DEPTH, List.of(new Node(0, 0, root)));
    }

    List<Node> nodes() {
        return nodes;
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /// The key of a leaf, if any of its ancestors is left. The caller wipes it.
    Optional<byte[]> leaf(int leaf) {
        var one = cover(leaf, leaf + 1);
        return one.isEmpty() ? Optional.empty() : Optional.of(one.nodes.getFirst().key);
    }

    /// The fewest nodes that derive the leaves from `from` to before `to` and no others. Its node
    /// keys are copies.
    KeyTree cover(int from, int to) {
        var found = new ArrayList<Node>();
        for (var node : nodes) {
            collect(node, from, to, found);
        }
        return new KeyTree(depth, found);
    }

    /// What is left when the leaves from `from` to before `to` die: the co-path of these. Its node keys are
    /// copies.
    KeyTree without(int from, int to) {
        var left = new ArrayList<Node>();
        for (var node : nodes) {
            collect(node, 0, from, left);
            collect(node, to, 1 << depth, left);
        }
        return new KeyTree(depth, left);
    }

    /// Both together, if no leaf lies under nodes of both.
    Optional<KeyTree> beside(KeyTree other) {
        var all = new ArrayList<>(nodes);
        all.addAll(other.nodes);
        try {
            return Optional.of(new KeyTree(depth, all));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The leaf after the last that lives.
    int end() {
        return nodes.isEmpty() ? 0 : nodes.getLast().end(depth);
    }

    /// Whether a node's key can be derived from this tree.
    boolean derives(Node wanted) {
        for (var node : nodes) {
            if (node.isAbove(wanted)) {
                var key = node.below(wanted);
                var same = MessageDigest.isEqual(key, wanted.key);
                Arrays.fill(key, (byte) 0);
                return same;
            }
        }
        return false;
    }

    void wipe() {
        nodes.forEach(Node::wipe);
    }

    private void collect(Node node, int from, int to, List<Node> found) {
        if (node.end(depth) <= from || node.first(depth) >= to) {
            return;
        }
        if (from <= node.first(depth) && node.end(depth) <= to) {
            found.add(new Node(node.depth, node.index, node.key.clone()));
            return;
        }
        for (var bit = 0; bit < 2; bit++) {
            var child = node.child(bit);
            collect(child, from, to, found);
            child.wipe();
        }
    }

    @Override
    public String toString() {
        return "KeyTree of %d nodes".formatted(nodes.size());
    }

    /// One node: `depth` steps below the root, the `index`-th from the left at that depth.
    static final class Node {
        final int depth;
        final int index;
        private final byte[] key;

        Node(int depth, int index, byte[] key) {
            if (depth < 0
                    || depth > DEPTH
                    || index < 0
                    || index >= 1 << depth
                    || key.length != NODE_BYTES) {
                throw new IllegalArgumentException(
                        "No such node in a key tree: depth %d, index %d, %d bytes"
                                .formatted(depth, index, key.length));
            }
            this.depth = depth;
            this.index = index;
            this.key = key;
        }

        /// The node's key; not to be changed by anybody.
        byte[] key() {
            return key;
        }

        private int first(int treeDepth) {
            return index << (treeDepth - depth);
        }

        private int end(int treeDepth) {
            return (index + 1) << (treeDepth - depth);
        }

        /// `HMAC-SHA-256(node, "vms-ggm-v1" || depth of the child || bit)`.
        private Node child(int bit) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                mac.update(LABEL);
                mac.update((byte) (depth + 1));
                mac.update((byte) bit);
                return new Node(depth + 1, 2 * index + bit, mac.doFinal());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This Java runtime lacks HMAC-SHA-256", e);
            }
        }

        /// Whether another node is this one or lies below it.
        private boolean isAbove(Node other) {
            return other.depth >= depth && other.index >> (other.depth - depth) == index;
        }

        /// The key of a node that this one is above.
        private byte[] below(Node other) {
            var at = this;
            while (at.depth < other.depth) {
                var child = at.child(other.index >> (other.depth - at.depth - 1) & 1);
                if (at != this) {
                    at.wipe();
                }
                at = child;
            }
            return at == this ? key.clone() : at.key;
        }

        private void wipe() {
            Arrays.fill(key, (byte) 0);
        }

        @Override
        public String toString() {
            return "Node %d of depth %d".formatted(index, depth);
        }
    }
}
