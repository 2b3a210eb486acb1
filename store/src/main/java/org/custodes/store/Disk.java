package org.custodes.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Every file operation of the store. On which file system they work, the paths say: tests and
/// `chaos` hand in those of a simulated disk.
final class Disk {
    /// Of the small files that appear whole: what a crash leaves of the one that was being written.
    static final String ASIDE = ".new";

    /// Made at the first sync of a real volume.
    private volatile @Nullable VolumeSync volumeSync;

    private volatile @Nullable PageCache pageCache;

    /// Makes a folder and those above it; nothing happens if it exists.
    void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /// Makes a folder and those above it, each of which survives a power cut when this returns.
    void makeLastingFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null) {
            makeLastingFolder(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            force(parent);
        }
    }

    /// The names in a folder, sorted; none if there is no such folder.
    List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// Whether something of this name exists.
    boolean exists(Path path) {
        return Files.exists(path);
    }

    /// The file's length, 0 if there is no such file.
    long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /// Makes a file that must not exist yet and opens it for writing.
    DiskFile create(Path file) throws IOException {
        return new DiskFile(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /// Opens a file for reading and writing, made empty if it does not exist.
    DiskFile edit(Path file) throws IOException {
        return new DiskFile(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /// Opens a file for reading.
    ///
    /// @throws NoSuchFileException if there is none
    DiskFile read(Path file) throws IOException {
        return new DiskFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    /// Removes a file or an empty folder; nothing happens if there is none.
    void remove(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /// Makes a small file appear whole or not at all: written aside, forced, renamed, and its folder
    /// forced.
    void replace(Path file, byte[] content) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var aside = file.resolveSibling(file.getFileName() + ASIDE);
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

    /// Makes everything written so far last, for the file system that `volume` lies on.
    ///
    /// @param touched files and folders written since the last sync; used where the whole file system
    ///     cannot be synced in one call. What is gone by now is no longer of interest.
    void sync(Path volume, Collection<Path> touched) throws IOException {
        if (volume.getFileSystem().equals(FileSystems.getDefault()) && volumeSync().available()) {
            volumeSync().sync(volume);
            return;
        }
        // In order, so that a simulated run is the same each time.
        for (var path : new TreeSet<>(touched)) {
            if (Files.exists(path)) {
                force(path);
            }
        }
    }

    /// Says that the system need not keep these bytes of a file in memory, once they are on the disk.
    void letGo(Path file, long from, long to) {
        if (file.getFileSystem().equals(FileSystems.getDefault())) {
            var cache = pageCache;
            if (cache == null) {
                cache = PageCache.ofThisMachine();
                pageCache = cache;
            }
            cache.letGo(file, from, to);
        }
    }

    private VolumeSync volumeSync() {
        var made = volumeSync;
        if (made == null) {
            made = VolumeSync.ofThisMachine();
            volumeSync = made;
        }
        return made;
    }

    /// Makes what was written to one file, or the names in one folder, last.
    void force(Path path) throws IOException {
        // A folder can be opened for reading only; forcing a file that way works as well on Linux.
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Bytes that may still be written to the file system of this folder.
    long usable(Path folder) throws IOException {
        return fileStore(folder).getUsableSpace();
    }

    /// Bytes of the file system of this folder.
    long total(Path folder) throws IOException {
        return fileStore(folder).getTotalSpace();
    }

    private static FileStore fileStore(Path folder) throws IOException {
        return Files.getFileStore(folder);
    }

    /// Keeps other processes out until it is closed; empty if another one is in.
    Optional<Closeable> lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer as when another one holds it.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }
}
