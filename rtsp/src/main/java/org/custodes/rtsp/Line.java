package org.custodes.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// The bytes between a camera and us, whatever carries them. Nothing here waits: who reads asks the
/// selector in which its [#channel] is registered, unless there [#hasMore].
sealed interface Line extends AutoCloseable permits PlainLine, TlsLine, HttpTunnel {

    /// Reads what is there, as far as it fits.
    ///
    /// @return how many bytes; 0 if none are there yet, -1 at the end
    int read(ByteBuffer into) throws IOException;

    /// Whether something can be read that the channel has already given.
    boolean hasMore();

    /// Writes, as far as the system takes it.
    ///
    /// @return whether it took all; if not, nothing can be written after it
    boolean write(ByteBuffer bytes) throws IOException;

    /// What a selector can watch for something to read.
    SocketChannel channel();

    @Override
    void close() throws IOException;
}
