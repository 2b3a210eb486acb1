package org.custodes.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.store.CatalogueEntry.Gap;
import org.custodes.store.Coverage.GapSpan;
import org.custodes.store.Coverage.Span;
import org.custodes.store.Stretches.Stretch;

/// Answers where a track has records: from the catalogue's entries for a day or less, else from the
/// summaries alone.
final class Coverages {
    private static final int MINUTES = 1440;

    private final TrackPacks packs;
    private final long now;

    /// @param now wallTime in microseconds: nothing is said of the future
    Coverages(TrackPacks packs, long now) {
        this.packs = packs;
        this.now = now;
    }

    Coverage of(long from, long to, int atMostSpans) {
        var bounds = new Stretch(from, to);
        var timeline = to - from <= Wall.DAY ? packs.timeline(from, to) : byMinutes(from, to);
        var known = new Stretch(from, Math.min(to, now));
        var gaps = new ArrayList<Gap>();
        for (var gap : timeline.gaps()) {
            var part = new Stretch(gap.since(), gap.until()).within(known);
            if (!part.empty()) {
                gaps.add(new Gap(part.start(), part.end(), gap.cause()));
            }
        }
        var spans = new ArrayList<>(timeline.covered().within(bounds).list());
        join(spans, atMostSpans);
        // What was joined over is not told as a gap.
        var shown = Stretches.union(spans);
        return new Coverage(
                spans.stream().map(span -> new Span(range(span))).toList(),
                gaps.stream()
                        .flatMap(gap ->
                                shown.cutFrom(new Stretch(gap.since(), gap.until())).stream()
                                        .map(s -> new GapSpan(range(s), gap.cause())))
                        .toList());
    }

    /// Closes the smallest gaps until few enough spans are left.
    private static void join(List<Stretch> spans, int atMost) {
        if (spans.size() <= atMost) {
            return;
        }
        var kept = new BitSet(spans.size());
        IntStream.range(1, spans.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> width(spans, i)).reversed())
                .limit(Math.max(1, atMost) - 1L)
                .forEach(kept::set);
        var joined = new ArrayList<Stretch>();
        for (var i = 0; i < spans.size(); i++) {
            if (i == 0 || kept.get(i)) {
                joined.add(spans.get(i));
            } else {
                joined.add(new Stretch(joined.removeLast().start(), spans.get(i).end()));
            }
        }
        spans.clear();
        spans.addAll(joined);
    }

    /// Of the gap before one of them.
    private static long width(List<Stretch> spans, int i) {
        return spans.get(i).start() - spans.get(i - 1).end();
    }

    private Timeline byMinutes(long from, long to) {
        var days = new TreeMap<>(packs.summaries());
        var first = Wall.day(from);
        // A day more on each side, for the gaps that reach over the edges.
        var spans = new ArrayList<Stretch>();
        for (var day : days.subMap(first, true, Wall.day(to), true).entrySet()) {
            spans.addAll(minutes(day.getKey(), day.getValue()));
        }
        var covered = Stretches.union(spans);
        var edges = new ArrayList<>(covered.list());
        days.headMap(first).values().stream()
                .flatMap(List::stream)
                .mapToLong(DaySummary::lastWall)
                .max()
                .ifPresent(last -> edges.add(new Stretch(last, last + 1)));
        days.tailMap(Wall.day(to), false).entrySet().stream()
                .findFirst()
                .ifPresent(day -> edges.addAll(minutes(day.getKey(), day.getValue())));
        return new Timeline(covered, gaps(Stretches.union(edges).list(), days));
    }

    private static List<Stretch> minutes(LocalDate day, List<DaySummary> summaries) {
        var joined = new BitSet(MINUTES);
        summaries.forEach(summary -> joined.or(summary.minutes()));
        var start = Wall.startOf(day);
        var spans = new ArrayList<Stretch>();
        for (var from = joined.nextSetBit(0); from >= 0; ) {
            var to = joined.nextClearBit(from);
            spans.add(new Stretch(start + from * Wall.MINUTE, start + to * Wall.MINUTE));
            from = joined.nextSetBit(to);
        }
        return spans;
    }

    private List<Gap> gaps(List<Stretch> covered, Map<LocalDate, List<DaySummary>> days) {
        var gaps = new ArrayList<Gap>();
        for (var i = 1; i < covered.size(); i++) {
            var since = covered.get(i - 1).end();
            var until = covered.get(i).start();
            gaps.add(new Gap(since, until, cause(until, days)));
        }
        if (!covered.isEmpty() && !packs.track().recording()) {
            var since = covered.getLast().end();
            var cause = packs.track().gap().map(Gap::cause).orElse(GapCause.UNKNOWN);
            gaps.add(new Gap(since, CatalogueEntry.OPEN, cause));
        }
        return gaps;
    }

    private static GapCause cause(long until, Map<LocalDate, List<DaySummary>> days) {
        var day = Wall.day(until);
        var minute = (until - Wall.startOf(day)) / Wall.MINUTE;
        return days.getOrDefault(day, List.of()).stream()
                .flatMap(summary -> summary.resumed().stream())
                .filter(resumed -> resumed.minute() == minute)
                .map(DaySummary.Resumed::cause)
                .findFirst()
                .orElse(GapCause.UNKNOWN);
    }

    private static TimeRange range(Stretch stretch) {
        return new TimeRange(Wall.instant(stretch.start()), Wall.instant(stretch.end()));
    }
}
