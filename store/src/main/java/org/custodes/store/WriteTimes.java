package org.custodes.store;

import java.time.Duration;
import java.util.Arrays;

/// How long the last writes of a volume took: one per batch, about one a second and camera. The last
/// [#REMEMBERED] are kept and sorted only when somebody asks.
final class WriteTimes {
    private static final int REMEMBERED = 1_024;

    // Guarded by this.
    private final long[] nanos = new long[REMEMBERED];
    private long count;

    synchronized void add(long took) {
        nanos[(int) (count % REMEMBERED)] = took;
        count++;
    }

    /// What this share of the writes took at most; zero before the first.
    ///
    /// @param share 0 to 1
    Duration atMost(double share) {
        long[] known;
        synchronized (this) {
            known = Arrays.copyOf(nanos, (int) Math.min(count, REMEMBERED));
        }
        if (known.length == 0) {
            return Duration.ZERO;
        }
        Arrays.sort(known);
        var place = (int) Math.ceil(share * known.length) - 1;
        return Duration.ofNanos(known[Math.clamp(place, 0, known.length - 1)]);
    }
}
