package org.custodes.vault;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The rows of one class and UTC day, in all partitions, as they are read and changed. One thread.
final class TableDay {
    private static final KeyTree NONE = new KeyTree(KeyTree.DEPTH, List.of());

    private final NavigableMap<PartitionId.Trees, List<TreeRow>> parts;
    private final DayId id;
    private final Optional<DayRoot> stored;
    private final Supplier<Hash> freshSecret;
    private final KeyTable table;
    private final Set<PartitionId.Trees> changed = new HashSet<>();
    private final List<TreeRow> taken = new ArrayList<>();

    private @Nullable Hash secret;

    /// What the rows show, once it was asked for; null after a change.
    private @Nullable Seen seen;

    /// @param parts the rows of each partition; taken over
    /// @param stored the hash as the index has it; empty if the day is new, or an older program wrote it
    TableDay(
            DayId id,
            NavigableMap<PartitionId.Trees, List<TreeRow>> parts,
            Optional<DayRoot> stored,
            Supplier<Hash> freshSecret,
            KeyTable table) {
        this.id = id;
        this.parts = parts;
        this.stored = stored;
        this.freshSecret = freshSecret;
        this.table = table;
    }

    /// What the day's rows show: who has which nodes.
    ///
    /// @param cameras the day's map
    record Seen(Hash secret, MerkleMap cameras, Map<UUID, NavigableSet<NodeLabel>> labels) {

        List<NodeLabel> labels(UUID camera) {
            return List.copyOf(labels.getOrDefault(camera, new TreeSet<>()));
        }
    }

    List<TreeRow> rows() {
        return parts.values().stream().flatMap(List::stream).toList();
    }

    /// Adds the tree if the day has none of this camera and era.
    void grow(TreeId tree, Supplier<KeyTree> fresh) {
        if (rows().stream().noneMatch(row -> row.isTree(tree))) {
            add(PartitionId.Trees.FIRST_POLICY, TreeRow.tree(tree, fresh.get()));
        }
    }

    void add(int policy, TreeRow row) {
        var partition = new PartitionId.Trees(id.day(), policy, id.mediaClass());
        parts.computeIfAbsent(partition, _ -> new ArrayList<>()).add(row);
        changed.add(partition);
        seen = null;
    }

    /// Changes every row: into what is returned, or to nothing.
    void edit(Function<TreeRow, Optional<TreeRow>> how) {
        parts.replaceAll((partition, rows) -> {
            var kept = new ArrayList<TreeRow>(rows.size());
            for (var row : rows) {
                var left = how.apply(row);
                left.ifPresent(kept::add);
                if (!left.equals(Optional.of(row))) {
                    changed.add(partition);
                    taken.add(row);
                    seen = null;
                }
            }
            return kept;
        });
    }

    /// Takes slots of one camera away from every row, its copies for holds too.
    void puncture(UUID camera, int first, int end) {
        var before = seen().orElse(null);
        edit(row -> row.camera().equals(camera) ? row.without(first, end) : Optional.of(row));
        if (seen == null && before != null && !isEmpty()) {
            // All others stand as they did: their thousand hashes are not made again.
            seen = changed(before, camera);
        }
    }

    /// Takes the slots of trees that lie before an edge; what holds keep stays.
    ///
    /// @param edges for each camera the first slot of the day that is kept: 0 or less if all are
    void expire(ToLongFunction<UUID> edges) {
        edit(row -> {
            var edge = row.kind() == TreeRow.TREE ? edges.applyAsLong(row.camera()) : 0;
            if (edge <= 0) {
                return Optional.of(row);
            }
            return edge >= Slot.PER_DAY ? Optional.empty() : row.without(0, (int) edge);
        });
    }

    /// Copies what is left of these slots, from whichever row has it, as far as the holder lacks it.
    void hold(Hold hold, int first, int end) {
        var ofCamera = rows().stream().filter(row -> row.camera().equals(hold.camera())).toList();
        var held = new ArrayList<TreeRow>();
        ofCamera.stream().filter(row -> row.isCopyFor(hold.holder())).forEach(held::add);
        for (var row : ofCamera) {
            var nodes = row.nodes().cover(first, end).nodes();
            var missing = nodes.stream().filter(node -> !isHeld(held, row.era(), node)).toList();
            if (!missing.isEmpty()) {
                var tree = new KeyTree(KeyTree.DEPTH, missing);
                var copy = TreeRow.copy(hold.camera(), row.era(), hold.holder(), tree);
                held.add(copy);
                if (row.isHidden()) {
                    add(PartitionId.Trees.RESTRICTED, copy.hidden(tree));
                } else {
                    add(PartitionId.Trees.HOLDS, copy);
                }
            }
        }
    }

    private static boolean isHeld(List<TreeRow> held, int era, KeyTree.Node node) {
        return held.stream().anyMatch(own -> own.era() == era && own.nodes().derives(node));
    }

    /// Takes a holder's copies; what is hidden stays for the restriction's sake.
    void endHold(UUID holder) {
        edit(row -> {
            if (!row.isCopyFor(holder)) {
                return Optional.of(row);
            }
            return row.isHidden() ? Optional.of(row.released()) : Optional.empty();
        });
    }

    /// Moves what is left of these slots out of the rows that are opened.
    void restrict(Hold restriction, int first, int end) {
        if (rows().stream().noneMatch(row -> reaches(row, restriction.camera(), first, end))) {
            return;
        }
        var row = TreeRow.restriction(restriction.camera(), restriction.holder(), first, end);
        if (rows().stream().noneMatch(row::isSameRestrictionAs)) {
            add(PartitionId.Trees.RESTRICTED, row);
        }
        var hidden = new ArrayList<TreeRow>();
        edit(each -> {
            var part =
                    each.isOpen() && each.camera().equals(restriction.camera())
                            ? each.nodes().cover(first, end)
                            : NONE;
            if (part.isEmpty()) {
                return Optional.of(each);
            }
            hidden.add(each.hidden(part));
            return each.without(first, end);
        });
        hidden.forEach(each -> add(PartitionId.Trees.RESTRICTED, each));
    }

    private static boolean reaches(TreeRow row, UUID camera, int first, int end) {
        return row.camera().equals(camera) && !row.nodes().cover(first, end).isEmpty();
    }

    /// Gives back what nothing else restricts.
    void endRestriction(UUID holder) {
        var ended = rows().stream().filter(row -> row.isRestrictionBy(holder)).toList();
        if (ended.isEmpty()) {
            return;
        }
        edit(row -> row.isRestrictionBy(holder) ? Optional.empty() : Optional.of(row));
        ended.stream().map(TreeRow::camera).distinct().forEach(this::showUnrestricted);
    }

    private void showUnrestricted(UUID camera) {
        var restricted = new BitSet(Slot.PER_DAY);
        rows().stream()
                .filter(row -> row.kind() == TreeRow.RESTRICTION && row.camera().equals(camera))
                .forEach(row -> row.markRestricted(restricted));
        var free = new ArrayList<TreeRow>();
        edit(row ->
                row.isHidden() && row.camera().equals(camera)
                        ? stillHidden(row, restricted, free)
                        : Optional.of(row));
        free.forEach(this::giveBack);
    }

    private static Optional<TreeRow> stillHidden(
            TreeRow row, BitSet restricted, List<TreeRow> free) {
        var left = row;
        var from = restricted.nextClearBit(0);
        while (from < Slot.PER_DAY) {
            var next = restricted.nextSetBit(from);
            var end = next < 0 ? Slot.PER_DAY : next;
            var part = left.nodes().cover(from, end);
            if (!part.isEmpty()) {
                free.add(row.open(part));
                left = left.without(from, end).orElseGet(() -> row.with(NONE));
            }
            from = restricted.nextClearBit(end);
        }
        return left.nodes().isEmpty() ? Optional.empty() : Optional.of(left);
    }

    /// Puts nodes back into the row they came from, or into one like it.
    private void giveBack(TreeRow row) {
        var beside = rows().stream().filter(row::isBeside).toList();
        var missing =
                row.nodes().nodes().stream()
                        .filter(node -> !isHeld(beside, row.era(), node))
                        .toList();
        if (missing.isEmpty()) {
            return;
        }
        var more = new KeyTree(KeyTree.DEPTH, missing);
        for (var other : beside) {
            var both = other.nodes().beside(more);
            if (both.isPresent()) {
                edit(each -> Optional.of(each.equals(other) ? each.with(both.get()) : each));
                return;
            }
        }
        add(
                row.kind() == TreeRow.TREE
                        ? PartitionId.Trees.FIRST_POLICY
                        : PartitionId.Trees.HOLDS,
                row.with(more));
    }

    private Seen changed(Seen before, UUID camera) {
        var labels = new HashMap<>(before.labels());
        labels.remove(camera);
        var left = new TreeSet<NodeLabel>();
        rows().stream()
                .filter(row -> row.camera().equals(camera))
                .flatMap(TreeRow::labels)
                .forEach(left::add);
        var key = table.key(camera);
        if (left.isEmpty()) {
            return new Seen(before.secret(), before.cameras().without(key), labels);
        }
        labels.put(camera, left);
        var value = table.value(table.salt(before.secret(), camera), left);
        return new Seen(before.secret(), before.cameras().with(key, value), labels);
    }

    /// Whether no node is left: a restriction has none.
    boolean isEmpty() {
        return parts.values().stream().flatMap(List::stream).allMatch(row -> row.nodes().isEmpty());
    }

    /// Empty if no node is left.
    Optional<Seen> seen() {
        if (isEmpty()) {
            return Optional.empty();
        }
        var known = seen;
        if (known == null) {
            known = look();
            seen = known;
        }
        return Optional.of(known);
    }

    private Seen look() {
        var labels = new HashMap<UUID, NavigableSet<NodeLabel>>();
        for (var row : rows()) {
            if (!row.nodes().isEmpty()) {
                var ofCamera = labels.computeIfAbsent(row.camera(), _ -> new TreeSet<>());
                row.labels().forEach(ofCamera::add);
            }
        }
        return new Seen(secret(), table.ofCameras(secret(), labels), labels);
    }

    private Hash secret() {
        var known = secret;
        if (known == null) {
            known = stored.map(DayRoot::secret).orElseGet(freshSecret);
            secret = known;
        }
        return known;
    }

    /// Its hash as the rows are now; empty if no node is left.
    Optional<DayRoot> root() {
        return seen().map(here -> new DayRoot(here.secret(), here.cameras().root()));
    }

    /// Whether the index has another hash than the rows, because they changed or it never had one.
    boolean needsRoot() {
        return !changed.isEmpty() || (stored.isEmpty() && !isEmpty());
    }

    /// The partitions that changed, as a turn takes them.
    Map<PartitionId, Optional<byte[]>> pages() {
        var pages = new TreeMap<PartitionId, Optional<byte[]>>();
        for (var partition : changed) {
            var rows = parts.getOrDefault(partition, List.of());
            pages.put(
                    partition,
                    rows.isEmpty() ? Optional.empty() : Optional.of(TreeRow.encode(rows)));
        }
        return pages;
    }

    void wipe() {
        rows().forEach(row -> row.nodes().wipe());
        taken.forEach(row -> row.nodes().wipe());
    }
}
