package org.custodes.vault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// One row of a trees partition: the nodes left of a tree, or the copy of some for a hold; both are
/// *hidden* where a restriction has moved them out of reach. The restriction itself is a row too, without
/// a node: it says of which slots.
///
/// @param kind [#TREE], [#COPY], [#RESTRICTION], [#HIDDEN_TREE] or [#HIDDEN_COPY]
/// @param holder for a copy the hold that keeps it, for a restriction who restricts, else zeros
/// @param expiresSecond for a copy when it has to go, in seconds since 1970 UTC, [#NEVER] while the
///     hold lasts; for a restriction `first slot << 16 | slot after the last`; 0 for a tree, whose day
///     and policy say it
record TreeRow(UUID camera, int era, int kind, UUID holder, long expiresSecond, KeyTree nodes) {
    static final int TREE = 0;
    static final int COPY = 1;
    static final int RESTRICTION = 2;
    static final int HIDDEN_TREE = 3;
    static final int HIDDEN_COPY = 4;
    static final long NEVER = Long.MAX_VALUE;

    private static final UUID NOBODY = new UUID(0, 0);
    private static final int FIXED_BYTES = 1 + 16 + 4 + 16 + 8 + 2;
    private static final int NODE_BYTES = 1 + 2 + KeyTree.NODE_BYTES;

    TreeRow {
        if (kind < TREE || kind > HIDDEN_COPY) {
            throw new KeyStoreUnavailableException(
                    "The key store has a row of kind %d: a newer version wrote it".formatted(kind));
        }
        if (kind == RESTRICTION && !isStretch(expiresSecond)) {
            throw new IllegalArgumentException("A restriction is of no slots of a day");
        }
    }

    static TreeRow tree(TreeId id, KeyTree nodes) {
        return new TreeRow(id.camera(), id.era(), TREE, NOBODY, 0, nodes);
    }

    /// What a hold keeps of a tree for as long as it lasts.
    static TreeRow copy(UUID camera, int era, UUID holder, KeyTree nodes) {
        return new TreeRow(camera, era, COPY, holder, NEVER, nodes);
    }

    /// What is left of it when these slots of its day die: itself if none of them was left, empty if
    /// nothing is.
    Optional<TreeRow> without(int first, int end) {
        // The leaves that no slot uses go with the last slot.
        var to = end == Slot.PER_DAY ? 1 << KeyTree.DEPTH : end;
        var dying = nodes.cover(first, to);
        if (dying.isEmpty()) {
            return Optional.of(this);
        }
        dying.wipe();
        var left = nodes.without(first, to);
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new TreeRow(camera, era, kind, holder, expiresSecond, left));
    }

    static TreeRow restriction(UUID camera, UUID holder, int first, int end) {
        var stretch = ((long) first << Short.SIZE) | end;
        return new TreeRow(
                camera, 0, RESTRICTION, holder, stretch, new KeyTree(KeyTree.DEPTH, List.of()));
    }

    private static boolean isStretch(long stretch) {
        var first = stretch >> Short.SIZE;
        var end = stretch & 0xffff;
        return first >= 0 && first < end && end <= Slot.PER_DAY;
    }

    boolean isRestrictionBy(UUID ofHolder) {
        return kind == RESTRICTION && holder.equals(ofHolder);
    }

    boolean isSameRestrictionAs(TreeRow other) {
        return other.isRestrictionBy(holder)
                && camera.equals(other.camera)
                && expiresSecond == other.expiresSecond;
    }

    /// Marks the slots that a restriction is of.
    void markRestricted(BitSet slots) {
        slots.set((int) (expiresSecond >> Short.SIZE), (int) (expiresSecond & 0xffff));
    }

    boolean isOpen() {
        return kind == TREE || kind == COPY;
    }

    boolean isHidden() {
        return kind == HIDDEN_TREE || kind == HIDDEN_COPY;
    }

    /// A part of it, as a restriction hides it.
    TreeRow hidden(KeyTree part) {
        return new TreeRow(
                camera, era, kind == TREE ? HIDDEN_TREE : HIDDEN_COPY, holder, expiresSecond, part);
    }

    /// A part of it, as it was before it was hidden.
    TreeRow open(KeyTree part) {
        return new TreeRow(
                camera, era, kind == HIDDEN_TREE ? TREE : COPY, holder, expiresSecond, part);
    }

    /// Hidden, and kept by no hold any more.
    TreeRow released() {
        return new TreeRow(camera, era, HIDDEN_TREE, NOBODY, 0, nodes);
    }

    TreeRow with(KeyTree other) {
        return new TreeRow(camera, era, kind, holder, expiresSecond, other);
    }

    /// Whether the same keeps both, of trees of one name.
    boolean isBeside(TreeRow other) {
        return kind == other.kind
                && era == other.era
                && camera.equals(other.camera)
                && holder.equals(other.holder);
    }

    boolean isCopyFor(UUID ofHolder) {
        return (kind == COPY || kind == HIDDEN_COPY) && holder.equals(ofHolder);
    }

    Stream<NodeLabel> labels() {
        return nodes.nodes().stream().map(node -> new NodeLabel(era, node.depth, node.index));
    }

    boolean isTree(TreeId tree) {
        return kind == TREE && isOf(tree);
    }

    /// Whether its nodes are a tree's, or were once.
    boolean isOf(TreeId tree) {
        return camera.equals(tree.camera()) && era == tree.era();
    }

    boolean isTree(UUID ofCamera) {
        return kind == TREE && camera.equals(ofCamera);
    }

    /// `u32 count`, then for each row in order: `u32 length of the rest | u8 kind | 16 bytes camera |
    /// u32 era | 16 bytes holder | i64 expires | u16 nodes`, and for each node `u8 depth | u16 index |
    /// 32 bytes key`.
    static byte[] encode(List<TreeRow> rows) {
        var sorted =
                rows.stream()
                        .sorted(
                                Comparator.comparing(TreeRow::camera)
                                        .thenComparingInt(TreeRow::era)
                                        .thenComparingInt(TreeRow::kind)
                                        .thenComparing(TreeRow::holder))
                        .toList();
        var out = ByteBuffer.allocate(4 + sorted.stream().mapToInt(row -> 4 + row.length()).sum());
        out.putInt(sorted.size());
        sorted.forEach(row -> row.put(out));
        return out.array();
    }

    static List<TreeRow> decode(byte[] page) {
        try {
            var in = ByteBuffer.wrap(page);
            var rows = new ArrayList<TreeRow>();
            for (var left = in.getInt(); left > 0; left--) {
                var length = in.getInt();
                if (length < FIXED_BYTES || length > in.remaining()) {
                    throw new BufferUnderflowException();
                }
                rows.add(read(in.slice(in.position(), length)));
                in.position(in.position() + length);
            }
            return rows;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new KeyStoreUnavailableException("A page of the key store is malformed", e);
        }
    }

    private int length() {
        return FIXED_BYTES + NODE_BYTES * nodes.nodes().size();
    }

    private void put(ByteBuffer out) {
        out.putInt(length()).put((byte) kind).put(Uuids.bytes(camera)).putInt(era);
        out.put(Uuids.bytes(holder)).putLong(expiresSecond);
        out.putShort((short) nodes.nodes().size());
        for (var node : nodes.nodes()) {
            out.put((byte) node.depth).putShort((short) node.index).put(node.key());
        }
    }

    private static TreeRow read(ByteBuffer in) {
        var kind = in.get() & 0xff;
        var camera = Uuids.read(in);
        var era = in.getInt();
        var holder = Uuids.read(in);
        var expires = in.getLong();
        var nodes = new ArrayList<KeyTree.Node>();
        for (var left = in.getShort() & 0xffff; left > 0; left--) {
            var depth = in.get() & 0xff;
            var index = in.getShort() & 0xffff;
            var key = new byte[KeyTree.NODE_BYTES];
            in.get(key);
            nodes.add(new KeyTree.Node(depth, index, key));
        }
        var tree = new KeyTree(KeyTree.DEPTH, nodes);
        return new TreeRow(camera, era, kind, holder, expires, tree);
    }
}
