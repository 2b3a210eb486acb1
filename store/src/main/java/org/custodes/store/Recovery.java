package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    /// What had not been synced yet is at most as old as this before the last record: a sync every 2 s,
    /// and before it what a slow disk kept waiting. A minute of a pack is read in a fraction of a second.
    private static final long UNSYNCED = Wall.MINUTE;

    private final Disk disk;
    private final Layout layout;
    private final Catalogue catalogue;

    Recovery(Disk disk, Layout layout, Catalogue catalogue) {
        this.disk = disk;
        this.layout = layout;
        this.catalogue = catalogue;
    }

    /// 1. Take out of the catalogue what a crash left half-written. 2. Find the pack's end. 3. Cut what
    /// follows it. 4. Note the end, and that the recorder was killed. 5. Bring the summary in line. Once
    /// all this is synced, the caller takes the name from `open/`.
    ///
    /// @param touched is told what was written, for that sync
    void end(Layout.OpenName name, Set<Path> touched) throws IOException {
        var path = layout.pack(name.day(), name.track(), name.pack());
        catalogue.mend(name.track(), name.day());
        var listed =
                Optional.ofNullable(
                        catalogue.day(name.track(), name.day()).packs().get(name.pack()));
        var scan = scan(path);
        if (scan.isEmpty()) {
            disk.remove(path);
        }
        // Its folder may have been made an instant before the power failed.
        touched.add(path);
        touched.add(layout.packs(name.day(), name.track()));
        touched.add(layout.packs(name.day()));
        touched.add(layout.packs());
        var entries = entries(scan, listed);
        if (!entries.isEmpty()) {
            catalogue.append(name.track(), name.day(), entries);
        }
        catalogue.summarise(name.track(), name.day());
    }

    /// What the pack holds, which is cut behind it; empty if it holds no record.
    private Optional<PackScan> scan(Path path) throws IOException {
        if (disk.size(path) < PackHeader.SIZE) {
            return Optional.empty();
        }
        PackScan scan;
        try (var reader = PackReader.open(disk, path, PackReader.HEADERS_ONLY)) {
            scan = PackScan.ofKilled(reader, reader.size(), UNSYNCED);
        } catch (StoreFormatException e) {
            if (isBlank(path)) {
                return Optional.empty();
            }
            throw e;
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

    /// Whether a file's header never reached the disk, though its length did.
    private boolean isBlank(Path path) throws IOException {
        var header = ByteBuffer.allocate(PackHeader.SIZE);
        try (var file = disk.read(path)) {
            file.read(header, 0);
        }
        return Arrays.equals(header.array(), new byte[PackHeader.SIZE]);
    }

    /// What the catalogue has to be told. It may have heard of an end whose records never reached the
    /// disk: then the later entry counts.
    private static List<CatalogueEntry> entries(
            Optional<PackScan> found, Optional<CatalogueDay.Listed> listed) {
        var entries = new ArrayList<CatalogueEntry>();
        if (found.isEmpty()) {
            listed.map(CatalogueDay.Listed::header)
                    .map(Ended::empty)
                    .filter(empty -> !empty.equals(listed.get().ended()))
                    .ifPresent(entries::add);
            return entries;
        }
        var scan = found.get();
        var ended = ended(scan, listed);
        if (listed.isEmpty()) {
            entries.add(new Begun(scan.header()));
        }
        if (listed.isEmpty() || !ended.equals(listed.get().ended())) {
            entries.add(ended);
            if (ended.ending() == Ending.RECOVERED) {
                entries.add(killed(scan));
            }
        }
        return entries;
    }

    /// What the catalogue should say of a pack: what its scan shows, and the cause where only the
    /// catalogue knows that.
    static Ended ended(PackScan scan, Optional<CatalogueDay.Listed> listed) {
        var fresh = ended(scan);
        var known = listed.flatMap(pack -> Optional.ofNullable(pack.ended()));
        if (scan.ended() || known.isEmpty() || known.get().ending() == Ending.COMPLETE) {
            return fresh;
        }
        return new Ended(
                fresh.pack(),
                known.get().ending(),
                known.get().cause(),
                fresh.records(),
                fresh.firstWall(),
                fresh.lastWall(),
                fresh.bytes(),
                fresh.index());
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
