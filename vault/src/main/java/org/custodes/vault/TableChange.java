package org.custodes.vault;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A change of the table that is being made: the days that were looked at, with what has become of
/// them so far. Closed, it wipes their keys. One thread.
final class TableChange implements AutoCloseable {
    private final TreeTable trees;
    private final KeyTable table = new KeyTable();
    private final NavigableMap<DayId, TableDay> days = new TreeMap<>();

    TableChange(TreeTable trees) {
        this.trees = trees;
    }

    /// A day, read at first use.
    ///
    /// @throws KeyStoreUnavailableException if one of its pages cannot be read
    TableDay day(DayId id) {
        return days.computeIfAbsent(id, _ -> trees.read(id, table));
    }

    /// Adds the trees that are missing.
    void grow(Collection<TreeId> wanted) {
        wanted.forEach(id -> day(DayId.of(id)).grow(id, trees::freshTree));
    }

    /// Takes slots out of every row.
    void puncture(Puncture order) {
        for (var id : order.days()) {
            day(id).puncture(
                            order.camera(),
                            order.slots().first(id.day()),
                            order.slots().end(id.day()));
        }
    }

    /// Takes trees, and no copies, up to where retention has run out.
    void expire(Collection<Expiry> expiries) {
        var edges = new TreeMap<Integer, Map<UUID, Long>>();
        for (var each : expiries) {
            edges.computeIfAbsent(each.mediaClass(), _ -> new HashMap<>())
                    .merge(each.camera(), each.before(), Math::max);
        }
        edges.forEach(this::expire);
    }

    private void expire(int mediaClass, Map<UUID, Long> edges) {
        var latest = Collections.max(edges.values());
        for (var id : trees.days(id -> id.mediaClass() == mediaClass)) {
            var midnight = id.day().toEpochDay() * Slot.PER_DAY;
            if (midnight < latest) {
                day(id).expire(camera -> edges.getOrDefault(camera, midnight) - midnight);
            }
        }
    }

    /// Copies what is left of a stretch.
    void hold(Hold hold) {
        for (var mediaClass : hold.classes()) {
            for (var id : trees.days(id -> isTouched(id, mediaClass, hold.slots()))) {
                day(id).hold(hold, hold.slots().first(id.day()), hold.slots().end(id.day()));
            }
        }
    }

    private static boolean isTouched(DayId id, int mediaClass, Slots slots) {
        return id.mediaClass() == mediaClass && slots.first(id.day()) < slots.end(id.day());
    }

    /// Takes all copies of a holder.
    void endHold(UUID holder) {
        kept().forEach(day -> day.endHold(holder));
    }

    /// Moves what is left of a stretch out of reach.
    void restrict(Hold restriction) {
        for (var mediaClass : restriction.classes()) {
            for (var id : trees.days(id -> isTouched(id, mediaClass, restriction.slots()))) {
                var slots = restriction.slots();
                day(id).restrict(restriction, slots.first(id.day()), slots.end(id.day()));
            }
        }
    }

    /// Gives back what this restriction alone has moved.
    void endRestriction(UUID holder) {
        kept().forEach(day -> day.endRestriction(holder));
    }

    /// The days of which something is held or restricted.
    private List<TableDay> kept() {
        return trees.partitions(_ -> true).stream()
                .filter(partition -> partition.policy() >= PartitionId.Trees.RESTRICTED)
                .map(DayId::of)
                .distinct()
                .map(this::day)
                .toList();
    }

    boolean isEmpty() {
        return days.values().stream().noneMatch(TableDay::needsRoot);
    }

    Map<PartitionId, Optional<byte[]>> pages() {
        var pages = new TreeMap<PartitionId, Optional<byte[]>>();
        days.values().forEach(day -> pages.putAll(day.pages()));
        return pages;
    }

    /// The hashes that change with it.
    Map<DayId, Optional<DayRoot>> roots() {
        var roots = new TreeMap<DayId, Optional<DayRoot>>();
        days.forEach((id, day) -> {
            if (day.needsRoot()) {
                roots.put(id, day.root());
            }
        });
        return roots;
    }

    /// The map of all days as they are after this change.
    MerkleMap map() {
        var all = new TreeMap<>(trees.roots());
        roots().forEach((id, root) -> {
            all.remove(id);
            root.ifPresent(day -> all.put(id, day));
        });
        return table.ofDays(all);
    }

    /// What the table shows of a camera on a day after this change.
    Shown shown(DayId id, UUID camera, MerkleMap map) {
        return Shown.of(id, camera, map, day(id).seen(), table);
    }

    @Override
    public void close() {
        days.values().forEach(TableDay::wipe);
    }
}
