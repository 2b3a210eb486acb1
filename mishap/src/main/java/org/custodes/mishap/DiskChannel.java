package org.custodes.mishap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.custodes.mishap.SimulatedDisk.Kind;
import org.jspecify.annotations.Nullable;

/// An open file, or a folder that is opened to be synced. It belongs to the process that opened it and
/// goes with it.
final class DiskChannel extends FileChannel {
    private final SimulatedDisk disk;
    private final DiskPath path;
    private final Node node;
    private final @Nullable FileNode file;
    private final Set<? extends OpenOption> options;
    private final long process;
    private long position;
    private @Nullable Lock lock;

    /// @param file the node if it is a file
    DiskChannel(
            SimulatedDisk disk,
            DiskPath path,
            Node node,
            @Nullable FileNode file,
            Set<? extends OpenOption> options) {
        this.disk = disk;
        this.path = path;
        this.node = node;
        this.file = file;
        this.options = options;
        this.process = disk.process();
        disk.open();
    }

    private FileNode file() throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        if (file == null) {
            throw new IOException("Is a directory: " + path);
        }
        return file;
    }

    private FileNode writable() throws IOException {
        if (!options.contains(StandardOpenOption.WRITE)) {
            throw new NonWritableChannelException();
        }
        return file();
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        if (options.contains(StandardOpenOption.WRITE)
                && !options.contains(StandardOpenOption.READ)) {
            throw new NonReadableChannelException();
        }
        disk.read(path, process);
        synchronized (disk) {
            return file().read(into, at);
        }
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        var target = writable();
        var length = Math.min(from.remaining(), disk.mostPerWrite());
        if (length == 0) {
            return 0;
        }
        var written =
                disk.step(
                        Kind.WRITE,
                        path,
                        process,
                        step -> {
                            checkRoom(at + length);
                            return put(target, from, length, at, step);
                        },
                        step -> put(target, from.duplicate(), length / 2, at, step));
        if (options.contains(StandardOpenOption.SYNC)) {
            force(true);
        }
        return written;
    }

    private static int put(FileNode target, ByteBuffer from, int length, long at, long step) {
        target.write(from.slice(from.position(), length), at, step);
        from.position(from.position() + length);
        return length;
    }

    private void checkRoom(long end) throws IOException {
        var more = end - file().size();
        if (more > 0 && more > disk.room()) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        var target = writable();
        if (size < target.size()) {
            disk.step(
                    Kind.TRUNCATE,
                    path,
                    process,
                    step -> {
                        target.truncate(size, step);
                        return size;
                    },
                    _ -> "nothing");
        }
        position = Math.min(position, size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        disk.step(
                Kind.SYNC,
                path,
                process,
                _ -> {
                    node.synced();
                    return path;
                },
                _ -> {
                    node.lost();
                    return path;
                });
    }

    @Override
    public long size() throws IOException {
        disk.read(path, process);
        synchronized (disk) {
            return file().size();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        var read = read(into, position);
        position += Math.max(read, 0);
        return read;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException("Nobody scatters on a simulated disk");
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        var written = write(from, position);
        position += written;
        return written;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException("Nobody gathers on a simulated disk");
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long next) {
        position = next;
        return this;
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(count, FileNode.PAGE));
        var read = read(bytes, from);
        return read < 0 ? 0 : target.write(bytes.flip());
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long to, long count) {
        throw new UnsupportedOperationException("Nobody transfers to a simulated disk");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException("A simulated file cannot be mapped");
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) {
        return tryLock(from, size, shared);
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) {
        disk.checkAlive(process);
        if (!disk.lock(path)) {
            throw new OverlappingFileLockException();
        }
        return new Lock(this, from, size, shared);
    }

    private static final class Lock extends FileLock {
        private boolean valid = true;

        Lock(DiskChannel channel, long from, long size, boolean shared) {
            super(channel, from, size, shared);
            channel.lock = this;
        }

        @Override
        public boolean isValid() {
            return valid;
        }

        @Override
        public void release() {
            if (valid && acquiredBy() instanceof DiskChannel channel) {
                valid = false;
                channel.disk.unlock(channel.path, channel.process);
            }
        }
    }

    @Override
    protected void implCloseChannel() {
        var held = lock;
        if (held != null) {
            held.release();
        }
        disk.close(process);
    }
}
