package org.custodes.vault;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.AEADBadTagException;

/// Pages under keys under one key: partitions, the index of their keys, and the root file in which the
/// root key wraps the index's key. It does not know what the rows mean.
///
/// Every change is a *turn* to the next epoch: changed pages and the index under fresh keys, then the
/// root. Once a turn is whole, nothing that it left out can be opened by anybody. The steps of a turn and what a
/// crash between them leaves: `docs/design/vault.md`.
final class KeyStore implements AutoCloseable {
    private final List<Copy> copies;
    private final RootKey root;
    private final SecureRandom random;
    private final UUID installation;
    private final byte[] rootParameters;

    /// What readers see: swapped as a whole at the end of a turn.
    private volatile Epoch now;

    /// Counts failed turns too: an epoch whose writing failed half-way is never written again.
    /// Guarded by this.
    private long lastTried;

    private volatile boolean closed;

    KeyStore(
            List<Copy> copies,
            RootKey root,
            SecureRandom random,
            UUID installation,
            byte[] rootParameters,
            Epoch now) {
        this.copies = copies;
        this.root = root;
        this.random = random;
        this.installation = installation;
        this.rootParameters = rootParameters;
        this.now = now;
        this.lastTried = now.number;
    }

    /// One state of the key store. The index's own key is not kept: the next turn makes another.
    record Epoch(
            long number,
            UUID indexPage,
            NavigableMap<PartitionId, PageRef> partitions,
            NavigableMap<DayId, DayRoot> days) {

        static Epoch none() {
            return new Epoch(0, new UUID(0, 0), new TreeMap<>(), new TreeMap<>());
        }

        Set<UUID> pages() {
            var all = new HashSet<UUID>();
            partitions.values().forEach(ref -> all.add(ref.page));
            if (number > 0) {
                all.add(indexPage);
            }
            return all;
        }
    }

    UUID installation() {
        return installation;
    }

    long epoch() {
        return now.number;
    }

    Set<PartitionId> partitions() {
        checkNotClosed();
        return now.partitions.keySet();
    }

    /// The hashes of the table's days, as far as they are known.
    NavigableMap<DayId, DayRoot> days() {
        checkNotClosed();
        return now.days;
    }

    /// The number that the next turn will have, if it comes to its end.
    synchronized long nextEpoch() {
        return lastTried + 1;
    }

    boolean allTurned() {
        return copies.stream().allMatch(copy -> copy.state().turned());
    }

    List<CopyState> copies() {
        return copies.stream().map(Copy::state).toList();
    }

    RootKey root() {
        return root;
    }

    /// The rows of a partition, which the caller wipes; empty if there is none.
    ///
    /// @throws KeyStoreUnavailableException if no copy has its page whole
    Optional<byte[]> rows(PartitionId id) {
        while (true) {
            checkNotClosed();
            var seen = now;
            var ref = seen.partitions.get(id);
            if (ref == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(open(ref.page, ref.key(), id.kind(), id.position(), ref.epoch));
            } catch (KeyStoreUnavailableException e) {
                // A turn may have wiped this key and swept this page while we read.
                if (now.number == seen.number) {
                    throw e;
                }
            }
        }
    }

    /// Opens a page from the first copy that has it whole.
    byte[] open(UUID page, byte[] key, int kind, byte[] position, long epoch) {
        var faults = new ArrayList<String>();
        for (var copy : copies) {
            try {
                return Page.open(key, kind, position, epoch, installation, copy.page(page));
            } catch (AEADBadTagException e) {
                faults.add("%s: missing or damaged".formatted(copy.place()));
            } catch (IOException e) {
                faults.add("%s: %s".formatted(copy.place(), e));
            }
        }
        throw new KeyStoreUnavailableException(
                "Page %s of the key store cannot be read (%s). Restore one of its copies."
                        .formatted(page, String.join("; ", faults)));
    }

    /// Turns to the next epoch with these rows changed; an empty value drops the partition, or the hash
    /// of the day.
    ///
    /// @throws KeyStoreUnavailableException if not one copy could be written; then nothing has changed
    synchronized void turn(
            Map<PartitionId, Optional<byte[]>> changes, Map<DayId, Optional<DayRoot>> dayChanges) {
        checkNotClosed();
        var number = ++lastTried;
        root.rotate(number);
        var fresh = new HashMap<UUID, byte[]>();
        var partitions = new TreeMap<>(now.partitions);
        changes.forEach((id, rows) -> {
            partitions.remove(id);
            rows.ifPresent(r -> partitions.put(id, write(id, r, number, fresh)));
        });
        var days = new TreeMap<>(now.days);
        dayChanges.forEach((id, day) -> {
            days.remove(id);
            day.ifPresent(root -> days.put(id, root));
        });
        var indexPage = Uuids.random(random);
        var next = new Epoch(number, indexPage, partitions, days);
        var block = writeIndex(next, fresh);

        publish(block, next, fresh);

        var past = now;
        now = next;
        past.partitions.forEach((id, ref) -> {
            if (changes.containsKey(id)) {
                ref.wipe();
            }
        });
        copies.stream().filter(c -> c.state().turned()).forEach(c -> c.sweep(next.pages()));
        destroyPast();
    }

    /// The last of a turn: the root key forgets what was before, once no copy needs it.
    void destroyPast() {
        if (allTurned()) {
            root.destroyBefore(now.number);
        }
    }

    private PageRef write(PartitionId id, byte[] rows, long epoch, Map<UUID, byte[]> fresh) {
        var key = freshKey();
        var page = Uuids.random(random);
        fresh.put(page, Page.seal(key, id.kind(), id.position(), epoch, installation, rows));
        return new PageRef(page, epoch, key);
    }

    private RootBlock writeIndex(Epoch next, Map<UUID, byte[]> fresh) {
        var key = freshKey();
        var rows = Index.encode(next.partitions, next.days);
        fresh.put(
                next.indexPage,
                Page.seal(
                        key,
                        Page.INDEX_KIND,
                        Page.INDEX_POSITION,
                        next.number,
                        installation,
                        rows));
        var facts =
                RootBlock.Facts.of(
                        root.kind(),
                        next.number,
                        installation,
                        Uuids.random(random),
                        next.indexPage,
                        rootParameters);
        var block = RootBlock.of(facts, root.wrap(key, facts.context(), random));
        Arrays.fill(rows, (byte) 0);
        Arrays.fill(key, (byte) 0);
        return block;
    }

    private byte[] freshKey() {
        var key = new byte[OneTime.KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /// All copies take each step before any takes the next, so that a crash leaves them at most one
    /// epoch apart. A copy that fails a step is left out and renewed by a later turn.
    private void publish(RootBlock block, Epoch next, Map<UUID, byte[]> fresh) {
        var needed = next.pages();
        var ready = each(copies, copy -> copy.add(needed, id -> bytes(id, fresh)));
        var begun = each(ready, copy -> copy.writeFirst(block));
        if (begun.isEmpty()) {
            throw new KeyStoreUnavailableException(
                    "The key store cannot be written: %s. Free or mend the disk; it is tried again with the next change."
                            .formatted(faults()));
        }
        each(begun, copy -> copy.writeSecond(block)).forEach(c -> c.turned(Optional.empty()));
    }

    private byte[] bytes(UUID page, Map<UUID, byte[]> fresh) throws IOException {
        var made = fresh.get(page);
        return made != null ? made : soundBytes(page);
    }

    /// A page's bytes for a copy that lacks it: only those that its key opens are handed on.
    private byte[] soundBytes(UUID page) throws IOException {
        for (var entry : now.partitions.entrySet()) {
            var ref = entry.getValue();
            if (!ref.page.equals(page)) {
                continue;
            }
            var id = entry.getKey();
            for (var copy : copies) {
                if (isSound(copy, ref, id)) {
                    return copy.page(page);
                }
            }
        }
        throw new IOException("Page %s is whole in no copy".formatted(page));
    }

    private boolean isSound(Copy copy, PageRef ref, PartitionId id) {
        try {
            var rows =
                    Page.open(
                            ref.key(),
                            id.kind(),
                            id.position(),
                            ref.epoch,
                            installation,
                            copy.page(ref.page));
            Arrays.fill(rows, (byte) 0);
            return true;
        } catch (AEADBadTagException | IOException e) {
            return false;
        }
    }

    /// Brings a copy that is behind, damaged or blank to the current epoch.
    ///
    /// @param indexBytes the current index page as it lies in a copy that is not behind
    void renew(Copy copy, RootBlock block, byte[] indexBytes, String told) {
        var fresh = Map.of(now.indexPage, indexBytes);
        var renewed =
                each(
                        List.of(copy),
                        c -> {
                            c.add(now.pages(), id -> bytes(id, fresh));
                            c.writeFirst(block);
                            c.writeSecond(block);
                        });
        renewed.forEach(c -> settle(c, Optional.of(told)));
    }

    /// Finishes a turn that was cut off before its last step.
    ///
    /// @param indexBytes as for [#renew]
    void finish(Copy copy, RootBlock block, byte[] indexBytes) {
        var told =
                copy.torn()
                        ? Optional.of("a place of its root file was not whole; written anew")
                        : Optional.<String>empty();
        mended(copy, indexBytes, told)
                .ifPresent(all ->
                        each(List.of(copy), c -> c.writeSecond(block))
                                .forEach(c -> settle(c, all)));
    }

    /// Takes a copy that holds the current epoch in both places.
    ///
    /// @param indexBytes as for [#renew]
    void accept(Copy copy, byte[] indexBytes) {
        mended(copy, indexBytes, Optional.empty()).ifPresent(told -> settle(copy, told));
    }

    /// Writes those pages of a copy anew that went bad there and are whole in another. What is whole
    /// nowhere stays as it is, so that the other keys can be read and written: [#check] tells.
    ///
    /// @return what is to be told of the copy; empty if it could not be written
    private Optional<Optional<String>> mended(Copy copy, byte[] indexBytes, Optional<String> told) {
        var bad = copies.size() == 1 ? Set.<UUID>of() : badWholeElsewhere(copy, indexBytes);
        var good = new HashSet<>(now.pages());
        good.removeAll(bad);
        copy.trust(good);
        if (bad.isEmpty()) {
            return Optional.of(told);
        }
        var fresh = Map.of(now.indexPage, indexBytes);
        var done = each(List.of(copy), c -> c.add(now.pages(), id -> bytes(id, fresh)));
        var pages = "%d of its pages were damaged and are written anew".formatted(bad.size());
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of(Optional.of(told.map(t -> t + "; " + pages).orElse(pages)));
    }

    private Set<UUID> badWholeElsewhere(Copy copy, byte[] indexBytes) {
        var bad = new HashSet<UUID>();
        now.partitions.forEach((id, ref) -> {
            if (!isSound(copy, ref, id)
                    && copies.stream().anyMatch(other -> isSound(other, ref, id))) {
                bad.add(ref.page);
            }
        });
        try {
            if (!Arrays.equals(copy.page(now.indexPage), indexBytes)) {
                bad.add(now.indexPage);
            }
        } catch (IOException e) {
            bad.add(now.indexPage);
        }
        return bad;
    }

    private void settle(Copy copy, Optional<String> told) {
        copy.turned(told);
        copy.sweep(now.pages());
    }

    private interface Step {
        void on(Copy copy) throws IOException;
    }

    private static List<Copy> each(Collection<Copy> copies, Step step) {
        var done = new ArrayList<Copy>();
        for (var copy : copies) {
            try {
                step.on(copy);
                done.add(copy);
            } catch (IOException e) {
                copy.failed(e.toString());
            }
        }
        return done;
    }

    private String faults() {
        return String.join(
                "; ",
                copies.stream()
                        .map(c -> c.state().told().orElse("%s is behind".formatted(c.place())))
                        .toList());
    }

    /// Reads everything again, in every copy.
    synchronized VaultCheck check() {
        checkNotClosed();
        return new KeyStoreCheck(copies, root, installation, now).run();
    }

    private void checkNotClosed() {
        if (closed) {
            throw new IllegalStateException("The vault was closed");
        }
    }

    /// Wipes the keys of all pages and lets other processes in.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            now.partitions.values().forEach(PageRef::wipe);
            root.forget();
            copies.forEach(Copy::leave);
        }
    }
}
