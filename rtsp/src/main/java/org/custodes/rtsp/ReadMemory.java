package org.custodes.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Memory outside of the heap through which the system hands over what it received. Without it each
/// thread that reads would get its own from the runtime and keep it: with hundreds of cameras tens of
/// megabytes, none of them in the processor's cache. A thread has one only while it reads.
final class ReadMemory {
    private static final int SIZE = 128 * 1024;
    private static final ConcurrentLinkedDeque<ByteBuffer> IDLE = new ConcurrentLinkedDeque<>();

    private ReadMemory() {}

    /// Reads what is there, as far as it fits.
    ///
    /// @return as [SocketChannel#read] gives it
    static int read(SocketChannel channel, ByteBuffer into) throws IOException {
        var taken = IDLE.pollLast();
        var memory = taken == null ? ByteBuffer.allocateDirect(SIZE) : taken;
        try {
            var count = channel.read(memory.clear().limit(Math.min(SIZE, into.remaining())));
            into.put(memory.flip());
            return count;
        } finally {
            IDLE.addLast(memory);
        }
    }
}
