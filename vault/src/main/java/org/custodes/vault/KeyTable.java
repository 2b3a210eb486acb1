package org.custodes.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableSet;
import java.util.UUID;

/// The hashes that say which nodes the key store has left, so that a stranger can check what is not
/// among them: `docs/formats/destruction.md`. Two maps above each other: of days, and within each day
/// and class of cameras. They tell of no key. One thread.
final class KeyTable {
    private static final byte[] DAY = Ascii.of("vms-table-day-v1");
    private static final byte[] CAMERA = Ascii.of("vms-table-camera-v1");
    private static final byte[] SALT = Ascii.of("vms-table-salt-v1");
    private static final byte[] NODES = Ascii.of("vms-table-nodes-v1");

    private final Hash.Maker hashes = new Hash.Maker();

    MerkleMap ofDays(Map<DayId, DayRoot> days) {
        var entries = new ArrayList<MerkleMap.Entry>(days.size());
        days.forEach((id, day) -> entries.add(MerkleMap.Entry.of(key(id), day.root(), hashes)));
        return MerkleMap.of(entries, hashes);
    }

    /// @param labels of each camera
    MerkleMap ofCameras(Hash secret, Map<UUID, NavigableSet<NodeLabel>> labels) {
        var entries = new ArrayList<MerkleMap.Entry>(labels.size());
        labels.forEach((camera, nodes) ->
                entries.add(
                        MerkleMap.Entry.of(
                                key(camera), value(salt(secret, camera), nodes), hashes)));
        return MerkleMap.of(entries, hashes);
    }

    Hash key(DayId day) {
        return hashes.of(DAY, day.position());
    }

    Hash key(UUID camera) {
        return hashes.of(CAMERA, Uuids.bytes(camera));
    }

    /// What blinds one camera's value: shown together with its labels.
    Hash salt(Hash secret, UUID camera) {
        return hashes.of(SALT, secret.bytes(), Uuids.bytes(camera));
    }

    /// @param labels in order, each once
    Hash value(Hash salt, Collection<NodeLabel> labels) {
        var told = ByteBuffer.allocate(2 + labels.size() * NodeLabel.BYTES);
        told.putShort((short) labels.size());
        labels.forEach(label -> label.put(told));
        return hashes.of(NODES, salt.bytes(), told.array());
    }

    Hash.Maker hashes() {
        return hashes;
    }
}
