package org.custodes.simulator;

/// Where a camera is in its clip. Its time never steps back: each round of the clip goes on where the
/// last one ended. Owned by the loop's thread.
///
/// The camera's oscillator may drift: it counts `1 + drift` seconds in one of ours, so frames come that
/// much sooner.
final class Timeline {
    private static final long HOPELESS_NANOS = 2_000_000_000L;

    private final double drift;
    private Clip clip;
    private long startNanos;
    private long roundStart;
    private int index;

    Timeline(Clip clip, long startNanos, double drift) {
        this.clip = clip;
        this.startNanos = startNanos;
        this.drift = drift;
    }

    Clip clip() {
        return clip;
    }

    AccessUnit unit() {
        return clip.accessUnits().get(index);
    }

    /// The monotonic time at which the next unit is to be sent.
    long dueNanos() {
        long nanos = nanos(roundStart + unit().dts());
        return startNanos + nanos - (long) (nanos * (drift / (1 + drift)));
    }

    /// When the next unit is shown, in 90 kHz ticks since the camera began.
    long mediaTime() {
        return roundStart + unit().pts();
    }

    /// The time of a picture taken at `nanos`, on the same scale as [#mediaTime]: what a sender report
    /// puts beside the wall clock. B-frames leave later than they were taken.
    long mediaTimeAt(long nanos) {
        long elapsed = elapsed(nanos);
        return elapsed / 100_000 * 9 + elapsed % 100_000 * 9 / 100_000 + clip.reorderTicks();
    }

    /// Nanoseconds since the camera began, by its own clock.
    long elapsed(long nanos) {
        long elapsed = nanos - startNanos;
        return elapsed + (long) (elapsed * drift);
    }

    void advance() {
        index++;
        if (index == clip.accessUnits().size()) {
            index = 0;
            roundStart += clip.loopTicks();
        }
    }

    /// Another clip from the next unit on, time going on.
    void switchTo(Clip other) {
        roundStart += unit().dts();
        clip = other;
        index = 0;
    }

    /// After the machine slept or stood still, goes on from now instead of sending hours at once.
    void forgive(long nowNanos) {
        long late = nowNanos - dueNanos();
        if (late > HOPELESS_NANOS) {
            startNanos += late;
        }
    }

    private static long nanos(long ticks) {
        return ticks / 9 * 100_000 + ticks % 9 * 100_000 / 9;
    }
}
