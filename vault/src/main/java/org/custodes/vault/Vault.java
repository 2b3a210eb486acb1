package org.custodes.vault;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The one keeper of keys. Safe for many threads; changes of the key store happen one after the other,
/// and each is durable when the method returns.
///
/// No tree is kept in memory: pages are read when they are needed. Methods throw
/// [KeyStoreUnavailableException] when the key store cannot be read or written.
public final class Vault implements AutoCloseable {
    private final KeyStore store;
    private final SecureRandom random;
    private final Map<KeyName, SecretBox> boxes = new ConcurrentHashMap<>();

    /// Those still in somebody's hand, so that they forget when keys are destroyed.
    private final Set<Opener> openers =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /// Held from reading rows to the turn that writes them changed.
    private final Object changing = new Object();

    private Vault(KeyStore store, SecureRandom random) {
        this.store = store;
        this.random = random;
    }

    /// Opens the key store kept under every one of `places` (folders); makes a new one, and the root
    /// key file where that is missing, if all are empty. A copy that missed an epoch is refused and
    /// renewed from the newest; [#copies] tells.
    ///
    /// @throws KeyStoreRefusedException if what lies there is damaged, of another installation, gone
    ///     different ways or in use
    /// @throws RootKeyException if the root key is missing or another one
    public static Vault open(List<Path> places, RootKey root, SecureRandom random) {
        return open(places, root, random, 0);
    }

    /// As [#open(List, RootKey, SecureRandom)], and refuses a key store that is older than an epoch
    /// somebody outside (the audit log) has on record: all its copies were rolled back together.
    ///
    /// @param leastEpoch what [#epoch] once was, or 0
    public static Vault open(
            List<Path> places, RootKey root, SecureRandom random, long leastEpoch) {
        var store = new KeyStoreOpening(places, root, random, leastEpoch).run();
        return new Vault(store, random);
    }

    /// Of this key store: random at creation, in clear in the root file.
    public UUID installation() {
        return store.installation();
    }

    /// How often the key store has turned.
    public long epoch() {
        return store.epoch();
    }

    /// How each copy does. A key store with one copy alone deserves a standing warning.
    public List<CopyState> copies() {
        return store.copies();
    }

    /// What may be said of destroyed keys under this root key.
    public String attest() {
        return store.root().attest();
    }

    /// Makes the trees that do not exist yet, in one turn of the key store however many; none if all
    /// exist.
    public void prepare(Collection<TreeId> wanted) {
        synchronized (changing) {
            var changes = new HashMap<PartitionId, Optional<byte[]>>();
            partitioned(wanted)
                    .forEach((partition, ids) ->
                            grown(partition, ids)
                                    .ifPresent(rows -> changes.put(partition, Optional.of(rows))));
            turn(changes);
        }
    }

    private static Map<PartitionId, Set<TreeId>> partitioned(Collection<TreeId> ids) {
        var partitioned = new TreeMap<PartitionId, Set<TreeId>>();
        for (var id : ids) {
            var partition =
                    new PartitionId.Trees(
                            id.day(), PartitionId.Trees.FIRST_POLICY, id.mediaClass());
            partitioned.computeIfAbsent(partition, _ -> new LinkedHashSet<>()).add(id);
        }
        return partitioned;
    }

    /// A partition's rows with those trees that it lacks; empty if it lacks none.
    private Optional<byte[]> grown(PartitionId partition, Set<TreeId> ids) {
        var rows = new ArrayList<>(treeRows(partition));
        var before = rows.size();
        ids.stream()
                .filter(id -> rows.stream().noneMatch(row -> isOf(row, id)))
                .map(id -> TreeRow.tree(id, KeyTree.grow(random)))
                .toList()
                .forEach(rows::add);
        var grown =
                rows.size() > before ? Optional.of(TreeRow.encode(rows)) : Optional.<byte[]>empty();
        rows.forEach(row -> row.nodes().wipe());
        return grown;
    }

    /// What seals the records of one pack, which the stream number is told to.
    ///
    /// @throws NoKeyException if its tree was not prepared
    public PackSealer sealer(PackBinding pack, int stream) {
        return makeSealer(pack, stream, null);
    }

    /// The same with memory that is used again once a record was let go ([Sealed#letGo]).
    public PackSealer sealer(PackBinding pack, int stream, RecordMemory memory) {
        return makeSealer(pack, stream, memory);
    }

    private PackSealer makeSealer(PackBinding pack, int stream, @Nullable RecordMemory memory) {
        var tree = cover(pack.tree(), 0, Slot.PER_DAY);
        if (tree.isEmpty()) {
            throw new NoKeyException(pack.tree());
        }
        return new PackSealer(pack, stream, tree, memory);
    }

    /// Opens records of this camera and class whose slot lies in [from, to) widened outward to slot
    /// edges, any era, and no others; also those whose trees are prepared later.
    public Opener opener(UUID camera, int mediaClass, Instant from, Instant to) {
        var opener = new Opener(camera, mediaClass, from, to, new Trees());
        openers.add(opener);
        return opener;
    }

    /// Drops whole trees, those of the days before `day`, in one turn. Footage under them can never be
    /// opened again, by openers that exist neither.
    public void dropDaysBefore(UUID camera, int mediaClass, LocalDate day) {
        synchronized (changing) {
            var changes = new HashMap<PartitionId, Optional<byte[]>>();
            treePartitions(mediaClass, any -> any.isBefore(day))
                    .forEach(id -> without(id, camera).ifPresent(rows -> changes.put(id, rows)));
            turn(changes);
        }
        openersOf(camera, mediaClass).forEach(Opener::forget);
    }

    /// A partition without a camera's trees: empty if it has none, an empty value if nothing is left.
    private Optional<Optional<byte[]>> without(PartitionId id, UUID camera) {
        var rows = treeRows(id);
        var kept = rows.stream().filter(row -> !row.isTree(camera)).toList();
        Optional<Optional<byte[]>> changed =
                kept.size() == rows.size()
                        ? Optional.empty()
                        : Optional.of(
                                kept.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(TreeRow.encode(kept)));
        rows.forEach(row -> row.nodes().wipe());
        return changed;
    }

    /// The days that have a tree.
    public SortedSet<LocalDate> days(UUID camera, int mediaClass) {
        var days = new TreeSet<LocalDate>();
        for (var id : treePartitions(mediaClass, _ -> true)) {
            var rows = treeRows(id);
            if (rows.stream().anyMatch(row -> row.isTree(camera))) {
                days.add(id.day());
            }
            rows.forEach(row -> row.nodes().wipe());
        }
        return days;
    }

    /// What seals under a named 256-bit key; the key is made at first use (one turn).
    public SecretBox box(KeyName name) {
        var known = boxes.get(name);
        if (known != null) {
            return known;
        }
        synchronized (changing) {
            return existingBox(name).orElseGet(() -> newBox(name));
        }
    }

    /// As [#box], but makes no key: for reading what may have been destroyed.
    public Optional<SecretBox> existingBox(KeyName name) {
        synchronized (changing) {
            var known = boxes.get(name);
            if (known != null) {
                return Optional.of(known);
            }
            var keys = names(new PartitionId.Names(name.kind()));
            var key = Optional.ofNullable(keys.remove(name.id()));
            NameRow.wipe(keys);
            return key.map(k -> kept(name, k));
        }
    }

    private SecretBox newBox(KeyName name) {
        var partition = new PartitionId.Names(name.kind());
        var key = new byte[OneTime.KEY_BYTES];
        random.nextBytes(key);
        var keys = names(partition);
        keys.put(name.id(), key.clone());
        turn(Map.of(partition, Optional.of(NameRow.encode(keys))));
        NameRow.wipe(keys);
        return kept(name, key);
    }

    private SecretBox kept(KeyName name, byte[] key) {
        var box = new SecretBox(name, key, random);
        boxes.put(name, box);
        return box;
    }

    /// Destroys a named key: what was sealed under it can never be opened again.
    public void destroy(KeyName name) {
        synchronized (changing) {
            var partition = new PartitionId.Names(name.kind());
            var keys = names(partition);
            var gone = Optional.ofNullable(keys.remove(name.id()));
            if (gone.isPresent()) {
                var left =
                        keys.isEmpty()
                                ? Optional.<byte[]>empty()
                                : Optional.of(NameRow.encode(keys));
                turn(Map.of(partition, left));
                gone.ifPresent(key -> Arrays.fill(key, (byte) 0));
            }
            NameRow.wipe(keys);
            Optional.ofNullable(boxes.remove(name)).ifPresent(SecretBox::shut);
        }
    }

    /// Reads every page of every copy again.
    public VaultCheck check() {
        synchronized (changing) {
            return store.check();
        }
    }

    /// Wipes every key, shuts every opener and box, and lets other processes in.
    @Override
    public void close() {
        synchronized (changing) {
            store.close();
            boxes.values().forEach(SecretBox::shut);
            boxes.clear();
        }
        openersOf(_ -> true).forEach(Opener::shut);
    }

    private KeyTree cover(TreeId tree, int from, int to) {
        var found = new KeyTree(KeyTree.DEPTH, List.of());
        for (var id : treePartitions(tree.mediaClass(), tree.day()::equals)) {
            var rows = treeRows(id);
            for (var row : rows) {
                if (isOf(row, tree)) {
                    found = row.nodes().cover(from, to);
                }
                row.nodes().wipe();
            }
        }
        return found;
    }

    private static boolean isOf(TreeRow row, TreeId tree) {
        return row.isTree(tree.camera()) && row.era() == tree.era();
    }

    private List<PartitionId.Trees> treePartitions(int mediaClass, Predicate<LocalDate> day) {
        return store.partitions().stream()
                .filter(PartitionId.Trees.class::isInstance)
                .map(PartitionId.Trees.class::cast)
                .filter(id -> id.mediaClass() == mediaClass && day.test(id.day()))
                .toList();
    }

    private List<TreeRow> treeRows(PartitionId id) {
        var page = store.rows(id);
        var rows = page.map(TreeRow::decode).orElse(List.of());
        page.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return rows;
    }

    private Map<String, byte[]> names(PartitionId id) {
        var page = store.rows(id);
        var keys = page.map(NameRow::decode).orElseGet(TreeMap::new);
        page.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return keys;
    }

    private void turn(Map<PartitionId, Optional<byte[]>> changes) {
        if (!changes.isEmpty()) {
            store.turn(changes);
            changes.values().forEach(rows -> rows.ifPresent(r -> Arrays.fill(r, (byte) 0)));
        }
    }

    private List<Opener> openersOf(UUID camera, int mediaClass) {
        return openersOf(opener -> opener.isFor(camera, mediaClass));
    }

    private List<Opener> openersOf(Predicate<Opener> which) {
        synchronized (openers) {
            return openers.stream().filter(which).toList();
        }
    }

    private final class Trees implements TreeSource {
        @Override
        public KeyTree cover(TreeId tree, int from, int to) {
            return Vault.this.cover(tree, from, to);
        }

        @Override
        public long version() {
            return store.epoch();
        }
    }
}
