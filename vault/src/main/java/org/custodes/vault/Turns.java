package org.custodes.vault;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The turns of the key store, each with what is kept of punctures: a new one's proof turns with its
/// effect, and what was settled goes with whichever turn comes next.
final class Turns {
    private static final PartitionId DESTRUCTIONS = new PartitionId.Destructions();

    private final KeyStore store;

    /// Punctures whose receipts are durable elsewhere.
    private final Set<UUID> settled = ConcurrentHashMap.newKeySet();

    Turns(KeyStore store) {
        this.store = store;
    }

    void turn(Map<PartitionId, Optional<byte[]>> pages) {
        turn(pages, Map.of(), Map.of());
    }

    /// No turn if nothing changed.
    void turn(TableChange change) {
        if (!change.isEmpty()) {
            turn(change.pages(), change.roots(), Map.of());
        }
    }

    /// @param proofs of the punctures that are done by it
    void turn(TableChange change, Map<UUID, byte[]> proofs) {
        turn(change.pages(), change.roots(), proofs);
    }

    private void turn(
            Map<PartitionId, Optional<byte[]>> pages,
            Map<DayId, Optional<DayRoot>> roots,
            Map<UUID, byte[]> proofs) {
        var all = new TreeMap<>(pages);
        var settling = Set.copyOf(settled);
        if (!settling.isEmpty() || !proofs.isEmpty()) {
            all.put(DESTRUCTIONS, destructionsWith(proofs, settling));
        }
        store.turn(all, roots);
        settled.removeAll(settling);
        all.values().forEach(rows -> rows.ifPresent(r -> Arrays.fill(r, (byte) 0)));
    }

    private Optional<byte[]> destructionsWith(Map<UUID, byte[]> proofs, Set<UUID> settling) {
        var rows = stored();
        rows.keySet().removeAll(settling);
        rows.putAll(proofs);
        return rows.isEmpty() ? Optional.empty() : Optional.of(DestructionRow.encode(rows));
    }

    void settle(UUID puncture) {
        settled.add(puncture);
    }

    /// The proofs of punctures that were not settled.
    Map<UUID, DestructionProof> destructions() {
        var proofs = new TreeMap<UUID, DestructionProof>();
        stored().forEach((id, bytes) -> proofs.put(id, DestructionProof.read(bytes)));
        proofs.keySet().removeAll(settled);
        return proofs;
    }

    /// A page of these that is whole in no copy held no key: it must not keep anybody from erasing.
    private Map<UUID, byte[]> stored() {
        try {
            return store.rows(DESTRUCTIONS).map(DestructionRow::decode).orElseGet(TreeMap::new);
        } catch (KeyStoreUnavailableException e) {
            if (store.allTurned()) {
                return new TreeMap<>();
            }
            throw e;
        }
    }
}
