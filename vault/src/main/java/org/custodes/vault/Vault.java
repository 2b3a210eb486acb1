package org.custodes.vault;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The one keeper of keys. Safe for many threads; changes of the key store happen one after the other,
/// and each is durable when the method returns.
///
/// No tree is kept in memory: pages are read when they are needed. Methods throw
/// [KeyStoreUnavailableException] when the key store cannot be read or written.
public final class Vault implements AutoCloseable {
    private final KeyStore store;
    private final TreeTable trees;
    private final Turns turns;
    private final Punctures punctures;
    private final SecureRandom random;
    private final Map<KeyName, SecretBox> boxes = new ConcurrentHashMap<>();

    /// Those still in somebody's hand, so that they forget when keys are destroyed.
    private final Set<Opener> openers =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /// The same: a puncture takes its slots from them.
    private final Set<PackSealer> sealers =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /// Held from reading rows to the turn that writes them changed.
    private final Object changing = new Object();

    private Vault(KeyStore store, SecureRandom random) {
        this.store = store;
        this.trees = new TreeTable(store, random);
        this.turns = new Turns(store);
        this.punctures = new Punctures(store, trees, turns);
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
        change(change -> change.grow(wanted));
    }

    private void change(Consumer<TableChange> how) {
        synchronized (changing) {
            try (var change = trees.change()) {
                how.accept(change);
                turns.turn(change);
            }
        }
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
        var seen = store.epoch();
        var sealer = new PackSealer(pack, stream, tree(pack.tree()), memory);
        sealers.add(sealer);
        // A puncture between reading and adding did not find it: what it took must not come back.
        while (seen != store.epoch()) {
            seen = store.epoch();
            sealer.renew(tree(pack.tree()));
        }
        return sealer;
    }

    /// What is left of a tree to seal under; what holds keep is not sealed under.
    private KeyTree tree(TreeId id) {
        return trees
                .<KeyTree>look(
                        DayId.of(id)::equals,
                        (_, row) ->
                                row.isTree(id)
                                        ? List.of(row.nodes().cover(0, Slot.PER_DAY))
                                        : List.of())
                .stream()
                .filter(nodes -> !nodes.isEmpty())
                // Of several, which a restriction that ended may leave, the one that goes on.
                .max(Comparator.comparingInt(KeyTree::end))
                .orElseThrow(() -> new NoKeyException(id));
    }

    /// The first slot, counted from 1970, under which a pack of this camera and class is being sealed
    /// now; empty if none is. Whoever punctures waits until it has moved past the end: a pack that loses
    /// the slot it is in has to end without its end record.
    public OptionalLong runningSlot(UUID camera, int mediaClass) {
        return sealersOf(camera, mediaClass).stream()
                .map(PackSealer::runningSlot)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /// Opens records of this camera and class whose slot lies in [from, to) widened outward to slot
    /// edges, any era, and no others; also those whose trees are prepared later.
    public Opener opener(UUID camera, int mediaClass, Instant from, Instant to) {
        return opener(camera, mediaClass, from, to, TreeRow::isOpen);
    }

    /// As [#opener], and opens what is restricted too: for the uses that Art. 18(2) GDPR leaves, and for
    /// nobody else.
    public Opener openerOfRestricted(UUID camera, int mediaClass, Instant from, Instant to) {
        return opener(camera, mediaClass, from, to, _ -> true);
    }

    private Opener opener(
            UUID camera, int mediaClass, Instant from, Instant to, Predicate<TreeRow> which) {
        var opener = new Opener(camera, mediaClass, from, to, new Source(which));
        openers.add(opener);
        return opener;
    }

    /// Destroys the keys of a stretch of slots, in every row of the key store that covers them, what holds
    /// keep included: whether it may is for the caller to know. Durable when it returns, and everything
    /// that holds keys of these slots in this process has forgotten them.
    ///
    /// Given again with the same id, also after a crash, it destroys nothing twice and gives the same
    /// answer, until [#settle]. What was erased already, has expired or never was is no fault:
    /// [Destruction#tookKeys] tells, and the proof that nothing is left holds all the same.
    ///
    /// @throws IllegalArgumentException if this id was given with something else to destroy
    /// @throws KeyStoreUnavailableException if a page cannot be read or no copy be written; then nothing
    ///     has changed that somebody was told, and it is to be given again
    public Destruction puncture(Puncture order) {
        DestructionProof proof;
        synchronized (changing) {
            proof = punctures.puncture(order);
        }
        for (var mediaClass : order.classes()) {
            sealersOf(order.camera(), mediaClass).forEach(each -> each.lose(order.slots()));
            openersOf(order.camera(), mediaClass).forEach(Opener::forget);
        }
        return told(order, proof);
    }

    private Destruction told(Puncture order, DestructionProof proof) {
        return new Destruction(order, proof, attest(), copies());
    }

    /// The receipt of a puncture is durable elsewhere: what is kept of it goes with the next turn.
    public void settle(UUID puncture) {
        turns.settle(puncture);
    }

    /// Punctures that were done and not settled, as a start finds them after a crash. Those that were
    /// ordered and are not among them have not been done.
    public List<Destruction> unsettled() {
        synchronized (changing) {
            return turns.destructions().entrySet().stream()
                    .map(each -> told(each.getValue().asked(each.getKey()), each.getValue()))
                    .toList();
        }
    }

    /// Lets trees go whose retention has run out, for many cameras in one turn: whole days by dropping
    /// their rows, the running edge by a puncture. What holds keep stays.
    public void expire(Collection<Expiry> expiries) {
        change(change -> change.expire(expiries));
        for (var each : expiries) {
            openersOf(each.camera(), each.mediaClass()).forEach(Opener::forget);
        }
    }

    /// Drops whole trees, those of the days before `day`, in one turn. Footage under them can never be
    /// opened again, by openers that exist neither, unless a hold keeps it.
    public void dropDaysBefore(UUID camera, int mediaClass, LocalDate day) {
        expire(List.of(Expiry.ofDaysBefore(camera, mediaClass, day)));
    }

    /// The days that have a tree.
    public SortedSet<LocalDate> days(UUID camera, int mediaClass) {
        return new TreeSet<>(
                trees.<LocalDate>look(
                        id -> id.mediaClass() == mediaClass,
                        (id, row) -> row.isTree(camera) ? List.of(id.day()) : List.of()));
    }

    /// Copies the nodes of a stretch, so that they outlive the tree they came from. Slots whose keys are
    /// gone, or whose trees are not prepared yet, are not held: [#living] tells what is. Given again it
    /// adds what is missing.
    public void hold(Hold hold) {
        change(change -> change.hold(hold));
    }

    /// Ends all that a holder keeps. What nothing else keeps, neither a tree nor another hold, can never
    /// be opened again.
    public void endHold(UUID holder) {
        change(change -> change.endHold(holder));
        openersOf(_ -> true).forEach(Opener::forget);
    }

    /// Hides a stretch: its nodes move to where no [#opener] looks, and nothing but a puncture destroys
    /// them there, neither retention nor the end of a hold. Slots whose keys are gone are not restricted;
    /// those that are still to be recorded must not be asked for, since nothing could be sealed under
    /// them. Given again it adds what is missing.
    ///
    /// @param restriction whose holder is who restricts
    public void restrict(Hold restriction) {
        change(change -> change.restrict(restriction));
        restriction
                .classes()
                .forEach(mediaClass ->
                        openersOf(restriction.camera(), mediaClass).forEach(Opener::forget));
    }

    /// Ends all that somebody restricts. What nobody else restricts is where it was before: also with a
    /// tree whose retention has run out meanwhile, which the next expiry takes.
    public void endRestriction(UUID holder) {
        change(change -> change.endRestriction(holder));
        openersOf(_ -> true).forEach(Opener::forget);
    }

    /// Everything of a class that can still be opened, and what keeps it: reads all pages of the class.
    public List<Living> living(int mediaClass) {
        return trees.look(id -> id.mediaClass() == mediaClass, Living::of);
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
        turns.turn(Map.of(partition, Optional.of(NameRow.encode(keys))));
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
                turns.turn(Map.of(partition, left));
                gone.ifPresent(key -> Arrays.fill(key, (byte) 0));
            }
            NameRow.wipe(keys);
            Optional.ofNullable(boxes.remove(name)).ifPresent(SecretBox::shut);
        }
    }

    /// Reads every page of every copy again.
    public VaultCheck check() {
        synchronized (changing) {
            return store.check().with(trees.faults());
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

    private List<KeyTree> cover(TreeId tree, int from, int to, Predicate<TreeRow> which) {
        return trees
                .<KeyTree>look(
                        DayId.of(tree)::equals,
                        (_, row) ->
                                row.isOf(tree) && which.test(row)
                                        ? List.of(row.nodes().cover(from, to))
                                        : List.of())
                .stream()
                .filter(nodes -> !nodes.isEmpty())
                .toList();
    }

    private Map<String, byte[]> names(PartitionId id) {
        var page = store.rows(id);
        var keys = page.map(NameRow::decode).orElseGet(TreeMap::new);
        page.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return keys;
    }

    private List<Opener> openersOf(UUID camera, int mediaClass) {
        return openersOf(opener -> opener.isFor(camera, mediaClass));
    }

    private List<Opener> openersOf(Predicate<Opener> which) {
        synchronized (openers) {
            return openers.stream().filter(which).toList();
        }
    }

    private List<PackSealer> sealersOf(UUID camera, int mediaClass) {
        synchronized (sealers) {
            return sealers.stream().filter(each -> each.isFor(camera, mediaClass)).toList();
        }
    }

    private final class Source implements TreeSource {
        private final Predicate<TreeRow> which;

        Source(Predicate<TreeRow> which) {
            this.which = which;
        }

        @Override
        public List<KeyTree> cover(TreeId tree, int from, int to) {
            return Vault.this.cover(tree, from, to, which);
        }

        @Override
        public long version() {
            return store.epoch();
        }
    }
}
