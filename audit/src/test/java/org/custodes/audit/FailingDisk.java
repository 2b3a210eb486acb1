package org.custodes.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A real disk whose n-th opening, writing, syncing or cutting fails, or every one from the n-th on. A
/// write that fails leaves half of its bytes behind.
final class FailingDisk implements ChannelOpener {
    private int steps;
    private int first;
    private int last;

    synchronized void failAt(int step) {
        steps = 0;
        first = step;
        last = step;
    }

    synchronized void failFrom(int step) {
        steps = 0;
        first = step;
        last = Integer.MAX_VALUE;
    }

    synchronized void work() {
        first = 0;
        last = 0;
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        if (fails()) {
            throw new IOException("no file can be opened");
        }
        return new FailingChannel(FileChannel.open(file, options));
    }

    private synchronized boolean fails() {
        steps++;
        return first <= steps && steps <= last;
    }

    private final class FailingChannel extends FileChannel {
        private final FileChannel real;

        private FailingChannel(FileChannel real) {
            this.real = real;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            if (fails()) {
                real.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
                throw new IOException("No space left on device");
            }
            return real.write(bytes, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (fails()) {
                throw new IOException("Input/output error");
            }
            real.force(metaData);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (fails()) {
                throw new IOException("Read-only file system");
            }
            return real.truncate(size);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return real.read(bytes);
        }

        @Override
        public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
            return real.read(bytes, offset, length);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return real.read(bytes, position);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return real.write(bytes);
        }

        @Override
        public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
            return real.write(bytes, offset, length);
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            return real.position(newPosition);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel to)
                throws IOException {
            return real.transferTo(position, count, to);
        }

        @Override
        public long transferFrom(ReadableByteChannel from, long position, long count)
                throws IOException {
            return real.transferFrom(from, position, count);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return real.map(mode, position, size);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return real.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return real.tryLock(position, size, shared);
        }
    }
}
