package org.custodes.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The machine's files.
final class FileDisk implements Disk {

    @Override
    public void makeFolder(Path folder) throws IOException {
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

    @Override
    public List<String> list(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public byte[] read(Path file, int atMost) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(atMost);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    @Override
    public void overwrite(Path file, long offset, byte[] bytes) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left, offset + left.position());
            }
        }
    }

    @Override
    public void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public Closeable lock(Path folder) throws IOException {
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
}
