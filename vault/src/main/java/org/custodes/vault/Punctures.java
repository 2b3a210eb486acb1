package org.custodes.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Destroys slots, once for each order, and proves it. Used under the lock of changes.
final class Punctures {
    private final KeyStore store;
    private final TreeTable trees;
    private final Turns turns;

    Punctures(KeyStore store, TreeTable trees, Turns turns) {
        this.store = store;
        this.trees = trees;
        this.turns = turns;
    }

    DestructionProof puncture(Puncture order) {
        var known = Optional.ofNullable(turns.destructions().get(order.id()));
        known.ifPresent(proof -> repeat(order, proof));
        return known.orElseGet(() -> destroy(order));
    }

    private void repeat(Puncture order, DestructionProof known) {
        if (!known.asked(order.id()).equals(order)) {
            throw new IllegalArgumentException(
                    "Puncture %s was ordered before for something else: take another id"
                            .formatted(order.id()));
        }
        if (!store.allTurned()) {
            bringCopiesUp();
        }
    }

    private void bringCopiesUp() {
        try {
            turns.turn(Map.of());
        } catch (KeyStoreUnavailableException e) {
            // Not even one copy could be written: the state of each says so.
        }
    }

    /// Steps: the rows without the erased nodes under fresh page keys, and the proof beside them; the
    /// index under a fresh key; the root. All in one turn, so that no proof is without its effect.
    private DestructionProof destroy(Puncture order) {
        completeTable();
        try (var change = trees.change()) {
            var before = change.map();
            var shownBefore = shown(order, change, before);
            change.puncture(order);
            var after = change.map();
            var head =
                    new DestructionProof.Head(
                            store.installation(),
                            store.epoch(),
                            change.isEmpty() ? store.epoch() : store.nextEpoch(),
                            before.root(),
                            after.root(),
                            order);
            var parts = parts(order, shownBefore, shown(order, change, after));
            var proof = new DestructionProof(head, parts);
            if (!change.isEmpty()) {
                turns.turn(change, Map.of(order.id(), proof.bytes()));
            }
            return proof;
        }
    }

    /// An older program left no hashes of the days that it wrote: they are made once.
    private void completeTable() {
        try (var change = trees.change()) {
            for (var id : trees.days(id -> !trees.roots().containsKey(id))) {
                try {
                    change.day(id);
                } catch (KeyStoreUnavailableException e) {
                    // Whole in no copy: its keys are lost, and it stays out of the table.
                }
            }
            turns.turn(change);
        }
    }

    private static List<Shown> shown(Puncture order, TableChange change, MerkleMap map) {
        return order.days().stream().map(id -> change.shown(id, order.camera(), map)).toList();
    }

    private static List<DestructionProof.Part> parts(
            Puncture order, List<Shown> before, List<Shown> after) {
        var parts = new ArrayList<DestructionProof.Part>();
        for (var id : order.days()) {
            var at = parts.size();
            parts.add(new DestructionProof.Part(id, before.get(at), after.get(at)));
        }
        return parts;
    }
}
