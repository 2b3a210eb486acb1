package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.custodes.vault.SecretBox;

/// A small secret on disk, sealed under a named key of the vault.
final class SealedFile {
    private final Path file;
    private final SecretBox box;

    SealedFile(Path file, SecretBox box) {
        this.file = file;
        this.box = box;
    }

    /// What was kept, or else what `make` gives, kept from now on. Written aside, forced, renamed.
    byte[] readOrMake(Supplier<byte[]> make) {
        try {
            if (Files.exists(file)) {
                return box.open(Files.readAllBytes(file), context());
            }
            var made = make.get();
            var aside = file.resolveSibling(file.getFileName() + ".new");
            Files.write(aside, box.seal(made, context()));
            try (var channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] context() {
        return file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    }
}
