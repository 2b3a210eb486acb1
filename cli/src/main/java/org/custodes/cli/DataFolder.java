package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The folder that a recorder keeps everything in, but for its root key. One program at a time.
///
/// Its file `FORMAT` says which version wrote it: an older program refuses a newer folder rather than
/// misread it (DESIGN section 6, ageing). A folder made by the demonstration is marked, and `serve`
/// refuses it: its cameras are drawings and its sign-in links lie open on a terminal.
final class DataFolder implements AutoCloseable {
    private static final String FORMAT = "custodes data folder ";
    private static final int VERSION = 1;

    /// What a crash leaves of a `FORMAT` that was being written.
    private static final String ASIDE = "FORMAT.new";

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /// Opens the folder, making it if it is empty or absent, and locks it until [#close()].
    static DataFolder open(Path path, boolean demo) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.createDirectory(
                        path,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
                // What is made in it outlives a power cut only if its own name does.
                forceFolderOf(path);
            }
            checkFormat(path, demo);
            return new DataFolder(path, lock(path));
        } catch (IOException e) {
            throw new CannotStartException(
                    "Cannot use %s as data folder: %s. Give another with --data."
                            .formatted(path, CannotStartException.reason(e)),
                    e);
        }
    }

    /// Opens a folder that exists, whoever made it.
    static DataFolder openExisting(Path path) {
        return open(path, Files.exists(path.resolve("DEMO")));
    }

    /// Whether there is a data folder of ours at this place.
    static boolean exists(Path path) {
        return Files.exists(path.resolve("FORMAT"));
    }

    Path path() {
        return path;
    }

    /// Every place of the key store: the folder's own, then the others.
    List<Path> keyStores(List<Path> others) {
        return and(path.resolve("keys"), others);
    }

    /// Every volume: the folder's own, then the others.
    List<Path> volumes(List<Path> others) {
        return and(path.resolve("media"), others);
    }

    private static List<Path> and(Path own, List<Path> others) {
        return Stream.concat(Stream.of(own), others.stream()).distinct().toList();
    }

    Path audit() {
        return path.resolve("audit");
    }

    Path database() {
        return path.resolve("database");
    }

    Path alarms() {
        return path.resolve("alarms");
    }

    Path tls() {
        return path.resolve("tls");
    }

    Path registerSnapshot() {
        return path.resolve("register.sealed");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        var file =
                FileChannel.open(
                        path.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isOurs(file)) {
            file.close();
            throw new CannotStartException(
                    ("Another custodes is using %s. Stop it first, or give another folder with"
                                    + " --data.")
                            .formatted(path));
        }
        return file;
    }

    /// Whether nobody else had it: another program, or this one.
    private static boolean isOurs(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException alreadyOurs) {
            return false;
        }
    }

    private static void checkFormat(Path path, boolean demo) throws IOException {
        var file = path.resolve("FORMAT");
        var mark = path.resolve("DEMO");
        if (!Files.exists(file)) {
            makeNew(path, demo, file, mark);
            return;
        }
        var text = Files.readString(file).strip();
        if (!text.equals(FORMAT + VERSION)) {
            throw new CannotStartException(
                    ("%s says '%s', and this program reads '%s%d'. Use the newer program that"
                                    + " wrote it.")
                            .formatted(file, shortened(text), FORMAT, VERSION));
        }
        if (Files.exists(mark) != demo) {
            throw new CannotStartException(
                    demo
                            ? "%s holds a real installation; the demonstration needs a folder of its own (--data)."
                                    .formatted(path)
                            : "%s was made by the demonstration, with drawn cameras and open sign-in links. Give another folder with --data."
                                    .formatted(path));
        }
    }

    private static void makeNew(Path path, boolean demo, Path file, Path mark) throws IOException {
        try (var found = Files.list(path)) {
            var stranger =
                    found.filter(entry ->
                            !List.of("LOCK", ASIDE).contains(entry.getFileName().toString()));
            var first = stranger.findFirst();
            if (first.isPresent()) {
                throw new CannotStartException(
                        "%s is not empty (it holds %s) and no data folder of Custodes. Give another with --data."
                                .formatted(path, first.get().getFileName()));
            }
        }
        if (demo) {
            Files.createFile(mark);
        }
        writeWhole(file, FORMAT + VERSION + "\n");
    }

    /// Written aside, forced, renamed, its folder forced: whole or not there, and there for good.
    private static void writeWhole(Path file, String text) throws IOException {
        var aside = file.resolveSibling(ASIDE);
        try (var channel =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolderOf(file);
    }

    private static void forceFolderOf(Path entry) throws IOException {
        var folder = Objects.requireNonNull(entry.toAbsolutePath().getParent());
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
