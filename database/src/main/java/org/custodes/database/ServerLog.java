package org.custodes.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What the server says, kept in a file of bounded size: at 2 MiB it becomes `<name>.1`, and what was
/// `<name>.1` is gone.
final class ServerLog {
    private static final long MOST_BYTES = 2 << 20;
    private static final int LAST_WORDS = 400;

    private final Path file;
    private volatile String lastWords = "";

    private ServerLog(Path file) {
        this.file = file;
    }

    /// Copies what the process says on a thread of its own, until the process ends.
    static ServerLog of(Process process, Path file) {
        var log = new ServerLog(file);
        Thread.ofPlatform().daemon().name("database-log").start(() -> log.copy(process));
        return log;
    }

    /// The end of what was said last, in one line.
    String lastWords() {
        return lastWords.isEmpty() ? "none; see " + file : lastWords;
    }

    /// Reads on even when the file cannot be written: a full pipe would stop the server.
    private void copy(Process process) {
        var buffer = new byte[8_192];
        try (var said = process.getInputStream()) {
            for (var count = said.read(buffer); count >= 0; count = said.read(buffer)) {
                remember(new String(buffer, 0, count, StandardCharsets.UTF_8));
                keep(buffer, count);
            }
        } catch (IOException ended) {
            // The pipe is closed with its process: there is nothing more to hear.
        }
    }

    private void remember(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        lastWords = line.substring(Math.max(0, line.length() - LAST_WORDS));
    }

    private void keep(byte[] buffer, int count) {
        try {
            if (Files.exists(file) && Files.size(file) + count > MOST_BYTES) {
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream out =
                    Files.newOutputStream(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException full) {
            lastWords = lastWords + " (its log " + file + " cannot be written)";
        }
    }
}
