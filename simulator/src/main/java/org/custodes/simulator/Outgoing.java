package org.custodes.simulator;

import java.nio.ByteBuffer;

/// What waits to be written to one client: whole messages, in order. Grows from nothing, for
/// most clients never wait.
final class Outgoing {
    private static final int SMALLEST = 16 * 1024;

    private ByteBuffer waiting = ByteBuffer.allocate(0); // in reading position

    boolean isEmpty() {
        return !waiting.hasRemaining();
    }

    ByteBuffer waiting() {
        return waiting;
    }

    /// Whether no more than `bound` bytes would wait with these.
    boolean hasRoomFor(int bytes, int bound) {
        return waiting.remaining() + bytes <= bound;
    }

    void add(ByteBuffer bytes) {
        int need = waiting.remaining() + bytes.remaining();
        if (need > waiting.capacity()) {
            var larger =
                    ByteBuffer.allocateDirect(Math.max(SMALLEST, Integer.highestOneBit(need) * 2));
            larger.put(waiting);
            waiting = larger;
        } else {
            waiting.compact();
        }
        waiting.put(bytes).flip();
    }
}
