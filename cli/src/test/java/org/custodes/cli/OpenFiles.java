package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The regular files that a program and all that it started have open, by the kernel's own books
/// (proc(5)): also those that have lost their name.
final class OpenFiles {
    /// O_WRONLY or O_RDWR.
    private static final int WRITTEN = 3;

    private static final String DELETED = " (deleted)";

    private OpenFiles() {}

    /// @param link leads to the file, whatever its name has become
    /// @param name its place, with a mark if it has been removed
    /// @param written whether it was opened for writing
    record OpenFile(Path link, String name, boolean written) {
        boolean deleted() {
            return name.endsWith(DELETED);
        }

        boolean isIn(Path folder) {
            return !deleted() && Path.of(name).startsWith(folder);
        }
    }

    static List<OpenFile> of(ProcessHandle program) throws IOException {
        var open = new ArrayList<OpenFile>();
        for (var process : Stream.concat(Stream.of(program), program.descendants()).toList()) {
            var books = Path.of("/proc", Long.toString(process.pid()));
            try (var links = Files.list(books.resolve("fd"))) {
                for (var link : links.toList()) {
                    opened(books, link).ifPresent(open::add);
                }
            } catch (IOException e) {
                if (process.isAlive()) {
                    throw e;
                }
            }
        }
        return open;
    }

    private static Optional<OpenFile> opened(Path books, Path link) throws IOException {
        try {
            if (!Files.isRegularFile(link)) {
                return Optional.empty();
            }
            var name = Files.readSymbolicLink(link).toString();
            var written =
                    Files.readAllLines(books.resolve("fdinfo").resolve(link.getFileName())).stream()
                            .filter(line -> line.startsWith("flags:"))
                            .map(line -> Integer.parseInt(line.substring(6).strip(), 8))
                            .anyMatch(flags -> (flags & WRITTEN) != 0);
            return Optional.of(new OpenFile(link, name, written));
        } catch (NoSuchFileException e) {
            // It was closed meanwhile.
            return Optional.empty();
        }
    }
}
