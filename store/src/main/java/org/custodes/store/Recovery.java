package org.custodes.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.custodes.media.GapCause;
import org.custodes.store.CatalogueEntry.Begun;
import org.custodes.store.CatalogueEntry.Ended;
import org.custodes.store.CatalogueEntry.Gap;

/// Ends a pack that a killed recorder left open, at its last whole record. Each step may be done
/// again after another kill.
final class Recovery {
    private final Disk disk;
    private final Layout layout;
    private final Catalogue catalogue;

    Recovery(Disk disk, Layout layout, Catalogue catalogue) {
        this.disk = disk;
        this.layout = layout;
        this.catalogue = catalogue;
    }

    /// 1. Find the end. 2. Cut what follows it. 3. Note the end, and that the recorder was killed.
    /// 4. Bring the summary in line. 5. Only then take the name from `open/`.
    ///
    /// @param touched is told what was written, for the next sync
    void end(Layout.OpenName name, Set<Path> touched) throws IOException {
        var path = layout.pack(name.day(), name.track(), name.pack());
        if (disk.size(path) < PackHeader.SIZE) {
            // Not even its header was written.
            disk.remove(path);
        } else if (!isEnded(name)) {
            note(name, scan(path), touched);
        }
        catalogue.summarise(name.track(), name.day(), touched);
        disk.remove(layout.open(name));
        touched.add(layout.openFolder());
    }

    private boolean isEnded(Layout.OpenName name) throws IOException {
        var listed = catalogue.day(name.track(), name.day()).packs().get(name.pack());
        return listed != null && listed.ended() != null;
    }

    private PackScan scan(Path path) throws IOException {
        PackScan scan;
        try (var reader = PackReader.open(disk, path, PackReader.HEADERS_ONLY)) {
            scan = PackScan.of(reader, reader.size(), false);
        }
        if (disk.size(path) > scan.end()) {
            try (var file = disk.edit(path)) {
                file.truncate(scan.end());
            }
        }
        return scan;
    }

    private void note(Layout.OpenName name, PackScan scan, Set<Path> touched) throws IOException {
        var path = layout.pack(name.day(), name.track(), name.pack());
        var entries = new ArrayList<CatalogueEntry>();
        var known = catalogue.day(name.track(), name.day()).packs().containsKey(name.pack());
        if (scan.records() == 0) {
            disk.remove(path);
        }
        if (!known && scan.records() > 0) {
            entries.add(new Begun(scan.header()));
        }
        if (known || scan.records() > 0) {
            entries.add(ended(scan));
        }
        if (scan.records() > 0 && !scan.ended()) {
            entries.add(
                    new Gap(scan.lastWall() + 1, CatalogueEntry.OPEN, GapCause.RECORDER_KILLED));
        }
        if (!entries.isEmpty()) {
            catalogue.append(name.track(), name.day(), List.copyOf(entries), touched);
        }
        touched.add(path);
    }

    /// How a scanned pack came to its end.
    static Ended ended(PackScan scan) {
        return new Ended(
                scan.header().packId(),
                scan.ended() ? Ending.COMPLETE : Ending.RECOVERED,
                scan.ended() ? GapCause.CONTINUES : GapCause.RECORDER_KILLED,
                scan.records(),
                scan.firstWall(),
                scan.lastWall(),
                scan.records() == 0 ? 0 : scan.end(),
                scan.index());
    }
}
