package org.custodes.store;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.custodes.media.GapCause;
import org.custodes.store.CatalogueEntry.Gap;
import org.custodes.store.Timeline.PackSpan;

/// One track's packs over all volumes and memory, in the order in which they are played. Loads a day
/// when it is asked for. A volume that cannot be read is left out: the others go on.
final class TrackPacks {
    private static final Comparator<PackView> PLAYED =
            Comparator.comparing(PackView::header, PackView.PLAYED);

    private final Track track;
    private final List<Volume> volumes;

    TrackPacks(Track track, List<Volume> volumes) {
        this.track = track;
        this.volumes = volumes;
    }

    Track track() {
        return track;
    }

    /// The days that have packs or notes.
    SortedSet<LocalDate> days() {
        var days = new TreeSet<LocalDate>();
        track.packs().forEach(pack -> days.add(pack.header().day()));
        for (var volume : volumes) {
            volume.leftOpen().stream()
                    .filter(name -> name.track().equals(track.id()))
                    .forEach(name -> days.add(name.day()));
            try {
                if (volume.catalogue().isPresent()) {
                    days.addAll(volume.catalogue().get().days(track.id()));
                }
            } catch (IOException e) {
                // The other volumes answer; this one's alarm stands, or will.
            }
        }
        return days;
    }

    /// The packs of a day that have records, in the order in which they are played.
    List<PackView> packs(LocalDate day) {
        // Memory is asked first and wins: a pack that is finished in between is found in both.
        var found = new HashMap<UUID, PackView>();
        for (var pack : track.packs()) {
            if (pack.header().day().equals(day) && pack.hasFrames() && !track.isGone(pack)) {
                found.put(pack.header().packId(), pack);
            }
        }
        for (var volume : volumes) {
            var listed = listed(volume, day);
            for (var pack : listed.packs().values()) {
                if (!found.containsKey(pack.header().packId())) {
                    view(volume, pack).ifPresent(view -> found.put(pack.header().packId(), view));
                }
            }
            for (var name : volume.leftOpen()) {
                if (name.track().equals(track.id())
                        && name.day().equals(day)
                        && !listed.packs().containsKey(name.pack())) {
                    torn(volume, name).ifPresent(view -> found.put(name.pack(), view));
                }
            }
        }
        return found.values().stream().sorted(PLAYED).toList();
    }

    private CatalogueDay listed(Volume volume, LocalDate day) {
        try {
            return volume.catalogue().isPresent()
                    ? volume.catalogue().get().day(track.id(), day)
                    : CatalogueDay.empty();
        } catch (IOException | StoreFormatException e) {
            return CatalogueDay.empty();
        }
    }

    private static Optional<PackView> view(Volume volume, CatalogueDay.Listed listed) {
        var ended = listed.ended();
        if (ended == null) {
            return torn(volume, listed.header().openName());
        }
        var path = volume.layout().pack(listed.header());
        return ended.records() == 0
                ? Optional.empty()
                : Optional.of(StoredPack.of(listed.header(), path, ended));
    }

    private static Optional<PackView> torn(Volume volume, Layout.OpenName name) {
        try {
            var pack = volume.torn(name);
            return pack.written() > PackHeader.SIZE ? Optional.of(pack) : Optional.empty();
        } catch (IOException | StoreFormatException e) {
            // Not even a header, or gone by now.
            return Optional.empty();
        }
    }

    /// Gaps that were noted in a day.
    List<Gap> gaps(LocalDate day) {
        var found = new ArrayList<Gap>();
        for (var volume : volumes) {
            found.addAll(listed(volume, day).gaps().values());
            for (var step : listed(volume, day).steps()) {
                if (step.to() > step.from()) {
                    found.add(new Gap(step.from(), step.to(), GapCause.CLOCK_STEPPED));
                }
            }
        }
        return found;
    }

    /// The pack that is played after this one.
    Optional<PackView> after(PackHeader header) {
        for (var day : days().tailSet(header.day())) {
            for (var pack : packs(day)) {
                if (PackView.PLAYED.compare(pack.header(), header) > 0) {
                    return Optional.of(pack);
                }
            }
        }
        return Optional.empty();
    }

    /// The pack that is played before this one.
    Optional<PackView> before(PackHeader header) {
        for (var day : descending(days().headSet(header.day().plusDays(1)))) {
            for (var pack : packs(day).reversed()) {
                if (PackView.PLAYED.compare(pack.header(), header) < 0) {
                    return Optional.of(pack);
                }
            }
        }
        return Optional.empty();
    }

    Optional<PackView> first() {
        for (var day : days()) {
            var packs = packs(day);
            if (!packs.isEmpty()) {
                return Optional.of(packs.getFirst());
            }
        }
        return Optional.empty();
    }

    Optional<PackView> last() {
        for (var day : descending(days())) {
            var packs = packs(day);
            if (!packs.isEmpty()) {
                return Optional.of(packs.getLast());
            }
        }
        return Optional.empty();
    }

    /// The era of the newest record, or the next if that one is later than `now`; 0 if there is none.
    int era(long now) {
        var summaries = summaries();
        var era =
                summaries.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(DaySummary::era)
                        .max()
                        .orElse(0);
        var newest = new TreeMap<>(summaries);
        newest.values()
                .removeIf(day -> day.stream().noneMatch(s -> s.packs() > 0 && s.era() == era));
        var days = unsummed();
        // A summary does not tell in which of a day's eras its last record was made.
        var isAllBefore =
                newest.values().stream()
                        .flatMap(List::stream)
                        .allMatch(summary -> summary.lastWall() <= now);
        if (days.isEmpty() && isAllBefore) {
            return era;
        }
        if (!newest.isEmpty()) {
            days.add(newest.lastKey());
        }
        return latest(days)
                .map(pack -> pack.header().era() + (pack.lastWall() > now ? 1 : 0))
                .orElse(0);
    }

    /// The days of which not all is summed up: their packs are running, or their recorder was killed.
    private SortedSet<LocalDate> unsummed() {
        var days = new TreeSet<LocalDate>();
        track.packs().forEach(pack -> days.add(pack.header().day()));
        for (var volume : volumes) {
            volume.leftOpen().stream()
                    .filter(name -> name.track().equals(track.id()))
                    .forEach(name -> days.add(name.day()));
        }
        return days;
    }

    /// Of the highest era the pack that ended last.
    private Optional<PackView> latest(SortedSet<LocalDate> days) {
        return days.stream()
                .flatMap(day -> packs(day).stream())
                .max(
                        Comparator.comparingInt((PackView pack) -> pack.header().era())
                                .thenComparingLong(PackView::lastWall));
    }

    /// The pack in which a wallTime lies, or the last that ended before it. Where the clock stepped
    /// back and several have it, the one that is played first: playing on shows the others too.
    Optional<PackView> at(long wall) {
        // The rest of a GOP that began before midnight lies in the day before.
        for (var day : descending(days().headSet(Wall.day(wall).plusDays(1)))) {
            var candidates = packs(day).stream().filter(pack -> pack.firstWall() <= wall).toList();
            var within = candidates.stream().filter(pack -> wall <= pack.lastWall()).findFirst();
            if (within.isPresent()) {
                return within;
            }
            var before = candidates.stream().max(Comparator.comparingLong(PackView::lastWall));
            if (before.isPresent()) {
                return before;
            }
        }
        return Optional.empty();
    }

    /// The first pack that has a key frame after a wallTime.
    Optional<PackView> withKeyAfter(long wall) {
        for (var day : days().tailSet(Wall.day(wall).minusDays(1))) {
            for (var pack : packs(day)) {
                if (pack.index().firstKeyAfter(wall) >= 0) {
                    return Optional.of(pack);
                }
            }
        }
        return Optional.empty();
    }

    /// What lies between the end of one pack and the beginning of the next.
    List<Gap> between(PackView before, PackView next) {
        var noted = new ArrayList<Gap>();
        for (var day : days().subSet(before.header().day(), next.header().day().plusDays(1))) {
            for (var gap : gaps(day)) {
                if (gap.until() > before.lastWall() && gap.since() < next.firstWall()) {
                    noted.add(gap);
                }
            }
        }
        return Timeline.of(List.of(before.span(), next.span()), noted).gaps().stream()
                .filter(gap -> gap.since() > before.lastWall() && gap.since() < next.firstWall())
                .map(gap ->
                        new Gap(gap.since(), Math.min(gap.until(), next.firstWall()), gap.cause()))
                .toList();
    }

    /// Spans and gaps from the last pack before `from` to the first pack after `to`.
    Timeline timeline(long from, long to) {
        var days = days();
        var wanted =
                new TreeSet<>(days.subSet(Wall.day(from).minusDays(1), Wall.day(to).plusDays(1)));
        // The neighbours tell why there is nothing at the edges.
        days.headSet(Wall.day(from).minusDays(1)).stream()
                .max(Comparator.naturalOrder())
                .ifPresent(wanted::add);
        days.tailSet(Wall.day(to).plusDays(1)).stream().findFirst().ifPresent(wanted::add);
        var spans = new ArrayList<PackSpan>();
        var noted = new ArrayList<Gap>();
        for (var day : wanted) {
            packs(day).stream().filter(TrackPacks::lasts).map(PackView::span).forEach(spans::add);
            noted.addAll(gaps(day));
        }
        track.gap().filter(gap -> !noted.contains(gap)).ifPresent(noted::add);
        if (!days.isEmpty() && wanted.contains(days.last())) {
            unexplained(spans, noted).ifPresent(noted::add);
        }
        return Timeline.of(spans, noted);
    }

    /// Nothing comes, and nobody has said why.
    private Optional<Gap> unexplained(List<PackSpan> spans, List<Gap> noted) {
        var last = spans.stream().mapToLong(PackSpan::lastWall).max();
        if (track.recording()
                || last.isEmpty()
                || noted.stream().anyMatch(gap -> gap.until() > last.getAsLong())) {
            return Optional.empty();
        }
        return Optional.of(new Gap(last.getAsLong() + 1, CatalogueEntry.OPEN, GapCause.UNKNOWN));
    }

    /// A pack that lives in the tail only is not coverage.
    private static boolean lasts(PackView pack) {
        return !(pack instanceof OpenPack open)
                || (open.volume().isPresent()
                        && (open.failure().isEmpty() || open.writtenRecords() > 0));
    }

    /// The summaries of each day, joined over volumes; running packs included.
    Map<LocalDate, List<DaySummary>> summaries() {
        var found = new HashMap<LocalDate, List<DaySummary>>();
        for (var volume : volumes) {
            try {
                if (volume.catalogue().isPresent()) {
                    volume.catalogue()
                            .get()
                            .summaries(track.id())
                            .forEach((day, summary) -> add(found, day, summary));
                }
            } catch (IOException | StoreFormatException e) {
                // The other volumes answer; this one's alarm stands, or will.
            }
        }
        for (var pack : track.packs()) {
            if (lasts(pack) && pack.hasFrames()) {
                var day = pack.header().day();
                add(
                        found,
                        day,
                        DaySummary.of(day, List.of(pack.span()), List.of(), pack.written()));
            }
        }
        return found;
    }

    private static void add(
            Map<LocalDate, List<DaySummary>> found, LocalDate day, DaySummary summary) {
        found.computeIfAbsent(day, _ -> new ArrayList<>()).add(summary);
    }

    private static List<LocalDate> descending(SortedSet<LocalDate> days) {
        return new ArrayList<>(days).reversed();
    }
}
