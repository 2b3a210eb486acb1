package org.custodes.capture;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: 1 s, then twice as long each time up to 30 s, each shortened
/// by up to a quarter at random so that a hundred cameras behind one switch do not come back as one.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// The wait after one more failure.
    Duration afterFailure() {
        var longest = next.toMillis();
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        return Duration.ofMillis(longest - random.nextLong(longest / 4));
    }

    /// Pictures came: the next failure begins at the shortest wait again.
    void reset() {
        next = FIRST;
    }
}
