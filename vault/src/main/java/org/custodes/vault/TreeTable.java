package org.custodes.vault;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// The rows of all trees, and of what holds keep, as they lie in the key store.
final class TreeTable {
    private final KeyStore store;
    private final SecureRandom random;

    TreeTable(KeyStore store, SecureRandom random) {
        this.store = store;
        this.random = random;
    }

    TableChange change() {
        return new TableChange(this);
    }

    KeyTree freshTree() {
        return KeyTree.grow(random);
    }

    /// The hashes of the days, as far as the index has them.
    NavigableMap<DayId, DayRoot> roots() {
        return store.days();
    }

    /// The days that have rows.
    NavigableSet<DayId> days(Predicate<DayId> which) {
        var days = new TreeSet<DayId>();
        for (var partition : partitions(which)) {
            days.add(DayId.of(partition));
        }
        return days;
    }

    List<PartitionId.Trees> partitions(Predicate<DayId> ofDay) {
        return store.partitions().stream()
                .filter(PartitionId.Trees.class::isInstance)
                .map(PartitionId.Trees.class::cast)
                .filter(id -> ofDay.test(DayId.of(id)))
                .toList();
    }

    /// The rows of a partition, whose nodes the caller wipes.
    List<TreeRow> rows(PartitionId.Trees id) {
        var page = store.rows(id);
        var rows = page.map(TreeRow::decode).orElse(List.of());
        page.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return rows;
    }

    /// What rows show whose nodes are of no interest: they are wiped.
    <T> List<T> look(Predicate<DayId> ofDay, BiFunction<DayId, TreeRow, List<T>> how) {
        var found = new ArrayList<T>();
        for (var partition : partitions(ofDay)) {
            for (var row : rows(partition)) {
                found.addAll(how.apply(DayId.of(partition), row));
                row.nodes().wipe();
            }
        }
        return found;
    }

    TableDay read(DayId id, KeyTable table) {
        var parts = new TreeMap<PartitionId.Trees, List<TreeRow>>();
        for (var partition : partitions(id::equals)) {
            parts.put(partition, new ArrayList<>(rows(partition)));
        }
        return new TableDay(
                id, parts, Optional.ofNullable(roots().get(id)), this::freshSecret, table);
    }

    private Hash freshSecret() {
        var secret = new byte[Hash.BYTES];
        random.nextBytes(secret);
        return new Hash(secret);
    }

    /// What is wrong with the hashes: one that is not that of its rows. Days that cannot be read are not
    /// told here.
    List<String> faults() {
        var faults = new ArrayList<String>();
        for (var id : days(_ -> true)) {
            var stored = Optional.ofNullable(roots().get(id));
            try (var change = change()) {
                var found = change.day(id).root();
                if (stored.isPresent() && !stored.equals(found)) {
                    faults.add(
                            "The key store's hash of class %d on %s is not that of its rows"
                                    .formatted(id.mediaClass(), id.day()));
                }
            } catch (KeyStoreUnavailableException e) {
                // Told by the check of its page.
            }
        }
        return faults;
    }
}
