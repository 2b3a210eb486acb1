package org.custodes.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The clocks of a store that lives through weeks in minutes. One thread.
final class ClockInHand implements InstantSource, LongSupplier {
    private Instant now = Instant.EPOCH;
    private long nanos;

    void setTo(Instant instant) {
        now = instant;
    }

    /// One second passes on the clock by which the store writes and syncs.
    void passASecond() {
        nanos += TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
