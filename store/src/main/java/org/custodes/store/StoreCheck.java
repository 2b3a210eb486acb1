package org.custodes.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.vault.Vault;

/// Proves every invariant of a store (`docs/design/store.md`), and mends what can be mended.
public final class StoreCheck {

    private StoreCheck() {}

    /// Reads every pack of every volume. May run beside a recorder, whose open packs are left out.
    ///
    /// @param vault if given, every record is opened: its tag, and the count and hash of its pack
    /// @param repair whether to end torn packs at their last whole record and to make catalogue and
    ///     summaries anew where they do not agree with the packs; nothing whole is ever cut
    /// @throws StoreFormatException if a newer version wrote one of the volumes
    /// @throws StoreInUseException if a volume shall be repaired that a recorder has open
    public static CheckReport run(StoreSettings settings, Optional<Vault> vault, boolean repair) {
        var disk = new Disk();
        var findings = new Findings();
        var everywhere = new HashMap<UUID, Path>();
        for (var root : settings.volumes()) {
            var layout = new Layout(root.toAbsolutePath());
            try {
                check(disk, layout, findings, vault, repair, everywhere);
            } catch (IOException e) {
                findings.add(
                        layout.root(),
                        "volume.unreadable",
                        String.valueOf(e),
                        "Look at the disk, its cable and its permissions, and check again.");
            }
        }
        return findings.report();
    }

    private static void check(
            Disk disk,
            Layout layout,
            Findings findings,
            Optional<Vault> vault,
            boolean repair,
            Map<UUID, Path> everywhere)
            throws IOException {
        if (!disk.exists(layout.format())) {
            findings.add(
                    layout.root(),
                    "volume.missing",
                    "There is no volume in this folder",
                    "Mount it, or correct the setting; a recorder that starts makes a new one here.");
            return;
        }
        Volume.checkFormat(Volume.readSmall(disk, layout.format()), layout.format());
        var id = Volume.parseId(Volume.readSmall(disk, layout.id()), layout);
        var lock = disk.lock(layout.lock());
        if (lock.isEmpty() && repair) {
            throw new StoreInUseException(layout.root());
        }
        try {
            new VolumeCheck(disk, layout, id, findings, vault, repair, everywhere)
                    .run(lock.isEmpty());
        } finally {
            if (lock.isPresent()) {
                lock.get().close();
            }
        }
    }
}
