package org.custodes.vault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Memory for sealed records that is used again and again: a recorder seals megabytes a second that
/// live for one. Safe for many threads.
///
/// What is never given back is collected like any other array, so forgetting to costs time and never
/// a record.
public final class RecordMemory {
    private static final int SMALLEST = 4 * 1024;

    private final long most;

    /// Arrays that nobody uses, by their length; the one used last is taken first, for it may be in the
    /// processor's cache still. Guarded by itself.
    private final Map<Integer, Deque<byte[]>> idle = new HashMap<>();

    private long idleBytes;

    /// @param most how many bytes may lie idle; what is given back beyond that is left to be collected
    public RecordMemory(long most) {
        this.most = most;
    }

    /// An array of `size` bytes at least, a quarter more at most (or 4 KiB). What it holds is
    /// what an earlier record left: ciphertext.
    byte[] take(int size) {
        var length = lengthFor(size);
        synchronized (idle) {
            var ready = idle.get(length);
            if (ready != null && !ready.isEmpty()) {
                idleBytes -= length;
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
