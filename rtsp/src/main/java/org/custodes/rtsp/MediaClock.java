package org.custodes.rtsp;

/// Unwraps RTP's 32-bit timestamps (90 kHz, a wrap every 13 hours) into a count that goes on.
final class MediaClock {
    /// The count begins one wrap above zero, so that pictures shown before the first one received
    /// (B-frames) have a positive time too.
    private static final long ORIGIN = 1L << 32;

    private boolean running;
    private int last;
    private long lastTicks;
    private long lastNanos;

    /// The unwrapped time of a timestamp: the one nearest to the last.
    long ticks(int timestamp, long nowNanos) {
        lastTicks = running ? lastTicks + (timestamp - last) : ORIGIN + (timestamp & 0xFFFF_FFFFL);
        running = true;
        last = timestamp;
        lastNanos = nowNanos;
        return lastTicks;
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
        lastTicks += Math.max(1, (nowNanos - lastNanos) * 9 / 100_000);
        last = timestamp;
    }
}
