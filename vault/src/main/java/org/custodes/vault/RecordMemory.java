package org.custodes.vault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Memory for sealed records that is used again and again: a recorder seals megabytes a second that
/// live for one. Safe for many threads.
///
/// What is never given back is collected like any other array, so forgetting to costs time and never
/// a record. Once a minute what nobody needed in that minute is let go: what waited for a disk that
/// stood still is the machine's again two minutes after.
public final class RecordMemory {
    private static final int SMALLEST = 4 * 1024;

    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

    private final long most;
    private final LongSupplier nanos;

    /// Arrays that nobody uses, by their length; the one used last is taken first, for it may be in the
    /// processor's cache still. Guarded by itself.
    private final Map<Integer, Deque<byte[]>> idle = new HashMap<>();

    private long idleBytes;

    /// The least that lay idle in the running minute.
    private long leastIdle;

    private long windowEnds;

    /// @param most how many bytes may lie idle; what is given back beyond that is left to be collected
    public RecordMemory(long most) {
        this(most, System::nanoTime);
    }

    /// @param nanos a clock that only runs forward
    RecordMemory(long most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.windowEnds = nanos.getAsLong() + WINDOW;
    }

    /// An array of `size` bytes at least, a quarter more at most (or 4 KiB). What it holds is
    /// what an earlier record left: ciphertext.
    byte[] take(int size) {
        var length = lengthFor(size);
        synchronized (idle) {
            var ready = idle.get(length);
            if (ready != null && !ready.isEmpty()) {
                idleBytes -= length;
                leastIdle = Math.min(leastIdle, idleBytes);
                return ready.removeLast();
            }
        }
        return new byte[length];
    }

    /// Takes back what [#take] gave and nobody looks at any more.
    void giveBack(byte[] array) {
        synchronized (idle) {
            if (idleBytes + array.length <= most) {
                idleBytes += array.length;
                idle.computeIfAbsent(array.length, _ -> new ArrayDeque<>()).addLast(array);
            }
            if (nanos.getAsLong() - windowEnds >= 0) {
                letGo(leastIdle);
                leastIdle = idleBytes;
                windowEnds = nanos.getAsLong() + WINDOW;
            }
        }
    }

    /// Those used longest ago, of each length in turn.
    private void letGo(long surplus) {
        var until = idleBytes - surplus;
        while (idleBytes > until) {
            for (var arrays : idle.values()) {
                var oldest = idleBytes > until ? arrays.pollFirst() : null;
                idleBytes -= oldest == null ? 0 : oldest.length;
            }
        }
    }

    /// How many bytes lie idle.
    long idleBytes() {
        synchronized (idle) {
            return idleBytes;
        }
    }

    /// Four lengths between a power of two and the next.
    private static int lengthFor(int size) {
        if (size <= SMALLEST) {
            return SMALLEST;
        }
        var step = Integer.highestOneBit(size - 1) / 4;
        return Math.ceilDiv(size, step) * step;
    }
}
