package org.custodes.vault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The few steps on files that the key store is made of. On which file system they work, the paths say:
/// tests and `chaos` hand in those of a simulated disk.
final class Disk {

    /// Makes a folder and its parents where they are missing; the new entries are synced.
    void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null) {
            makeFolder(parent);
        }
        Files.createDirectory(folder);
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /// The names in a folder; none if there is no such folder.
    List<String> list(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// A file's first bytes; none if there is no such file.
    byte[] read(Path file, int atMost) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(atMost);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /// Writes a whole file, new or over an old one.
    void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    /// Puts a whole file in the place of one, which is there until then; both are synced. For bytes of
    /// which a sync failed once: to sync them again would prove nothing.
    void replace(Path file, byte[] bytes) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".new");
        write(aside, bytes);
        sync(aside);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(Objects.requireNonNull(file.getParent(), "A file lies in a folder"));
    }

    /// Writes over a part of a file in place; makes the file if it is missing.
    void overwrite(Path file, long offset, byte[] bytes) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left, offset + left.position());
            }
        }
    }

    /// Returns when what was written to a file survives a power cut.
    void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// The same for several, side by side: a journal then takes them together. One after the other where
    /// the file system is not the machine's, for the steps of a simulated disk have an order.
    void sync(List<Path> files) throws IOException {
        if (files.size() < 2 || !isReal(files.getFirst())) {
            for (var file : files) {
                sync(file);
            }
            return;
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var syncing = new ArrayList<Future<?>>();
            for (var file : files) {
                syncing.add(
                        threads.submit(() -> {
                            sync(file);
                            return file;
                        }));
            }
            for (var one : syncing) {
                await(one);
            }
        }
    }

    private static boolean isReal(Path file) {
        return file.getFileSystem().equals(FileSystems.getDefault());
    }

    private static void await(Future<?> one) throws IOException {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new IOException("A file could not be synced: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while files were being synced");
        }
    }

    /// Returns when the entries of a folder survive a power cut.
    void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Removes a file; nothing happens if there is none.
    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /// Keeps other processes out of a folder until closed.
    ///
    /// @throws InUseException if another one is in
    Closeable lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by another vault in this process: the same to our caller.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new InUseException(folder);
    }

    /// Another process, or another vault in this one, holds the lock.
    static final class InUseException extends IOException {
        private static final long serialVersionUID = 1L;

        InUseException(Path folder) {
            super("%s is in use by another process".formatted(folder));
        }
    }
}
