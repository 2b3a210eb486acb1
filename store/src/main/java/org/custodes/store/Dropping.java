package org.custodes.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.custodes.media.TrackId;

/// Removes whole days of a track from a volume: packs, then their catalogue, then their summaries, each
/// synced before the next, so that a removal that was interrupted is found again and goes on.
final class Dropping {
    private final Volume volume;
    private final TrackId track;

    Dropping(Volume volume, TrackId track) {
        this.volume = volume;
        this.track = track;
    }

    /// Removes the days before one.
    ///
    /// @param kept packs that are being written
    /// @return how many packs were removed
    int before(LocalDate day, Set<UUID> kept) throws IOException {
        var catalogue = volume.catalogue();
        if (catalogue.isEmpty()) {
            return 0;
        }
        var removed = 0;
        var done = new TreeSet<LocalDate>();
        for (var old : catalogue.get().days(track).headSet(day)) {
            var left = 0;
            for (var name : volume.disk().names(volume.layout().packs(old, track))) {
                var id = Layout.packOf(name);
                if (id.isPresent() && kept.contains(id.get())) {
                    left++;
                } else {
                    volume.disk().remove(volume.layout().packs(old, track).resolve(name));
                    removed++;
                }
            }
            if (left == 0) {
                volume.disk().remove(volume.layout().packs(old, track));
                removeIfEmpty(old);
                done.add(old);
            }
        }
        if (!done.isEmpty()) {
            // What is gone itself is skipped; the folders above it are what counts.
            var folders = new ArrayList<Path>();
            done.forEach(old -> folders.add(volume.layout().packs(old)));
            folders.add(volume.layout().packs());
            volume.disk().sync(volume.layout().root(), folders);
        }
        catalogue.get().drop(track, done, day);
        return removed;
    }

    private void removeIfEmpty(LocalDate day) throws IOException {
        var folder = volume.layout().packs(day);
        if (volume.disk().names(folder).isEmpty()) {
            volume.disk().remove(folder);
        }
    }
}
