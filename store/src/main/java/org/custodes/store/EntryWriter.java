package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.custodes.store.OpenPack.Placed;

/// Gathers entries and writes them with one call of the disk per mebibyte. One thread.
final class EntryWriter {
    private static final int BUFFER = 1 << 20;

    /// Outside of the heap: the disk is given it as it is, without another copy.
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    /// Writes entries one after the other.
    ///
    /// @param before what comes before the first of them, and at which offset
    /// @return where the last one ends
    long write(Disk.DiskFile file, byte[] before, long at, List<Placed> entries)
            throws IOException {
        buffer.clear();
        var pouring = new Pouring(file, at);
        pouring.put(before);
        for (var placed : entries) {
            placed.entry().writeTo(pouring::put);
        }
        pouring.flush();
        return pouring.at;
    }

    private final class Pouring {
        private final Disk.DiskFile file;
        private long at;

        Pouring(Disk.DiskFile file, long at) {
            this.file = file;
            this.at = at;
        }

        void put(byte[] bytes) throws IOException {
            for (var from = 0; from < bytes.length; ) {
                if (!buffer.hasRemaining()) {
                    flush();
                }
                var some = Math.min(buffer.remaining(), bytes.length - from);
                buffer.put(bytes, from, some);
                from += some;
            }
        }

        void flush() throws IOException {
            buffer.flip();
            var length = buffer.remaining();
            file.write(buffer, at);
            at += length;
            buffer.clear();
        }
    }
}
