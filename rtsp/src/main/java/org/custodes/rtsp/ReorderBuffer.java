package org.custodes.rtsp;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts packets that overtook each other back into their order, before a track takes them.
///
/// What comes in its order passes through at once and is not copied. What came too early waits for
/// what is missing, 50 ms at most, and not more than 512 packets or 1 MiB of it; then what is missing
/// counts as lost, and comes too late if it comes at all. So a loss costs 50 ms of delay and never a
/// mix of two pictures.
final class ReorderBuffer {
    /// A power of two: a packet's place is its number modulo this.
    private static final int MOST = 512;

    private static final int MOST_BYTES = 1 << 20;
    private static final long PATIENCE = Duration.ofMillis(50).toNanos();

    private final VideoTrack track;
    private final byte[] @Nullable [] waiting = new byte[MOST][];
    private final long[] arrivals = new long[MOST];
    private int count;
    private int bytes;
    private int restarts;
    private long sinceNanos;

    ReorderBuffer(VideoTrack track) {
        this.track = track;
    }

    void rtp(byte[] buffer, int offset, int length, long nowNanos) {
        giveUpIfDue(nowNanos);
        var ahead = track.ahead(buffer, offset, length);
        while (count > 0 && ahead > 0 && (ahead >= MOST || bytes + length > MOST_BYTES)) {
            skipToNext(nowNanos);
            ahead = track.ahead(buffer, offset, length);
        }
        if (ahead <= 0 || ahead >= MOST) {
            pass(buffer, offset, length, nowNanos);
        } else {
            keep(buffer, offset, length, nowNanos);
        }
    }

    private void keep(byte[] buffer, int offset, int length, long nowNanos) {
        var place = place(BigEndian.u16(buffer, offset + 2));
        if (waiting[place] != null) {
            track.leaveAside(); // it came twice
            return;
        }
        waiting[place] = Arrays.copyOfRange(buffer, offset, offset + length);
        arrivals[place] = nowNanos;
        sinceNanos = count == 0 ? nowNanos : sinceNanos;
        count++;
        bytes += length;
    }

    private void pass(byte[] buffer, int offset, int length, long nowNanos) {
        track.rtp(buffer, offset, length, nowNanos);
        forgetIfRestarted();
        var waited = count;
        for (var next = take(place(track.expected())); next != null; ) {
            track.rtp(next, 0, next.length, nowNanos);
            next = take(place(track.expected()));
        }
        if (count > 0 && count < waited) {
            sinceNanos = arrivals[firstWaiting()];
        }
    }

    private byte @Nullable [] take(int place) {
        var packet = waiting[place];
        if (packet != null) {
            waiting[place] = null;
            count--;
            bytes -= packet.length;
        }
        return packet;
    }

    /// What is missing before the first one that waits will not be waited for any more.
    private void skipToNext(long nowNanos) {
        var first = take(firstWaiting());
        if (first != null) {
            pass(first, 0, first.length, nowNanos);
        }
        if (count > 0) {
            sinceNanos = arrivals[firstWaiting()];
        }
    }

    private int firstWaiting() {
        var place = place(track.expected());
        while (count > 0 && waiting[place] == null) {
            place = place(place + 1);
        }
        return place;
    }

    /// A sender that began anew has nothing to do with what waited.
    private void forgetIfRestarted() {
        if (restarts != track.restarts()) {
            restarts = track.restarts();
            while (count > 0) {
                take(firstWaiting());
                track.leaveAside();
            }
        }
    }

    /// Goes on without what has been missing for too long.
    void giveUpIfDue(long nowNanos) {
        while (count > 0 && nowNanos - dueNanos() >= 0) {
            skipToNext(nowNanos);
        }
    }

    boolean isWaiting() {
        return count > 0;
    }

    /// While it waits: until when.
    long dueNanos() {
        return sinceNanos + PATIENCE;
    }

    private static int place(int number) {
        return number & (MOST - 1);
    }
}
