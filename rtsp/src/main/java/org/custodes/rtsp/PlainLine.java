package org.custodes.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// TCP and nothing else: everybody on the way reads along.
record PlainLine(SocketChannel channel) implements Line {

    @Override
    public int read(ByteBuffer into) throws IOException {
        return ReadMemory.read(channel, into);
    }

    @Override
    public boolean hasMore() {
        return false;
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        return !bytes.hasRemaining();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
