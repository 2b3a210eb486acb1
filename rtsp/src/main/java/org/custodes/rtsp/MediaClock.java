package org.custodes.rtsp;

/// Unwraps RTP's 32-bit timestamps (90 kHz, a wrap every 13 hours) into a count that goes on.
final class MediaClock {
    /// The count begins one wrap above zero, so that pictures shown before the first one received
    /// (B-frames) have a positive time too.
    private static final long ORIGIN = 1L << 32;

    /// How far a camera's count may be from the time that went by. What is further off is no late or
    /// early picture: the camera has set its clock, or begun its count anew.
    private static final long LONGEST_DIFFERENCE = 10 * 90_000;

    private boolean running;
    private int last;
    private long lastTicks;
    private long lastNanos;

    /// The unwrapped time of a timestamp: the one nearest to the last, or, where that would be a jump
    /// of more than 10 s against the time that went by, the last one and that time.
    long ticks(int timestamp, long nowNanos) {
        if (running && !isNear(timestamp, nowNanos)) {
            restart(timestamp, nowNanos);
        }
        lastTicks = running ? lastTicks + (timestamp - last) : ORIGIN + (timestamp & 0xFFFF_FFFFL);
        running = true;
        last = timestamp;
        lastNanos = nowNanos;
        return lastTicks;
    }

    /// Whether a timestamp fits the moment at which it came.
    boolean isNear(int timestamp, long nowNanos) {
        var difference = timestamp - last - elapsed(nowNanos);
        return Math.abs(difference) <= LONGEST_DIFFERENCE;
    }

    private long elapsed(long nowNanos) {
        return (nowNanos - lastNanos) * 9 / 100_000;
    }

    boolean isRunning() {
        return running;
    }

    /// The same for a timestamp beside the stream, which moves nothing.
    long ticksBeside(int timestamp) {
        return lastTicks + (timestamp - last);
    }

    /// From the next timestamp on, which has nothing to do with the ones before it, the count goes on
    /// by the time that has gone by.
    void restart(int timestamp, long nowNanos) {
        lastTicks += Math.max(1, elapsed(nowNanos));
        last = timestamp;
        lastNanos = nowNanos;
    }
}
