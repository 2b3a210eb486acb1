package org.custodes.capture;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.vault.TreeId;
import org.custodes.vault.Vault;

/// Sees to it that the key trees a recording is about to need are durable before it needs them.
///
/// Trees are made for today and tomorrow, for many cameras in one turn of the key store, so that at
/// midnight no camera waits for a disk.
final class KeyTrees {
    private final Vault vault;
    private final Set<TreeId> prepared = ConcurrentHashMap.newKeySet();

    KeyTrees(Vault vault) {
        this.vault = vault;
    }

    static TreeId of(CameraId camera, Instant wallTime, int era) {
        return new TreeId(
                camera.value(),
                MediaClass.ORIGINAL.number(),
                wallTime.atOffset(ZoneOffset.UTC).toLocalDate(),
                era);
    }

    /// Makes what is missing for these cameras, on the day of `wallTime` and the next.
    void prepare(Collection<CameraId> cameras, Instant wallTime, int era) {
        List<TreeId> missing = new ArrayList<>();
        for (var camera : cameras) {
            for (var day = 0; day <= 1; day++) {
                var tree = of(camera, wallTime.plusSeconds(day * 86_400L), era);
                if (!prepared.contains(tree)) {
                    missing.add(tree);
                }
            }
        }
        if (!missing.isEmpty()) {
            vault.prepare(missing);
            prepared.addAll(missing);
            forgetBefore(wallTime.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1));
        }
    }

    private void forgetBefore(LocalDate day) {
        prepared.removeIf(tree -> tree.day().isBefore(day));
    }
}
