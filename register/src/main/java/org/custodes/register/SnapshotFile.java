package org.custodes.register;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.KeyName;
import org.custodes.vault.Vault;

/// The sealed copy of the register, from which a start without the database records.
/// One thread at a time.
final class SnapshotFile {
    private static final KeyName KEY = new KeyName("register", "snapshot");
    private static final byte[] CONTEXT =
            "register-snapshot-v1".getBytes(StandardCharsets.US_ASCII);
    private static final long LARGEST = 256L << 20;

    private final Path path;
    private final Vault vault;

    SnapshotFile(Path path, Vault vault) {
        this.path = path.toAbsolutePath();
        this.vault = vault;
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    /// The new copy is there whole or not at all: written aside, forced, renamed, and the folder
    /// forced so that the rename survives a power cut.
    void write(RegisterState state) throws IOException {
        var sealed = vault.box(KEY).seal(SnapshotCodec.write(state), CONTEXT);
        var folder = path.getParent();
        Files.createDirectories(folder);
        var aside = path.resolveSibling(path.getFileName() + ".new");
        try (var file =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            var buffer = ByteBuffer.wrap(sealed);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
        Files.move(
                aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /// Reads the copy.
    ///
    /// @throws IOException if there is none, or it is not one of this installation
    RegisterState read() throws IOException {
        var size = Files.size(path);
        if (size > LARGEST) {
            throw new IOException(
                    "A copy of the register has at most %d bytes, but got %d"
                            .formatted(LARGEST, size));
        }
        try {
            return SnapshotCodec.read(vault.box(KEY).open(Files.readAllBytes(path), CONTEXT));
        } catch (CannotOpenException e) {
            throw new IOException(
                    "The copy of the register was not sealed here, or was altered", e);
        }
    }
}
