package org.custodes.store;

import java.nio.file.Path;
import java.util.Comparator;
import org.custodes.store.Timeline.PackSpan;

/// A pack as readers see it, finished or growing.
sealed interface PackView permits OpenPack, StoredPack {

    /// The order in which packs are played: by day, by era within the day (where the clock stepped
    /// back, the later era comes after the earlier one), by time.
    Comparator<PackHeader> PLAYED =
            Comparator.comparing(PackHeader::day)
                    .thenComparingInt(PackHeader::era)
                    .thenComparingLong(PackHeader::startMicros)
                    .thenComparing(PackHeader::packId);

    PackHeader header();

    /// The pack's file. It may not exist: not yet, or not any more.
    Path file();

    /// How many bytes of the file hold whole entries by now.
    long written();

    /// Whether nothing will be added any more.
    boolean settled();

    PackIndex index();

    /// wallTime of the first record, in microseconds.
    long firstWall();

    /// Latest wallTime of a record, in microseconds.
    long lastWall();

    default PackSpan span() {
        return new PackSpan(header().era(), header().sincePrevious(), firstWall(), lastWall());
    }
}
