package org.custodes.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// An open file that is read and written in full: one call of the system may do less.
final class DiskFile implements Closeable {
    private final FileChannel channel;

    DiskFile(FileChannel channel) {
        this.channel = channel;
    }

    long size() throws IOException {
        return channel.size();
    }

    /// Reads at a place until `into` is full or the file ends.
    ///
    /// @return how many bytes were read
    int read(ByteBuffer into, long at) throws IOException {
        var read = 0;
        while (into.hasRemaining()) {
            var now = channel.read(into, at + read);
            if (now < 0) {
                break;
            }
            read += now;
        }
        return read;
    }

    /// Writes all of `from` at a place.
    void write(ByteBuffer from, long at) throws IOException {
        var written = 0L;
        while (from.hasRemaining()) {
            written += channel.write(from, at + written);
        }
    }

    /// Cuts the file to `size`.
    void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
