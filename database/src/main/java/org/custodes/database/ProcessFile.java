package org.custodes.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What stands in a running server's `postmaster.pid`: eight lines, of which the first is its
/// process, the fourth its port and the last its state (PostgreSQL 18, `pidfile.h`).
record ProcessFile(long pid, int port, String state) {
    private static final int MOST_BYTES = 8_192;

    /// Empty if there is none, or one that is being written.
    static Optional<ProcessFile> read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        return parse(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }

    private static Optional<ProcessFile> parse(List<String> lines) {
        try {
            var port = lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0;
            var state = lines.size() > 7 ? lines.get(7).strip() : "";
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new ProcessFile(Long.parseLong(lines.getFirst().strip()), port, state));
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    boolean isReady() {
        return state.equals("ready");
    }
}
