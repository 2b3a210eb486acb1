package org.custodes.register;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.custodes.database.Database;
import org.custodes.database.DatabaseException;
import org.custodes.vault.CannotOpenException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the picture in memory, the database and the sealed copy together.
///
/// A change is one transaction, then the picture in memory is swapped, the sealed copy on disk is
/// renewed and the listeners are told, in this order, under one lock. If the database went away in
/// between, nobody knows whether it committed: then what is read stays as it was, changes answer
/// [Changed.Unavailable], and everything is read anew as soon as the database is back.
final class StateKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// How long a start waits for a database that is being started too. What it says is newer than
    /// the copy by a change at most, and footage that is not recorded is gone: so not for long. A killed recorder's
    /// database that was just replaying its log takes longer to end and to start than recording may wait.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// And if there is no copy: a first start, which makes the database.
    private static final Duration PATIENCE_WITHOUT_COPY = Duration.ofMinutes(2);

    private final Database database;
    private final Jdbi jdbi;
    private final SnapshotFile snapshot;
    private final List<Consumer<RegisterChange>> listeners = new CopyOnWriteArrayList<>();
    private final Thread reloading =
            Thread.ofVirtual().name("register-reload").unstarted(this::reloadWhenInDoubt);

    private final ReentrantLock changing = new ReentrantLock();
    // All four are written under `changing`. In doubt: the database may say otherwise than `state`.
    private volatile RegisterState state = RegisterState.empty();
    private volatile boolean inDoubt;
    private volatile boolean fromSnapshot;
    private volatile Optional<String> snapshotFault = Optional.empty();

    StateKeeper(Database database, SnapshotFile snapshot) {
        this.database = database;
        this.jdbi = Jdbi.create(database.dataSource());
        this.snapshot = snapshot;
    }

    RegisterState state() {
        return state;
    }

    boolean fromSnapshot() {
        return fromSnapshot;
    }

    Optional<String> snapshotFault() {
        return snapshotFault;
    }

    void listen(Consumer<RegisterChange> listener) {
        listeners.add(listener);
    }

    /// One change, worked out: the answer, the statements, and the state after them.
    record Edit<T>(T value, Consumer<Handle> statements, RegisterState after) {}

    /// Under the lock: what to do, or why it cannot be done any more.
    sealed interface Plan<T> {

        record Possible<T>(Edit<T> edit) implements Plan<T> {}

        record Impossible<T>(List<Fault> faults) implements Plan<T> {}

        static <T> Plan<T> of(Edit<T> edit) {
            return new Possible<>(edit);
        }

        static <T> Plan<T> unknown(String field) {
            return new Impossible<>(List.of(Form.unknown(field)));
        }
    }

    /// Works a change out; called under the lock.
    interface Planning<T> {
        Plan<T> plan();
    }

    /// Reads everything, from the database or else from the copy.
    void start() {
        changing.lock();
        try {
            database.awaitFirstAnswer(snapshot.exists() ? PATIENCE : PATIENCE_WITHOUT_COPY);
            // Asked first: to say no takes it three seconds, and a migration several times that.
            if (database.reachable()) {
                reload();
            } else {
                openSnapshot(Optional.empty());
            }
        } catch (DatabaseException | JdbiException away) {
            openSnapshot(Optional.of(away));
        } finally {
            changing.unlock();
        }
        reloading.start();
    }

    private void openSnapshot(Optional<RuntimeException> away) {
        try {
            state = snapshot.read();
            fromSnapshot = true;
            inDoubt = true;
        } catch (IOException none) {
            away.ifPresent(none::addSuppressed);
            throw new RegisterUnavailableException(
                    snapshot.path(),
                    none,
                    away.map(RuntimeException::getMessage).orElse("no connection within 3 s"));
        }
    }

    /// Works a change out and makes it, one at a time.
    <T> Changed<T> change(Planning<T> planning) {
        changing.lock();
        try {
            if (inDoubt) {
                return new Changed.Unavailable<>();
            }
            return switch (planning.plan()) {
                case Plan.Impossible<T>(var faults) -> new Changed.Faulty<>(faults);
                case Plan.Possible<T>(var edit) -> {
                    jdbi.useTransaction(handle -> edit.statements().accept(handle));
                    become(edit.after());
                    yield new Changed.Done<>(edit.value());
                }
            };
        } catch (DatabaseException | JdbiException e) {
            if (!away(e)) {
                throw e;
            }
            LOG.warn("The database does not answer: the register is read only until it does.");
            inDoubt = true;
            return new Changed.Unavailable<>();
        } finally {
            changing.unlock();
        }
    }

    /// Guarded by `changing`.
    private void reload() {
        database.migrate("register");
        var loaded = jdbi.inTransaction(RegisterTables::load);
        become(loaded);
        inDoubt = false;
        fromSnapshot = false;
    }

    /// Guarded by `changing`.
    private void become(RegisterState next) {
        var changes = state.changesTo(next);
        state = next;
        try {
            snapshot.write(next);
            snapshotFault = Optional.empty();
        } catch (IOException | CannotOpenException e) {
            LOG.error("The sealed copy of the register could not be renewed", e);
            snapshotFault =
                    Optional.of(
                            ("The sealed copy of the register at %s could not be renewed (%s): a start"
                                            + " without the database would know what was before."
                                            + " Make room, or mend the folder's rights.")
                                    .formatted(snapshot.path(), e.getClass().getSimpleName()));
        }
        for (var change : changes) {
            listeners.forEach(listener -> tell(listener, change));
        }
    }

    /// One listener's fault is not another's, nor the change's: it is committed.
    private static void tell(Consumer<RegisterChange> listener, RegisterChange change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.error("A listener of the register failed", e);
        }
    }

    private void reloadWhenInDoubt() {
        try {
            while (true) {
                // Asked without the lock: it may take seconds to hear nothing.
                if (inDoubt && database.reachable()) {
                    reloadIfPossible();
                }
                Thread.sleep(RETRY);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void reloadIfPossible() {
        changing.lock();
        try {
            reload();
        } catch (DatabaseException | JdbiException e) {
            LOG.warn("The register could not be read anew; it is tried again in a second", e);
        } finally {
            changing.unlock();
        }
    }

    /// Whether the database did not answer, as against a statement that is wrong: no connection, or
    /// SQL states of lost connections (08), lacking resources (53) and shutdown (57).
    private static boolean away(RuntimeException e) {
        if (e instanceof DatabaseException || e instanceof ConnectionException) {
            return true;
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var kind = sql.getSQLState();
                return kind.startsWith("08") || kind.startsWith("53") || kind.startsWith("57");
            }
        }
        return false;
    }

    /// Stops looking for the database.
    @Override
    public void close() {
        reloading.interrupt();
    }
}
