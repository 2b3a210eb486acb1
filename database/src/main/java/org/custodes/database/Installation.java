package org.custodes.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL, unpacked once per user from the jar that they come in.
final class Installation {
    /// What the jar holds; `the_programs_are_of_the_version_that_they_are_filed_under` checks it.
    static final String VERSION = "18.6";

    /// The first part alone decides whether a cluster can be opened.
    static final String MAJOR = VERSION.substring(0, VERSION.indexOf('.'));

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final List<String> NEEDED = List.of("bin/", "lib/", "share/");

    private final Path home;

    private Installation(Path home) {
        this.home = home;
    }

    /// The user's cache folder, as the XDG base directory specification has it.
    static Path userCache() {
        var told = System.getenv("XDG_CACHE_HOME");
        var base =
                told == null || told.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(told);
        return base.resolve("custodes");
    }

    /// The programs under `cache`, which are unpacked if they are not there yet.
    ///
    /// Steps: unpack aside, sync, rename. A folder of the final name is therefore whole, also after
    /// a power cut, and two processes that start at once do not disturb each other.
    static Installation in(Path cache) {
        var home = cache.resolve("postgres-" + VERSION);
        if (Files.isDirectory(home)) {
            return new Installation(home);
        }
        try {
            Files.createDirectories(cache);
            var aside = Files.createTempDirectory(cache, "postgres-" + VERSION + ".");
            try {
                unpack(aside);
                sync(aside);
                rename(aside, home);
            } finally {
                remove(aside);
            }
        } catch (IOException failed) {
            throw new DatabaseException(
                    ("PostgreSQL %s could not be unpacked into %s: %s. It needs 80 MB there that"
                                    + " this user may write.")
                            .formatted(VERSION, home, failed),
                    failed);
        }
        return new Installation(home);
    }

    /// The command line that runs one of the programs.
    ///
    /// PostgreSQL refuses to run as root. In a user namespace of its own, where nobody is mapped,
    /// the same process is no longer root to itself and owns its files all the same.
    List<String> command(String program) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        return command;
    }

    /// The same, for a process that ends (SIGINT: a fast, clean shutdown) when the thread that
    /// starts it ends.
    ///
    /// The signal is asked for inside the namespace: entering one would clear it (prctl(2)).
    List<String> commandTiedToThread(String program) {
        var command = new ArrayList<>(command(program));
        if (canTie()) {
            command.addAll(command.size() - 1, List.of("setpriv", "--pdeathsig", "INT"));
        }
        return command;
    }

    static boolean isRoot() {
        try {
            // The folder of a process belongs to its effective user.
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean canTie() {
        return Files.isExecutable(Path.of("/usr/bin/setpriv"))
                || Files.isExecutable(Path.of("/bin/setpriv"));
    }

    private static void unpack(Path into) throws IOException {
        try (InputStream packed = Installation.class.getResourceAsStream(ARCHIVE)) {
            if (packed == null) {
                throw new IOException("the programs are missing from the class path at " + ARCHIVE);
            }
            try (var archive = new TarArchiveInputStream(new XZInputStream(packed))) {
                for (var entry = archive.getNextEntry();
                        entry != null;
                        entry = archive.getNextEntry()) {
                    if (NEEDED.stream().anyMatch(entry.getName()::startsWith)) {
                        unpack(archive, entry, into);
                    }
                }
            }
        }
    }

    private static void unpack(TarArchiveInputStream archive, TarArchiveEntry entry, Path into)
            throws IOException {
        var file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
            throw new IOException("the archive names a file outside itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(archive, file);
        var executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /// One syncfs instead of a thousand fsyncs.
    private static void sync(Path folder) throws IOException {
        try {
            var exit =
                    new ProcessBuilder("sync", "--file-system", folder.toString())
                            .inheritIO()
                            .start()
                            .waitFor();
            if (exit != 0) {
                throw new IOException("sync ended with exit code " + exit);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private static void rename(Path aside, Path home) throws IOException {
        try {
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException first) {
            // Another process was faster, with the same bytes.
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Installation::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
