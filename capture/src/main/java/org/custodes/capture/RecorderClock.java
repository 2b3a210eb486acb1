package org.custodes.capture;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.custodes.store.ClockState;

/// The recorder's time: the wall clock where it agrees with the monotonic one, and a step on record
/// where it does not.
///
/// Monotonic time drives the recording: between two looks at the wall clock the stamps advance with
/// `System.nanoTime` alone, so no stamp ever runs backwards within an era. The wall clock is looked
/// at with every stamp; a difference below [#TOLERATED] (a clock being slewed by NTP, a late
/// thread) is followed softly, at most one part in a hundred of the time that has passed. A larger
/// one is a step: the stamps jump with the clock, and after a step back a new era begins, so that
/// no slot of the day is written twice under one key tree (DESIGN section 6).
final class RecorderClock {
    /// Largest difference that is followed without being called a step.
    static final Duration TOLERATED = Duration.ofMillis(500);

    private static final long SOFTLY = 100;

    /// A moment of the recorder's time.
    record Stamp(Instant wallTime, int era) {}

    /// A jump of the wall clock, in the words of the recorder: it would have been `from`, it is `to`.
    record Step(Instant from, Instant to, int era) {}

    /// Is told of every step, on the thread that found it, before the first stamp after it.
    interface StepListener {
        void stepped(Step step);
    }

    private final InstantSource wall;
    private final LongSupplier monotonic;
    private final Supplier<ClockState> trust;
    private final StepListener listener;

    // Guarded by this.
    private Instant anchorWall;
    private long anchorNanos;
    private int era;

    /// @param trust how far the wall clock can be trusted now
    RecorderClock(
            InstantSource wall,
            LongSupplier monotonic,
            Supplier<ClockState> trust,
            int era,
            StepListener listener) {
        this.wall = wall;
        this.monotonic = monotonic;
        this.trust = trust;
        this.listener = listener;
        this.era = era;
        this.anchorWall = wall.instant();
        this.anchorNanos = monotonic.getAsLong();
    }

    /// The stamp of what happened at `nanos` of the monotonic clock, now or a moment ago.
    synchronized Stamp at(long nanos) {
        follow();
        return new Stamp(anchorWall.plusNanos(nanos - anchorNanos), era);
    }

    synchronized Stamp now() {
        follow();
        return new Stamp(anchorWall, era);
    }

    /// The monotonic clock, in nanoseconds.
    long nanos() {
        return monotonic.getAsLong();
    }

    /// Whether something holds the wall clock, as packs tell it.
    ClockState state() {
        return trust.get();
    }

    private void follow() {
        var before = monotonic.getAsLong();
        var told = wall.instant();
        var nanos = monotonic.getAsLong();
        var passed = nanos - anchorNanos;
        var expected = anchorWall.plusNanos(passed);
        var difference = outside(anchorWall.plusNanos(before - anchorNanos), told, expected);
        if (difference.abs().compareTo(TOLERATED) > 0) {
            step(expected, expected.plus(difference), nanos);
            return;
        }
        var softly = Math.max(-passed / SOFTLY, Math.min(passed / SOFTLY, difference.toNanos()));
        anchorWall = expected.plusNanos(softly);
        anchorNanos = nanos;
    }

    /// By how much the wall clock was off when it was looked at, which was between two looks at the monotonic one. A
    /// machine that stood still between them, or a process that was stopped, makes no step of the wall clock.
    private static Duration outside(Instant earliest, Instant told, Instant latest) {
        if (told.isBefore(earliest)) {
            return Duration.between(earliest, told);
        }
        return told.isAfter(latest) ? Duration.between(latest, told) : Duration.ZERO;
    }

    private void step(Instant from, Instant to, long nanos) {
        if (to.isBefore(from)) {
            era++;
        }
        anchorWall = to;
        anchorNanos = nanos;
        listener.stepped(new Step(from, to, era));
    }
}
