package org.custodes.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        var listed =
                Optional.ofNullable(
                        catalogue.day(name.track(), name.day()).packs().get(name.pack()));
        if (listed.isEmpty() || listed.get().ended() == null) {
            var scan = scan(path);
            if (scan.isEmpty()) {
                disk.remove(path);
            }
            var entries = entries(scan, listed.map(CatalogueDay.Listed::header));
            if (!entries.isEmpty()) {
                catalogue.append(name.track(), name.day(), entries, touched);
            }
            touched.add(path);
        }
        if (!catalogue.day(name.track(), name.day()).packs().isEmpty()) {
            catalogue.summarise(name.track(), name.day(), touched);
        }
        disk.remove(layout.open(name));
        touched.add(layout.openFolder());
    }

    /// What the pack holds, which is cut behind it; empty if it holds no record.
    private Optional<PackScan> scan(Path path) throws IOException {
        if (disk.size(path) < PackHeader.SIZE) {
            return Optional.empty();
        }
        PackScan scan;
        try (var reader = PackReader.open(disk, path, PackReader.HEADERS_ONLY)) {
            scan = PackScan.of(reader, reader.size());
        }
        if (scan.records() == 0) {
            return Optional.empty();
        }
        if (disk.size(path) > scan.end()) {
            try (var file = disk.edit(path)) {
                file.truncate(scan.end());
            }
        }
        return Optional.of(scan);
    }

    /// What the catalogue has to be told.
    ///
    /// @param listed the pack's header if the catalogue has it already
    private static List<CatalogueEntry> entries(
            Optional<PackScan> found, Optional<PackHeader> listed) {
        var entries = new ArrayList<CatalogueEntry>();
        if (found.isEmpty()) {
            listed.ifPresent(header -> entries.add(Ended.empty(header)));
            return entries;
        }
        var scan = found.get();
        if (listed.isEmpty()) {
            entries.add(new Begun(scan.header()));
        }
        entries.add(ended(scan));
        if (!scan.ended()) {
            entries.add(killed(scan));
        }
        return entries;
    }

    /// The gap that follows a pack that was left open.
    static Gap killed(PackScan scan) {
        return new Gap(scan.lastWall() + 1, CatalogueEntry.OPEN, GapCause.RECORDER_KILLED);
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
                scan.end(),
                scan.index());
    }
}
