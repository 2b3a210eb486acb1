package org.custodes.mishap;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The machine's two clocks, held by hand: the wall clock, which may step, and the monotonic one,
/// which only runs forward.
public final class SimulatedClock implements InstantSource, LongSupplier {
    private volatile Instant now;
    private volatile long nanos;

    public SimulatedClock(Instant start) {
        now = start;
    }

    /// Time passes, and both clocks show it.
    public synchronized void pass(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time does not pass backwards, but got " + time);
        }
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /// Somebody sets the wall clock, and no time passes.
    public synchronized void set(Instant wall) {
        now = wall;
    }

    /// Somebody moves the wall clock, and no time passes.
    public synchronized void step(Duration far) {
        now = now.plus(far);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// The monotonic clock, in nanoseconds.
    @Override
    public long getAsLong() {
        return nanos;
    }
}
