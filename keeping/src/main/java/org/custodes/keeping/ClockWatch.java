package org.custodes.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Notices when the recorder's clock has leapt ahead of the time that has really passed.
///
/// While the program runs, the monotonic clock tells what has passed. Over a stop nothing does: a
/// machine may have been off. There the newest footage is the last time known, and only more than a day
/// is held to be a leap, so that a recorder that is off at night still keeps its retention.
final class ClockWatch {
    static final Duration LEAP = Duration.ofHours(1);
    static final Duration LEAP_OVER_A_STOP = Duration.ofHours(24);

    private final LongSupplier nanos;
    private final Instant lastSeen;
    private final long lastNanos;

    private ClockWatch(LongSupplier nanos, Instant now) {
        this.nanos = nanos;
        this.lastSeen = now;
        this.lastNanos = nanos.getAsLong();
    }

    /// Watches from a moment at which the clock is believed, or its leap is on record.
    static ClockWatch from(Instant now, LongSupplier nanos) {
        return new ClockWatch(nanos, now);
    }

    /// How far the clock has leapt over a stop; empty if it has not, or nobody can tell.
    static Optional<Duration> leapOverStop(Optional<Instant> newestFootage, Instant now) {
        return newestFootage
                .map(newest -> Duration.between(newest, now))
                .filter(gap -> gap.compareTo(LEAP_OVER_A_STOP) > 0);
    }

    /// How far the clock has leapt forward since then; empty if it has not.
    Optional<Duration> leap(Instant now) {
        var passed = Duration.ofNanos(nanos.getAsLong() - lastNanos);
        return Optional.of(Duration.between(lastSeen, now).minus(passed))
                .filter(leap -> leap.compareTo(LEAP) > 0);
    }
}
