package org.custodes.vault;

import java.nio.ByteBuffer;
import java.util.Comparator;

/// Where a node stands in the tree of a camera, class and UTC day. It tells nothing of the node's key.
///
/// @param era which of the day's trees
/// @param depth steps below the root, 0 to 14
/// @param index from the left at that depth
public record NodeLabel(int era, int depth, int index) implements Comparable<NodeLabel> {
    static final int BYTES = 4 + 1 + 2;

    private static final Comparator<NodeLabel> ORDER =
            Comparator.comparingInt(NodeLabel::era)
                    .thenComparingInt(NodeLabel::depth)
                    .thenComparingInt(NodeLabel::index);

    public NodeLabel {
        if (era < 0 || depth < 0 || depth > KeyTree.DEPTH || index < 0 || index >= 1 << depth) {
            throw new IllegalArgumentException(
                    "No such node in a key tree: era %d, depth %d, index %d"
                            .formatted(era, depth, index));
        }
    }

    /// The first slot of the day whose key can be derived from it.
    public int firstSlot() {
        return index << (KeyTree.DEPTH - depth);
    }

    /// The slot after the last. A tree has more leaves than a day has slots: it may lie past 8,640.
    public int endSlot() {
        return (index + 1) << (KeyTree.DEPTH - depth);
    }

    @Override
    public int compareTo(NodeLabel other) {
        return ORDER.compare(this, other);
    }

    /// `u32 era | u8 depth | u16 index`.
    void put(ByteBuffer out) {
        out.putInt(era).put((byte) depth).putShort((short) index);
    }

    static NodeLabel read(ByteBuffer in) {
        return new NodeLabel(in.getInt(), in.get() & 0xff, in.getShort() & 0xffff);
    }
}
