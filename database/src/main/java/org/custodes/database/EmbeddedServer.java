package org.custodes.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/// A server of our own: one folder, one process at a time, started again whenever it ends.
///
/// Everything that is done to the process is done by one thread. It lives from the first start to
/// the last stop, because Linux ends a process that asked for it when the *thread* that started it
/// ends (prctl(2), PR_SET_PDEATHSIG), not when the whole program does.
final class EmbeddedServer implements AutoCloseable {
    private static final String WRONG_PASSWORD = "28P01";
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration SOUND_RUN = Duration.ofMinutes(1);

    private final Cluster cluster;
    private final Installation installation;
    private final Path logFile;
    private final FileChannel lock;
    private final PGSimpleDataSource source;
    private final Consumer<String> says;
    private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();
    private final Thread keeper;
    private volatile boolean closing;

    private EmbeddedServer(
            Path folder,
            Installation installation,
            FileChannel lock,
            PGSimpleDataSource source,
            char[] password,
            Consumer<String> says) {
        this.cluster = new Cluster(folder, installation);
        this.installation = installation;
        this.logFile = folder.resolve("postgres.log");
        this.lock = lock;
        this.source = source;
        this.says = says;
        this.keeper =
                Thread.ofPlatform()
                        .daemon()
                        .name("database-keeper")
                        .unstarted(() -> keep(password.clone()));
    }

    /// Starts the server, returns when it answers, and points `source` at it, now and after each
    /// later start.
    static EmbeddedServer start(
            Path folder,
            Installation installation,
            char[] password,
            PGSimpleDataSource source,
            Consumer<String> says) {
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setDatabaseName("postgres");
        source.setUser(Cluster.SUPERUSER);
        source.setPassword(new String(password));
        var server =
                new EmbeddedServer(
                        folder.toAbsolutePath(),
                        installation,
                        lock(folder),
                        source,
                        password,
                        says);
        server.keeper.start();
        try {
            server.firstAnswer.join();
            return server;
        } catch (CompletionException failed) {
            server.close();
            throw failed.getCause() instanceof DatabaseException known
                    ? known
                    : new DatabaseException("PostgreSQL could not be started.", failed.getCause());
        }
    }

    /// Stops the server and returns when it has ended.
    @Override
    public void close() {
        closing = true;
        keeper.interrupt();
        try {
            keeper.join();
            lock.close();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            throw new DatabaseException("The lock of the database could not be let go.", failed);
        }
    }

    private void keep(char[] password) {
        try {
            if (Postmaster.stopOrphan(cluster)) {
                says.accept(
                        "PostgreSQL was left running by a recorder that was killed; it was stopped.");
            }
            cluster.prepare(password);
            var pause = SHORTEST_PAUSE;
            while (!closing) {
                var started = System.nanoTime();
                runOnce();
                var ran = Duration.ofNanos(System.nanoTime() - started);
                pause = ran.compareTo(SOUND_RUN) > 0 ? SHORTEST_PAUSE : pause;
                Thread.sleep(pause);
                pause = longer(pause);
            }
        } catch (InterruptedException closed) {
            firstAnswer.cancel(false);
        } catch (RuntimeException failed) {
            firstAnswer.completeExceptionally(failed);
        }
    }

    /// Returns when the server has ended by itself. A first start that fails is a fault of the set-up
    /// and is thrown; a later one is said, and tried again.
    private void runOnce() throws InterruptedException {
        var again = firstAnswer.isDone();
        try {
            var postmaster = Postmaster.start(cluster, installation, logFile);
            try {
                postmaster.awaitReady();
                source.setPortNumbers(new int[] {postmaster.port()});
                if (again) {
                    says.accept("PostgreSQL answers again.");
                } else {
                    signIn();
                    firstAnswer.complete(null);
                }
                var exit = postmaster.awaitEnd();
                says.accept(
                        "PostgreSQL ended by itself (exit code %d) and is started again. Its log: %s"
                                .formatted(exit, logFile));
            } finally {
                postmaster.stop();
            }
        } catch (DatabaseException failed) {
            if (!again) {
                throw failed;
            }
            says.accept(String.valueOf(failed.getMessage()));
        }
    }

    private void signIn() {
        try (var connection = source.getConnection()) {
            connection.isValid(1);
        } catch (SQLException refused) {
            throw new DatabaseException(
                    WRONG_PASSWORD.equals(refused.getSQLState())
                            ? ("The database in %s refuses the password that the key store holds for"
                                            + " it. Folder and key store belong together: restore both"
                                            + " from the same backup.")
                                    .formatted(cluster.data())
                            : "The database in %s was started and refuses a connection: %s"
                                    .formatted(cluster.data(), refused.getMessage()),
                    refused);
        }
    }

    /// Held as long as this program lives: who gets it knows that a server found running is nobody's.
    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            var channel =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel)) {
                return channel;
            }
            channel.close();
        } catch (IOException failed) {
            throw new DatabaseException(
                    "The folder %s cannot be used for a database: %s. Check its disk and its owner."
                            .formatted(folder, failed),
                    failed);
        }
        throw new DatabaseException(
                "The database in %s is in use by another recorder. Stop that one first."
                        .formatted(folder));
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException oursAlready) {
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
