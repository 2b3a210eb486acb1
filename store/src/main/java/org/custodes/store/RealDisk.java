package org.custodes.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The files of this machine.
final class RealDisk implements Disk {
    private final VolumeSync volumeSync = VolumeSync.ofThisMachine();

    @Override
    public void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new Opened(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    @Override
    public DiskFile edit(Path file) throws IOException {
        return new Opened(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    @Override
    public DiskFile read(Path file) throws IOException {
        return new Opened(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public void remove(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var aside = file.resolveSibling(file.getFileName() + ".new");
        try (var channel =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        if (folder != null) {
            force(folder);
        }
    }

    @Override
    public void sync(Path volume, Collection<Path> touched) throws IOException {
        if (volumeSync.available()) {
            volumeSync.sync(volume);
            return;
        }
        for (var path : touched) {
            if (Files.exists(path)) {
                force(path);
            }
        }
    }

    private static void force(Path path) throws IOException {
        // A folder can be opened for reading only; forcing a file that way works as well on Linux.
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usable(Path folder) throws IOException {
        return fileStore(folder).getUsableSpace();
    }

    @Override
    public long total(Path folder) throws IOException {
        return fileStore(folder).getTotalSpace();
    }

    private static FileStore fileStore(Path folder) throws IOException {
        return Files.getFileStore(folder);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer as when another one holds it.
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    /// A channel that reads and writes in full.
    private record Opened(FileChannel channel) implements DiskFile {

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer into, long at) throws IOException {
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

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            var written = 0L;
            while (from.hasRemaining()) {
                written += channel.write(from, at + written);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
