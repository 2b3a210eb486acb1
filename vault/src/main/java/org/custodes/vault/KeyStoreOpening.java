package org.custodes.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import org.custodes.vault.Copy.Found;

/// How a key store is found: which copy leads, which are renewed from it, and what is refused.
final class KeyStoreOpening {
    private final Map<Copy, Found> found = new LinkedHashMap<>();
    private final List<Copy> copies;
    private final RootKey root;
    private final SecureRandom random;
    private final long leastEpoch;

    /// @param leastEpoch the newest epoch that somebody outside has on record, 0 if nobody has
    KeyStoreOpening(List<Path> places, RootKey root, SecureRandom random, long leastEpoch) {
        if (places.isEmpty()) {
            throw new IllegalArgumentException("A key store needs at least one place");
        }
        this.copies = places.stream().distinct().map(Copy::new).toList();
        this.root = root;
        this.random = random;
        this.leastEpoch = leastEpoch;
    }

    /// @throws KeyStoreRefusedException if what lies there must not be opened as it is
    /// @throws RootKeyException if the root key is missing or another one
    KeyStore run() {
        var opened = false;
        try {
            copies.forEach(copy -> found.put(copy, copy.enter()));
            found.forEach(KeyStoreOpening::note);
            var wholes = wholes();
            var store = wholes.isEmpty() ? create() : open(leader(wholes));
            opened = true;
            return store;
        } finally {
            if (!opened) {
                root.forget();
                copies.forEach(Copy::leave);
            }
        }
    }

    private static void note(Copy copy, Found found) {
        if (found instanceof Found.Unreachable(var why)) {
            copy.failed(why);
        }
    }

    private List<RootBlock> wholes() {
        var wholes = new ArrayList<RootBlock>();
        for (var each : found.values()) {
            if (each instanceof Found.Whole(var block, var _)) {
                wholes.add(block);
            }
        }
        return wholes;
    }

    private KeyStore create() {
        found.forEach((copy, what) -> {
            if (!(what instanceof Found.Blank)) {
                throw new KeyStoreRefusedException(
                        ("No copy of the key store can be read (%s: %s), and a new one would not open"
                                        + " what was recorded. Restore a copy; or, if all of it may be"
                                        + " lost, remove the folder.")
                                .formatted(copy.place(), told(what)));
            }
        });
        checkNotRolledBack(0);
        var parameters = root.create(random);
        var store =
                new KeyStore(
                        copies,
                        root,
                        random,
                        Uuids.random(random),
                        parameters,
                        KeyStore.Epoch.none());
        store.turn(Map.of(), Map.of());
        return store;
    }

    private RootBlock leader(List<RootBlock> wholes) {
        var leader = wholes.getFirst();
        for (var block : wholes) {
            if (!block.facts().installation().equals(leader.facts().installation())) {
                throw new KeyStoreRefusedException(
                        "The places %s hold key stores of different installations. Name only those of this one."
                                .formatted(places()));
            }
            if (block.facts().epoch() == leader.facts().epoch() && !block.isSameTurnAs(leader)) {
                throw new KeyStoreRefusedException(
                        ("The copies of the key store at %s went different ways since epoch %d: they were"
                                        + " used apart. Decide which one counts and move the others away.")
                                .formatted(places(), leader.facts().epoch() - 1));
            }
            if (block.facts().epoch() > leader.facts().epoch()) {
                leader = block;
            }
        }
        return leader;
    }

    private KeyStore open(RootBlock leader) {
        var facts = leader.facts();
        checkNotRolledBack(facts.epoch());
        var key = unwrap(leader);
        var indexBytes = indexBytes(leader, key);
        var rows = openIndex(facts, key, indexBytes);
        Arrays.fill(key, (byte) 0);
        var index = Index.decode(rows);
        Arrays.fill(rows, (byte) 0);
        var now =
                new KeyStore.Epoch(
                        facts.epoch(), facts.indexPage(), index.partitions(), index.days());
        var store =
                new KeyStore(
                        copies, root, random, facts.installation(), facts.parameterBytes(), now);
        // Those that hold this epoch first: the others are renewed from them.
        found.forEach((copy, what) -> keep(store, leader, indexBytes, copy, what));
        found.forEach((copy, what) -> renew(store, leader, indexBytes, copy, what));
        store.destroyPast();
        return store;
    }

    private static void keep(
            KeyStore store, RootBlock leader, byte[] indexBytes, Copy copy, Found what) {
        if (what instanceof Found.Whole(var block, var twice) && block.isSameTurnAs(leader)) {
            if (twice) {
                store.accept(copy, indexBytes);
            } else {
                store.finish(copy, leader, indexBytes);
            }
        }
    }

    private static void renew(
            KeyStore store, RootBlock leader, byte[] indexBytes, Copy copy, Found what) {
        switch (what) {
            case Found.Whole(var block, var _) -> {
                if (!block.isSameTurnAs(leader)) {
                    store.renew(
                            copy,
                            leader,
                            indexBytes,
                            "it held epoch %d and missed %d; refused and renewed"
                                    .formatted(block.facts().epoch(), leader.facts().epoch()));
                }
            }
            case Found.Blank() -> store.renew(copy, leader, indexBytes, "it was empty; made anew");
            case Found.Damaged(var why) ->
                    store.renew(copy, leader, indexBytes, "renewed, because " + why);
            case Found.Unreachable(var _) -> {}
        }
    }

    private void checkNotRolledBack(long epoch) {
        if (epoch < leastEpoch) {
            throw new KeyStoreRefusedException(
                    ("The key store at %s is of epoch %d, but epoch %d is on record: an old copy was put"
                                    + " back, in which keys may live that were destroyed. Put the newest copy back.")
                            .formatted(places(), epoch, leastEpoch));
        }
    }

    private byte[] unwrap(RootBlock leader) {
        var facts = leader.facts();
        if (facts.rootKind() != root.kind()) {
            throw new RootKeyException(
                    "The key store at %s is not under %s but under a root key of another kind (%s). Give that one."
                            .formatted(places(), root.told(), kindWord(facts.rootKind())));
        }
        root.unlock(facts.parameterBytes());
        try {
            return root.unwrap(leader.wrapped(), facts.context());
        } catch (AEADBadTagException e) {
            throw new RootKeyException(
                    ("The key store at %s (installation %s) does not open with %s: it was made under"
                                    + " another. Nothing that was recorded can be opened until the right one"
                                    + " is given.")
                            .formatted(places(), facts.installation(), root.told()),
                    e);
        }
    }

    private static String kindWord(int kind) {
        return switch (kind) {
            case 1 -> "a file";
            case 2 -> "a passphrase";
            default -> "kind %d, which a newer version knows".formatted(kind);
        };
    }

    /// The index page as it lies in a copy, whole under its key.
    private byte[] indexBytes(RootBlock leader, byte[] key) {
        for (var copy : copies) {
            try {
                var bytes = copy.page(leader.facts().indexPage());
                Arrays.fill(openPage(leader.facts(), key, bytes), (byte) 0);
                return bytes;
            } catch (AEADBadTagException | IOException e) {
                // Another copy may have it; if none has, the message below tells all places.
            }
        }
        throw new KeyStoreRefusedException(
                "The index of the key store is whole in none of %s. Restore a copy of epoch %d."
                        .formatted(places(), leader.facts().epoch()));
    }

    private static byte[] openIndex(RootBlock.Facts facts, byte[] key, byte[] page) {
        try {
            return openPage(facts, key, page);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("The index opened a moment ago", e);
        }
    }

    private static byte[] openPage(RootBlock.Facts facts, byte[] key, byte[] page)
            throws AEADBadTagException {
        return Page.open(
                key,
                Page.INDEX_KIND,
                Page.INDEX_POSITION,
                facts.epoch(),
                facts.installation(),
                page);
    }

    private static String told(Found what) {
        return switch (what) {
            case Found.Blank() -> "empty";
            case Found.Damaged(var why) -> why;
            case Found.Unreachable(var why) -> why;
            case Found.Whole(var block, var _) -> "epoch %d".formatted(block.facts().epoch());
        };
    }

    private String places() {
        return String.join(", ", copies.stream().map(copy -> copy.place().toString()).toList());
    }
}
