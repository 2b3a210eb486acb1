package org.custodes.store;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.custodes.media.GapCause;
import org.custodes.store.CatalogueDay.Listed;
import org.custodes.store.CatalogueEntry.Gap;
import org.custodes.store.Timeline.PackSpan;

/// What 256 bytes tell of one track's UTC day, so that a view wider than a day reads nothing else.
///
/// @param minutes bit n is set if there is a record in the day's minute n
/// @param packs that are ended
/// @param bytes of these packs
/// @param gaps that ended in this day
/// @param firstWall of the first record, [Long#MAX_VALUE] if there is none
/// @param lastWall of the last record, [Long#MIN_VALUE] if there is none
/// @param era the highest era of a record
/// @param resumed why there was nothing before, for at most [#RESUMED] stretches of empty minutes:
///     those of the day's longest
record DaySummary(
        LocalDate day,
        BitSet minutes,
        int packs,
        long bytes,
        int gaps,
        long firstWall,
        long lastWall,
        int era,
        List<Resumed> resumed) {

    static final int SIZE = 256;
    static final int RESUMED = 10;

    private static final int MINUTES = 1440;
    private static final int MAP_BYTES = MINUTES / Byte.SIZE;
    private static final int CHECKED_FROM = 8;
    private static final int NONE = 0xffff;

    /// Records came again in minute `minute`, and nothing came in the one before because of `cause`.
    record Resumed(int minute, GapCause cause) {}

    DaySummary {
        resumed = List.copyOf(resumed);
    }

    /// Sums up a day of the catalogue. Packs that are not ended are left out, and what was noted after
    /// the last record of the others: who shows them knows them from memory. So a summary is due
    /// whenever a pack ends, and at no other time.
    static DaySummary of(LocalDate day, CatalogueDay catalogue) {
        var spans = new ArrayList<PackSpan>();
        var bytes = 0L;
        for (var listed : inOrder(catalogue)) {
            var ended = listed.ended();
            if (ended != null && ended.records() > 0) {
                var header = listed.header();
                spans.add(
                        new PackSpan(
                                header.era(),
                                header.sincePrevious(),
                                ended.firstWall(),
                                ended.lastWall()));
                bytes += ended.bytes();
            }
        }
        var last = spans.stream().mapToLong(PackSpan::lastWall).max().orElse(Long.MIN_VALUE);
        var noted = catalogue.gaps().values().stream().filter(gap -> gap.until() <= last).toList();
        return of(day, spans, noted, bytes);
    }

    private static List<Listed> inOrder(CatalogueDay catalogue) {
        return catalogue.packs().values().stream()
                .sorted(Comparator.comparing(Listed::header, PackView.PLAYED))
                .toList();
    }

    static DaySummary of(LocalDate day, List<PackSpan> spans, List<Gap> noted, long bytes) {
        var timeline = Timeline.of(spans, noted);
        var minutes = minutes(day, timeline);
        var gaps = resumptions(day, spans, noted);
        return new DaySummary(
                day,
                minutes,
                spans.size(),
                bytes,
                gaps.size(),
                spans.stream().mapToLong(PackSpan::firstWall).min().orElse(Long.MAX_VALUE),
                spans.stream().mapToLong(PackSpan::lastWall).max().orElse(Long.MIN_VALUE),
                spans.stream().mapToInt(PackSpan::era).max().orElse(0),
                longest(minutes, gaps));
    }

    private static BitSet minutes(LocalDate day, Timeline timeline) {
        var minutes = new BitSet(MINUTES);
        // A GOP that began before midnight ends after it, in the same pack: it counts for the
        // minute that
        // it began in.
        for (var span : timeline.covered().list()) {
            minutes.set(minute(day, span.start()), minute(day, span.end() - 1) + 1);
        }
        return minutes;
    }

    private static List<Resumed> resumptions(LocalDate day, List<PackSpan> spans, List<Gap> noted) {
        var all = new ArrayList<Resumed>();
        for (var span : spans) {
            if (span.sincePrevious() != GapCause.CONTINUES) {
                all.add(new Resumed(minute(day, span.firstWall()), span.sincePrevious()));
            }
        }
        for (var gap : noted) {
            var known = all.stream().anyMatch(r -> r.minute == minute(day, gap.until()));
            if (!known) {
                all.add(new Resumed(minute(day, gap.until()), gap.cause()));
            }
        }
        return all;
    }

    /// The first or last one for what is of another day. A catalogue may tell any time: nothing is subtracted
    /// that could overflow.
    private static int minute(LocalDate day, long wall) {
        var start = Wall.startOf(day);
        var inside = Math.clamp(wall, start, start + Wall.DAY - 1);
        return (int) ((inside - start) / Wall.MINUTE);
    }

    private static List<Resumed> longest(BitSet minutes, List<Resumed> all) {
        return all.stream()
                .filter(resumed -> emptyBefore(minutes, resumed) > 0)
                .sorted(
                        Comparator.comparingInt((Resumed r) -> emptyBefore(minutes, r))
                                .reversed()
                                .thenComparingInt(Resumed::minute))
                .limit(RESUMED)
                .sorted(Comparator.comparingInt(Resumed::minute))
                .toList();
    }

    private static int emptyBefore(BitSet minutes, Resumed resumed) {
        if (resumed.minute == 0) {
            return MINUTES;
        }
        return resumed.minute - 1 - minutes.previousSetBit(resumed.minute - 1);
    }

    byte[] encode() {
        var out = ByteBuffer.allocate(SIZE);
        out.putInt(Math.toIntExact(day.toEpochDay())).putInt(0);
        out.putLong(firstWall).putLong(lastWall).putLong(bytes).putInt(packs).putInt(gaps);
        var map = minutes.toByteArray();
        out.put(map).position(out.position() + MAP_BYTES - map.length);
        for (var place = 0; place < RESUMED; place++) {
            var known = place < resumed.size();
            out.putShort((short) (known ? resumed.get(place).minute : NONE));
            out.put((byte) (known ? resumed.get(place).cause.number() : 0));
        }
        out.putInt(era);
        return out.putInt(Integer.BYTES, crc(out.array(), 0)).array();
    }

    /// Reads the summary that stands at `offset`.
    ///
    /// @throws StoreFormatException if its checksum or a field is wrong
    static DaySummary parse(byte[] bytes, int offset) {
        var in = ByteBuffer.wrap(bytes, offset, SIZE);
        var day = LocalDate.ofEpochDay(in.getInt());
        if (in.getInt() != crc(bytes, offset)) {
            throw new StoreFormatException("The summary of %s has a wrong checksum".formatted(day));
        }
        var firstWall = in.getLong();
        var lastWall = in.getLong();
        var size = in.getLong();
        var packs = in.getInt();
        var gaps = in.getInt();
        var map = new byte[MAP_BYTES];
        in.get(map);
        var resumed = new ArrayList<Resumed>();
        for (var place = 0; place < RESUMED; place++) {
            var minute = in.getShort() & 0xffff;
            var cause = in.get() & 0xff;
            if (minute < MINUTES) {
                resumed.add(new Resumed(minute, GapCause.ofNumber(cause)));
            }
        }
        var era = in.getInt();
        return new DaySummary(
                day, BitSet.valueOf(map), packs, size, gaps, firstWall, lastWall, era, resumed);
    }

    private static int crc(byte[] bytes, int offset) {
        var crc = new CRC32C();
        crc.update(bytes, offset, Integer.BYTES);
        crc.update(bytes, offset + CHECKED_FROM, SIZE - CHECKED_FROM);
        return (int) crc.getValue();
    }
}
