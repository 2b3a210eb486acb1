package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.custodes.media.TrackId;

/// One volume's catalogue. Day files are only appended to, and read again only where they grew. What is
/// not synced yet is remembered, so that it can be written anew after a sync that failed.
/// Any thread may call it.
final class Catalogue {
    /// Days kept as they were read last; one takes about 0.4 MB.
    private static final int KEPT = 32;

    private final Disk disk;
    private final Layout layout;
    private final UUID volume;

    // Both guarded by this.
    private final Map<Path, CatalogueDay> read =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, CatalogueDay> eldest) {
                    return size() > KEPT;
                }
            };
    private final Map<TrackId, SummaryFile> summaries = new LinkedHashMap<>();

    // Guarded by this: what was written since the last sync was begun, and what that one is to
    // cover.
    private Map<Path, Growth> unsynced = new LinkedHashMap<>();
    private Map<Path, Growth> syncing = new LinkedHashMap<>();

    /// What was appended to a day, and from where on.
    private record Growth(TrackId track, LocalDate day, long from, List<CatalogueEntry> entries) {

        Growth and(Growth later) {
            var all = new ArrayList<>(entries);
            all.addAll(later.entries);
            return new Growth(track, day, from, all);
        }
    }

    Catalogue(Disk disk, Layout layout, UUID volume) {
        this.disk = disk;
        this.layout = layout;
        this.volume = volume;
    }

    /// The tracks that have a folder here.
    List<TrackId> tracks() throws IOException {
        return disk.names(layout.catalogue()).stream()
                .flatMap(name -> Layout.track(name).stream())
                .toList();
    }

    /// The days of a track that have a file here.
    SortedSet<LocalDate> days(TrackId track) throws IOException {
        var days = new TreeSet<LocalDate>();
        for (var name : disk.names(layout.catalogue(track))) {
            if (name.endsWith(Layout.DAY_SUFFIX)) {
                var day = name.substring(0, name.length() - Layout.DAY_SUFFIX.length());
                Layout.day(day).ifPresent(days::add);
            }
        }
        return days;
    }

    /// One day of a track, empty if it has no file.
    synchronized CatalogueDay day(TrackId track, LocalDate day) throws IOException {
        var path = layout.day(track, day);
        var known = read.getOrDefault(path, CatalogueDay.empty());
        var size = disk.size(path);
        if (size < CatalogueDay.HEADER) {
            read.remove(path);
            return CatalogueDay.empty();
        }
        if (size < known.end()) {
            // Made anew by a repair.
            known = CatalogueDay.empty();
        }
        if (size > known.end()) {
            known = readOn(path, track, day, known, size);
            read.put(path, known);
        }
        return known;
    }

    private CatalogueDay readOn(
            Path path, TrackId track, LocalDate day, CatalogueDay known, long size)
            throws IOException {
        try (var file = disk.read(path)) {
            var from = known;
            if (known.end() == 0) {
                var header = bytes(file, 0, CatalogueDay.HEADER);
                if (CatalogueDay.isBlank(header)) {
                    return CatalogueDay.empty();
                }
                CatalogueDay.checkHeader(header, track, day, volume);
                from = new CatalogueDay(Map.of(), Map.of(), List.of(), CatalogueDay.HEADER, 0);
            }
            var length = Math.toIntExact(size - from.end());
            return from.with(bytes(file, from.end(), length));
        } catch (NoSuchFileException e) {
            // Its day was dropped just now.
            return CatalogueDay.empty();
        }
    }

    private static byte[] bytes(DiskFile file, long at, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        file.read(bytes, at);
        if (bytes.hasRemaining()) {
            throw new IOException(
                    "A catalogue ends at %d, before %d"
                            .formatted(at + bytes.position(), at + length));
        }
        return bytes.array();
    }

    /// Appends entries to a day. A torn tail of an earlier write is cut first.
    synchronized void append(TrackId track, LocalDate day, List<CatalogueEntry> entries)
            throws IOException {
        var path = layout.day(track, day);
        var end = endOf(track, day);
        var out = new ArrayList<byte[]>();
        if (end == 0) {
            disk.makeFolder(layout.catalogue(track));
            out.add(CatalogueDay.header(track, day, volume));
        }
        entries.forEach(entry -> out.add(entry.encode()));
        try (var file = disk.edit(path)) {
            if (file.size() > end) {
                file.truncate(end);
            }
            file.write(ByteBuffer.wrap(joined(out)), end);
        }
        grow(track, day, end, entries);
    }

    /// Takes out of a day what is not whole, after its recorder was killed, perhaps with the power. What
    /// was not synced yet is noted again from the packs in `open/`.
    synchronized void mend(TrackId track, LocalDate day) throws IOException {
        var path = layout.day(track, day);
        var end = endOf(track, day);
        if (day(track, day).damaged() > 0) {
            var header = CatalogueDay.header(track, day, volume);
            var entries = bytes(path, CatalogueDay.HEADER);
            replace(path, joined(List.of(header, CatalogueDay.wholeOf(entries))));
        } else if (disk.size(path) > end) {
            try (var file = disk.edit(path)) {
                file.truncate(end);
            }
        }
    }

    private byte[] bytes(Path path, long from) throws IOException {
        try (var file = disk.read(path)) {
            return bytes(file, from, Math.toIntExact(file.size() - from));
        }
    }

    /// Says that a sync begins now.
    ///
    /// @return what it has to cover
    synchronized Set<Path> beginSync() {
        unsynced.forEach((path, growth) -> syncing.merge(path, growth, Growth::and));
        unsynced = new LinkedHashMap<>();
        var touched = new HashSet<Path>();
        for (var entry : syncing.entrySet()) {
            touched.add(entry.getKey());
            touched.add(layout.summary(entry.getValue().track()));
            touched.add(layout.catalogue(entry.getValue().track()));
            touched.add(layout.catalogue());
        }
        return touched;
    }

    /// Says that the sync that was begun last came back well.
    synchronized void synced() {
        syncing = new LinkedHashMap<>();
    }

    /// Writes anew, in files of their own, all days of which a failed sync may have lost something, and
    /// their summaries. What was there when it was last synced is read; what came later is remembered.
    synchronized void renew() throws IOException {
        beginSync();
        for (var each : List.copyOf(syncing.entrySet())) {
            var growth = each.getValue();
            var out = new ArrayList<byte[]>();
            if (growth.from() == 0) {
                out.add(CatalogueDay.header(growth.track(), growth.day(), volume));
            } else {
                try (var file = disk.read(each.getKey())) {
                    out.add(bytes(file, 0, Math.toIntExact(growth.from())));
                }
            }
            growth.entries().forEach(entry -> out.add(entry.encode()));
            replace(each.getKey(), joined(out));
            var days = summaryFile(growth.track()).days();
            days.remove(growth.day());
            summaryFile(growth.track()).replace(days);
            summarise(growth.track(), growth.day());
            syncing.remove(each.getKey());
        }
    }

    private void replace(Path path, byte[] content) throws IOException {
        disk.replace(path, content);
        read.remove(path);
    }

    private long endOf(TrackId track, LocalDate day) throws IOException {
        try {
            return day(track, day).end();
        } catch (StoreFormatException e) {
            setAside(layout.day(track, day));
            return 0;
        }
    }

    /// A file that cannot be read must not keep anybody from recording: it is kept beside, and
    /// `check --repair` makes the day again from its packs.
    private void setAside(Path path) throws IOException {
        disk.replace(path.resolveSibling(path.getFileName() + ".damaged"), bytes(path, 0));
        disk.remove(path);
        read.remove(path);
    }

    /// Writes a day anew, from what its packs tell.
    synchronized void replace(TrackId track, LocalDate day, List<CatalogueEntry> entries)
            throws IOException {
        var out = new ArrayList<byte[]>();
        out.add(CatalogueDay.header(track, day, volume));
        entries.forEach(entry -> out.add(entry.encode()));
        disk.makeFolder(layout.catalogue(track));
        replace(layout.day(track, day), joined(out));
    }

    private static byte[] joined(List<byte[]> parts) {
        var out = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(out::put);
        return out.array();
    }

    /// Brings the summary of a day in line with the day's entries. A day of which no pack is ended has
    /// none.
    synchronized void summarise(TrackId track, LocalDate day) throws IOException {
        var listed = day(track, day);
        if (listed.packs().values().stream().anyMatch(pack -> pack.ended() != null)) {
            summaryFile(track).put(DaySummary.of(day, listed));
        } else {
            summaryFile(track).drop(Set.of(day));
        }
        grow(track, day, listed.end(), List.of());
    }

    private void grow(TrackId track, LocalDate day, long from, List<CatalogueEntry> entries) {
        var growth = new Growth(track, day, from, entries);
        unsynced.merge(layout.day(track, day), growth, Growth::and);
    }

    /// The summaries of a track's days, by day. Where the file went bad, the days' own files are asked.
    synchronized Map<LocalDate, DaySummary> summaries(TrackId track) throws IOException {
        var known = summaryFile(track).known();
        if (known.whole()) {
            return known.days();
        }
        var days = new TreeMap<>(known.days());
        for (var day : days(track)) {
            if (!days.containsKey(day)) {
                summary(track, day).ifPresent(summary -> days.put(day, summary));
            }
        }
        return days;
    }

    private Optional<DaySummary> summary(TrackId track, LocalDate day) throws IOException {
        try {
            var listed = day(track, day);
            return listed.packs().values().stream().anyMatch(pack -> pack.ended() != null)
                    ? Optional.of(DaySummary.of(day, listed))
                    : Optional.empty();
        } catch (StoreFormatException e) {
            // Its own file went bad too.
            return Optional.empty();
        }
    }

    /// Removes days from the catalogue; their packs are gone already.
    ///
    /// @param before of earlier days than this no summary is kept that has no file: an earlier removal
    ///     may have been interrupted
    synchronized void drop(TrackId track, Set<LocalDate> days, LocalDate before)
            throws IOException {
        for (var day : days) {
            disk.remove(layout.day(track, day));
            read.remove(layout.day(track, day));
            unsynced.remove(layout.day(track, day));
            syncing.remove(layout.day(track, day));
        }
        if (!days.isEmpty()) {
            disk.sync(layout.root(), List.of(layout.catalogue(track)));
        }
        var kept = days(track);
        var summarised = new TreeSet<>(summaryFile(track).days().keySet()).headSet(before);
        summarised.removeAll(kept);
        summaryFile(track).drop(summarised);
    }

    private SummaryFile summaryFile(TrackId track) {
        return summaries.computeIfAbsent(
                track, _ -> new SummaryFile(disk, layout.summary(track), track, volume));
    }
}
