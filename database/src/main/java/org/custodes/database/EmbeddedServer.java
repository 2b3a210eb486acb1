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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

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

    private final Path folder;
    private final Path logFile;
    private final FileChannel lock;
    private final ServerAddress address;
    private final Consumer<DatabaseNews> says;

    /// Done when the server has answered for the first time, or when its first start has failed.
    private final CompletableFuture<Void> firstStart = new CompletableFuture<>();

    private final Thread keeper;
    private volatile boolean closing;
    private volatile boolean answered;
    private volatile boolean running;

    private EmbeddedServer(
            Path folder,
            FileChannel lock,
            ServerAddress address,
            char[] password,
            Consumer<DatabaseNews> says) {
        this.folder = folder;
        this.logFile = folder.resolve("postgres.log");
        this.lock = lock;
        this.address = address;
        this.says = says;
        this.keeper =
                Thread.ofPlatform()
                        .daemon()
                        .name("database-keeper")
                        .unstarted(() -> keep(password.clone()));
    }

    /// Begins to start the server, and points `address` at it, now and after each later start.
    static EmbeddedServer start(
            Path folder, char[] password, ServerAddress address, Consumer<DatabaseNews> says) {
        var server =
                new EmbeddedServer(folder.toAbsolutePath(), lock(folder), address, password, says);
        server.keeper.start();
        return server;
    }

    /// Returns when the server has answered for the first time. What there was to say is said by then.
    ///
    /// @throws DatabaseException if its first start has failed, or it has not answered in time
    void awaitFirstAnswer(Duration patience) {
        try {
            firstStart.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new DatabaseException(
                    "PostgreSQL has not answered within %s. Its log: %s"
                            .formatted(patience, logFile),
                    late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof DatabaseException known
                    ? known
                    : new DatabaseException("PostgreSQL could not be started.", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("PostgreSQL is no longer waited for.", stopped);
        }
    }

    /// Whether it has answered since it was begun to start.
    boolean hasAnswered() {
        return answered;
    }

    /// Whether its process has answered once and lives.
    boolean isRunning() {
        return running;
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
            var pause = SHORTEST_PAUSE;
            while (!closing) {
                var started = System.nanoTime();
                runOnce(password);
                var ran = Duration.ofNanos(System.nanoTime() - started);
                pause = ran.compareTo(SOUND_RUN) > 0 ? SHORTEST_PAUSE : pause;
                Thread.sleep(pause);
                pause = longer(pause);
            }
        } catch (InterruptedException closed) {
            firstStart.completeExceptionally(
                    new DatabaseException("PostgreSQL was stopped while it was starting.", closed));
        }
    }

    /// Returns when the server has ended by itself, or could not be started: both are said, and then
    /// tried again. What a first start fails by may be a fault of the set-up, so it is kept as well.
    private void runOnce(char[] password) throws InterruptedException {
        try {
            var installation = Installation.in(Installation.userCache());
            var cluster = new Cluster(folder, installation);
            if (Postmaster.stopOrphan(cluster)) {
                says.accept(
                        new DatabaseNews.Noted(
                                "PostgreSQL was left running by a recorder that was killed; it was stopped."));
            }
            cluster.prepare(password);
            run(cluster, installation);
        } catch (RuntimeException failed) {
            says.accept(new DatabaseNews.Away(String.valueOf(failed.getMessage())));
            firstStart.completeExceptionally(failed);
        }
    }

    private void run(Cluster cluster, Installation installation) throws InterruptedException {
        var postmaster = Postmaster.start(cluster, installation, logFile);
        try {
            postmaster.awaitReady();
            address.listensOn(postmaster.port());
            signIn(cluster);
            answered = true;
            running = true;
            says.accept(new DatabaseNews.Answers());
            firstStart.complete(null);
            var exit = postmaster.awaitEnd();
            says.accept(
                    new DatabaseNews.Away(
                            "PostgreSQL ended by itself (exit code %d) and is started again. Its log: %s"
                                    .formatted(exit, logFile)));
        } finally {
            running = false;
            postmaster.stop();
        }
    }

    private void signIn(Cluster cluster) {
        try (var connection = address.getConnection()) {
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
