package org.custodes.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.custodes.media.GapCause;
import org.custodes.store.CatalogueEntry.Gap;
import org.custodes.store.Stretches.Stretch;

/// Where packs have records, and where and why there are none between them.
///
/// @param covered stretches with records
/// @param gaps stretches without, in order; the last may be open
record Timeline(Stretches covered, List<Gap> gaps) {

    /// A pack that goes on after the one before follows within this time. If it does not, that pack
    /// lies on a volume which is not here.
    private static final long BRIDGE = Wall.MINUTE;

    /// When one pack's records came.
    record PackSpan(int era, GapCause sincePrevious, long firstWall, long lastWall) {

        /// One microsecond longer than from first to last: the last record belongs to it.
        Stretch stretch() {
            return new Stretch(firstWall, lastWall + 1);
        }
    }

    Timeline {
        gaps = List.copyOf(gaps);
    }

    /// Works out what is covered, and why the rest is not.
    ///
    /// @param packs in the order in which they are played
    /// @param noted gaps that were noted while they happened; they say more than what can be
    ///     concluded from a pack's `sincePrevious`
    static Timeline of(List<PackSpan> packs, List<Gap> noted) {
        var explained = noted.stream().map(gap -> closed(gap, packs, noted)).toList();
        var holes = Stretches.union(explained.stream().map(Timeline::stretch).toList());
        var spans = new ArrayList<Stretch>();
        var between = new ArrayList<Gap>();
        PackSpan before = null;
        for (var pack : packs) {
            spans.add(pack.stretch());
            if (before != null && before.lastWall < pack.firstWall) {
                var hole = new Gap(before.lastWall + 1, pack.firstWall, pack.sincePrevious);
                if (pack.sincePrevious != GapCause.CONTINUES) {
                    between.add(hole);
                } else if (hole.until() - hole.since() <= BRIDGE) {
                    spans.add(stretch(hole));
                }
            }
            before = pack;
        }
        var covered = Stretches.union(spans).minus(holes);
        var gaps =
                Stream.concat(
                                explained.stream().flatMap(gap -> cut(gap, covered)),
                                between.stream()
                                        .flatMap(gap -> cut(gap, holes))
                                        .flatMap(gap -> cut(gap, covered)))
                        .sorted(Comparator.comparingLong(Gap::since))
                        .toList();
        return new Timeline(covered, gaps);
    }

    /// One whose end nobody noted lasts until the next pack, or until another cause was noted.
    private static Gap closed(Gap gap, List<PackSpan> packs, List<Gap> noted) {
        if (gap.until() != CatalogueEntry.OPEN) {
            return gap;
        }
        var next =
                LongStream.concat(
                                packs.stream().mapToLong(PackSpan::firstWall),
                                noted.stream().mapToLong(Gap::since))
                        .filter(first -> first > gap.since())
                        .min();
        return new Gap(gap.since(), next.orElse(CatalogueEntry.OPEN), gap.cause());
    }

    private static Stream<Gap> cut(Gap gap, Stretches away) {
        return away.cutFrom(stretch(gap)).stream()
                .map(left -> new Gap(left.start(), left.end(), gap.cause()));
    }

    private static Stretch stretch(Gap gap) {
        return new Stretch(gap.since(), gap.until());
    }
}
