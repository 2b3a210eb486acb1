package org.custodes.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The files of one PostgreSQL server: `<folder>/data`.
final class Cluster {
    static final String SUPERUSER = "custodes";

    private final Path folder;
    private final Installation installation;

    Cluster(Path folder, Installation installation) {
        this.folder = folder;
        this.installation = installation;
    }

    Path data() {
        return folder.resolve("data");
    }

    /// The process file that a server keeps while it runs.
    Path processFile() {
        return data().resolve("postmaster.pid");
    }

    /// Makes the cluster if there is none, and checks that it is one we can open.
    void prepare(char[] superuserPassword) throws InterruptedException {
        try {
            if (!Files.isDirectory(data())) {
                make(superuserPassword);
            }
            var version = Files.readString(data().resolve("PG_VERSION")).strip();
            if (!version.equals(Installation.MAJOR)) {
                throw new DatabaseException(
                        ("The database in %s was made by PostgreSQL %s, and this version of Custodes"
                                        + " brings PostgreSQL %s, which cannot open it. Start the version"
                                        + " of Custodes that last used it.")
                                .formatted(data(), version, Installation.VERSION));
            }
        } catch (IOException failed) {
            throw new DatabaseException(
                    "The database in %s could not be made or read: %s. Check its disk and its owner."
                            .formatted(data(), failed),
                    failed);
        }
    }

    /// Steps: make aside (initdb syncs what it wrote), rename, sync the name. A crash leaves either
    /// a whole cluster or one that is made anew.
    private void make(char[] superuserPassword) throws IOException, InterruptedException {
        var aside = folder.resolve("data.new");
        Installation.remove(aside);
        var command = new ArrayList<>(installation.command("initdb"));
        command.addAll(
                List.of(
                        "--pgdata=" + aside,
                        "--username=" + SUPERUSER,
                        "--pwfile=/dev/stdin",
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--data-checksums",
                        "--wal-segsize=4",
                        // One sync for all of its thousand files (PostgreSQL 17 and later).
                        "--sync-method=syncfs"));
        var initdb = start(command, folder);
        try (var password = initdb.getOutputStream()) {
            password.write(new String(superuserPassword).getBytes(StandardCharsets.UTF_8));
            password.write('\n');
        }
        var said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!initdb.waitFor(60, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
            initdb.destroyForcibly();
            throw new IOException("initdb said: " + said.strip() + hintForRoot());
        }
        Files.move(aside, data(), StandardCopyOption.ATOMIC_MOVE);
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /// Starts a program of PostgreSQL that speaks English, reckons in UTC and is told nothing by
    /// the variables that a user may have set for other servers.
    static Process start(List<String> command, Path workingFolder) throws IOException {
        var builder =
                new ProcessBuilder(command)
                        .directory(workingFolder.toFile())
                        .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC"));
        return builder.start();
    }

    static String hintForRoot() {
        return Installation.isRoot()
                ? " (PostgreSQL does not run as root; it was started in a user namespace, which this"
                        + " machine may forbid. Run Custodes as a user of its own.)"
                : "";
    }
}
