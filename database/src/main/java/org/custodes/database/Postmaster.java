package org.custodes.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The running server process. Started, awaited and stopped by one thread, whose end would end it.
final class Postmaster {
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    /// Durable, small, closed to the network, and silent about what the rows say: a statement or a
    /// detail in a log would carry names out of the database. Each is explained in
    /// `docs/design/database.md`.
    private static final Map<String, String> SETTINGS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("listen_addresses", "127.0.0.1"),
                            Map.entry("unix_socket_directories", ""),
                            Map.entry("password_encryption", "scram-sha-256"),
                            Map.entry("fsync", "on"),
                            Map.entry("synchronous_commit", "on"),
                            Map.entry("full_page_writes", "on"),
                            Map.entry("shared_buffers", "32MB"),
                            Map.entry("huge_pages", "off"),
                            Map.entry("max_connections", "40"),
                            Map.entry("io_method", "sync"),
                            Map.entry("max_worker_processes", "2"),
                            Map.entry("max_logical_replication_workers", "0"),
                            Map.entry("max_parallel_workers", "0"),
                            Map.entry("autovacuum_worker_slots", "1"),
                            Map.entry("autovacuum_max_workers", "1"),
                            Map.entry("jit", "off"),
                            Map.entry("wal_level", "minimal"),
                            Map.entry("max_wal_senders", "0"),
                            Map.entry("min_wal_size", "16MB"),
                            Map.entry("max_wal_size", "256MB"),
                            Map.entry("logging_collector", "off"),
                            Map.entry("log_min_messages", "warning"),
                            Map.entry("log_min_error_statement", "panic"),
                            Map.entry("log_error_verbosity", "terse"),
                            Map.entry("log_parameter_max_length", "0"),
                            Map.entry("log_parameter_max_length_on_error", "0"),
                            Map.entry("log_line_prefix", "%m [%p] "),
                            Map.entry("log_timezone", "UTC"),
                            Map.entry("timezone", "UTC")));

    private final Cluster cluster;
    private final Process process;
    private final int port;
    private final ServerLog log;

    private Postmaster(Cluster cluster, Process process, int port, ServerLog log) {
        this.cluster = cluster;
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static Postmaster start(Cluster cluster, Installation installation, Path logFile) {
        try {
            var port = freePort();
            var command = installation.commandTiedToThread("postgres");
            command.addAll(List.of("-D", cluster.data().toString(), "-c", "port=" + port));
            SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
            var process = Cluster.start(command, cluster.data());
            process.getOutputStream().close();
            return new Postmaster(cluster, process, port, ServerLog.of(process, logFile));
        } catch (IOException failed) {
            throw new DatabaseException(
                    "PostgreSQL could not be started: %s.%s"
                            .formatted(failed.getMessage(), Cluster.hintForRoot()),
                    failed);
        }
    }

    int port() {
        return port;
    }

    /// Returns when the server takes connections; after a crash it first replays its log.
    void awaitReady() throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!isReady()) {
            if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                throw new DatabaseException(
                        "PostgreSQL ended while it was starting (exit code %d). Its last words: %s"
                                .formatted(process.exitValue(), log.lastWords()));
            }
            if (System.nanoTime() > deadline) {
                throw new DatabaseException(
                        "PostgreSQL was not ready after %s. Its last words: %s"
                                .formatted(LONGEST_START, log.lastWords()));
            }
        }
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /// Ends the connections, writes what is in memory, ends; harder if that takes too long.
    void stop() {
        if (process.isAlive()) {
            stop(process.toHandle());
        }
    }

    /// Ends the server that a killed recorder left behind over this cluster. Without that, ours could
    /// not start; with it, ours is our own child again and dies when we die.
    ///
    /// The process file of a server that died with its machine may name a process of somebody else:
    /// then it is removed, for PostgreSQL would take that process for a server and give up.
    ///
    /// @return whether there was one
    static boolean stopOrphan(Cluster cluster) {
        try {
            var left = ProcessFile.read(cluster.processFile());
            if (left.isEmpty()) {
                return false;
            }
            var alive = ProcessHandle.of(left.get().pid()).filter(ProcessHandle::isAlive);
            if (alive.isPresent() && serves(alive.get(), cluster.data())) {
                stop(alive.get());
                return true;
            }
            if (alive.isPresent()) {
                Files.deleteIfExists(cluster.processFile());
            }
            return false;
        } catch (IOException failed) {
            throw new DatabaseException(
                    "%s could not be read: %s. Check its owner."
                            .formatted(cluster.processFile(), failed),
                    failed);
        }
    }

    private static boolean serves(ProcessHandle process, Path data) {
        try {
            var arguments =
                    List.of(
                            Files.readString(
                                            Path.of(
                                                    "/proc",
                                                    Long.toString(process.pid()),
                                                    "cmdline"))
                                    .split("\0"));
            var folder = arguments.indexOf("-D") + 1;
            return Path.of(arguments.getFirst()).endsWith("postgres")
                    && folder > 0
                    && folder < arguments.size()
                    && Path.of(arguments.get(folder)).equals(data);
        } catch (IOException gone) {
            return false;
        }
    }

    /// SIGINT is the fast shutdown, SIGQUIT the one that leaves recovery to the next start; see
    /// "Shutting Down the Server" in the manual. Java itself can only send SIGTERM, which waits for
    /// clients to leave.
    private static void stop(ProcessHandle server) {
        for (var signal : List.of("INT", "QUIT", "KILL")) {
            signal(server.pid(), signal);
            if (awaitEnd(server)) {
                return;
            }
        }
    }

    /// Also returns true when this thread is in a hurry: it was interrupted twice.
    private static boolean awaitEnd(ProcessHandle server) {
        try {
            server.onExit().get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stubborn) {
            return false;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void signal(long pid, String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -%s %d 2>/dev/null".formatted(name, pid))
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new DatabaseException("PostgreSQL could not be stopped: " + failed, failed);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady() {
        try {
            Optional<ProcessFile> written = ProcessFile.read(cluster.processFile());
            return written.filter(file -> file.pid() == process.pid() && file.isReady())
                    .isPresent();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// Free at this moment; if somebody takes it before PostgreSQL does, the next start takes another.
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
