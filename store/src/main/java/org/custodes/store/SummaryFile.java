package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.custodes.media.TrackId;

/// One track's summaries on one volume: a header and a place of 256 bytes per day.
///
/// The one file that is written in place: a place never crosses a sector, its checksum tells a bad
/// one, and the day's catalogue makes it again. Guarded by the [Catalogue] that holds it.
final class SummaryFile {
    private static final byte[] MAGIC = {'C', 'U', 'S', 'T', 'S', 'U', 'M', 'M'};
    private static final int VERSION = 1;
    private static final int HEADER = DaySummary.SIZE;

    private final Disk disk;
    private final Path path;
    private final byte[] header;

    SummaryFile(Disk disk, Path path, TrackId track, UUID volume) {
        this.disk = disk;
        this.path = path;
        var out = ByteBuffer.allocate(HEADER);
        out.put(MAGIC).putShort((short) VERSION).putShort((short) HEADER);
        PackHeader.put(out, track.camera().value());
        out.put((byte) track.stream()).put((byte) track.mediaClass().number());
        PackHeader.put(out, volume);
        this.header = out.array();
    }

    /// The summaries by day. Places that cannot be read are left out: `custodes check` finds them.
    Map<LocalDate, DaySummary> days() throws IOException {
        return new TreeMap<>(read(false).days);
    }

    /// What can be read, and whether that is all that was ever written.
    Known known() throws IOException {
        var content = read(true);
        var whole =
                !content.headless && content.unreadable.isEmpty() && content.end == content.size;
        return new Known(content.days, whole || content.size == 0);
    }

    /// @param whole whether no place and no header went bad
    record Known(Map<LocalDate, DaySummary> days, boolean whole) {}

    /// Writes the summary of a day over the one before. A place that cannot be read is used again.
    void put(DaySummary summary) throws IOException {
        var content = read(true);
        var unreadable = content.unreadable.isEmpty() ? content.end : content.unreadable.getFirst();
        var place = content.places.getOrDefault(summary.day(), unreadable);
        try (var file = disk.edit(path)) {
            if (content.headless) {
                file.write(ByteBuffer.wrap(header), 0);
            }
            file.write(ByteBuffer.wrap(summary.encode()), place);
        }
    }

    /// Removes days, and places that cannot be read; the file appears anew as a whole.
    void drop(Set<LocalDate> dropped) throws IOException {
        var content = read(true);
        var kept = new TreeMap<>(content.days);
        if (kept.keySet().removeAll(dropped) || !content.unreadable.isEmpty()) {
            replace(kept);
        }
    }

    /// Writes these days and no others.
    void replace(Map<LocalDate, DaySummary> days) throws IOException {
        var out = ByteBuffer.allocate(HEADER + days.size() * DaySummary.SIZE);
        out.put(header);
        days.values().forEach(day -> out.put(day.encode()));
        disk.replace(path, out.array());
    }

    /// @param anyway whether a header that is not this track's is written anew rather than refused
    private Content read(boolean anyway) throws IOException {
        var size = disk.size(path);
        if (size < HEADER) {
            return new Content(Map.of(), Map.of(), List.of(), HEADER, size, true);
        }
        var bytes = ByteBuffer.allocate(Math.toIntExact(size));
        try (var file = disk.read(path)) {
            file.read(bytes, 0);
        }
        // A power cut may have kept the length and a day, and lost the header.
        var blank = Arrays.equals(bytes.array(), 0, HEADER, new byte[HEADER], 0, HEADER);
        var own = Arrays.equals(bytes.array(), 0, HEADER, header, 0, HEADER);
        if (!own && !blank && !anyway) {
            throw new StoreFormatException(
                    "%s is not the summary, of version 1, of this track and volume"
                            .formatted(path));
        }
        var days = new LinkedHashMap<LocalDate, DaySummary>();
        var places = new LinkedHashMap<LocalDate, Long>();
        var unreadable = new ArrayList<Long>();
        var place = HEADER;
        for (; place + DaySummary.SIZE <= bytes.position(); place += DaySummary.SIZE) {
            try {
                var summary = DaySummary.parse(bytes.array(), place);
                days.put(summary.day(), summary);
                places.put(summary.day(), (long) place);
            } catch (StoreFormatException | IllegalArgumentException e) {
                unreadable.add((long) place);
            }
        }
        return new Content(days, places, unreadable, place, size, !own);
    }

    /// @param unreadable places that hold no summary
    /// @param end where the next place begins
    /// @param size of the file
    /// @param headless whether the header has to be written
    private record Content(
            Map<LocalDate, DaySummary> days,
            Map<LocalDate, Long> places,
            List<Long> unreadable,
            long end,
            long size,
            boolean headless) {}
}
