package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.custodes.store.OpenPack.Placed;
import org.jspecify.annotations.Nullable;

/// Gathers entries and writes them with one call of the disk per mebibyte. One thread.
final class EntryWriter {
    private static final int BUFFER = 1 << 20;

    /// Outside of the heap: the disk is given it as it is, without another copy. Made by the first
    /// write: a store may be opened to be read.
    private @Nullable ByteBuffer made;

    /// Writes entries one after the other.
    ///
    /// @param before what comes before the first of them, and at which offset
    /// @return where the last one ends
    long write(DiskFile file, byte[] before, long at, List<Placed> entries) throws IOException {
        var buffer = made == null ? ByteBuffer.allocateDirect(BUFFER) : made;
        made = buffer;
        var pouring = new Pouring(file, buffer.clear(), at);
        pouring.put(before, before.length);
        for (var placed : entries) {
            placed.entry().writeTo(pouring::put);
        }
        pouring.flush();
        return pouring.at;
    }

    private static final class Pouring {
        private final DiskFile file;
        private final ByteBuffer buffer;
        private long at;

        Pouring(DiskFile file, ByteBuffer buffer, long at) {
            this.file = file;
            this.buffer = buffer;
            this.at = at;
        }

        void put(byte[] bytes, int length) throws IOException {
            for (var from = 0; from < length; ) {
                if (!buffer.hasRemaining()) {
                    flush();
                }
                var some = Math.min(buffer.remaining(), length - from);
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
