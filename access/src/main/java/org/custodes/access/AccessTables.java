package org.custodes.access;

import java.sql.SQLException;
import java.util.function.Function;
import org.custodes.database.Database;
import org.custodes.database.DatabaseException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The way to the tables of this room. A start without the database is no fault here: the tables are
/// brought up to date by the first call that reaches it.
final class AccessTables {
    private final Database database;
    private final Jdbi jdbi;
    private volatile boolean migrated;

    AccessTables(Database database) {
        this.database = database;
        this.jdbi = Jdbi.create(database.dataSource());
    }

    /// Does all of `work` or nothing of it.
    ///
    /// @throws DatabaseAwayException if the database does not answer
    <T> T in(Function<Handle, T> work) {
        try {
            migrate();
            return jdbi.inTransaction(work::apply);
        } catch (DatabaseException | JdbiException e) {
            if (away(e)) {
                throw new DatabaseAwayException(e);
            }
            throw e;
        }
    }

    private void migrate() {
        if (!migrated) {
            synchronized (this) {
                if (!migrated) {
                    database.migrate("access");
                    migrated = true;
                }
            }
        }
    }

    /// Whether the database did not answer, as against a statement that is wrong: no connection, or
    /// SQL states of lost connections (08), lacking resources (53) and shutdown (57).
    private static boolean away(RuntimeException e) {
        if (e instanceof DatabaseException || e instanceof ConnectionException) {
            return true;
        }
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var kind = sql.getSQLState();
                return kind.startsWith("08") || kind.startsWith("53") || kind.startsWith("57");
            }
        }
        return false;
    }
}
