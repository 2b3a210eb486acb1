package org.custodes.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.postgresql.ds.PGSimpleDataSource;

/// Where the server of our own listens, which changes with every start.
///
/// While it has no port nothing is dialled: the driver would take its usual one instead, and tell
/// the password's proof to whoever listens there.
final class ServerAddress extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private volatile boolean known;

    ServerAddress(String user, char[] password) {
        setServerNames(new String[] {"127.0.0.1"});
        setDatabaseName("postgres");
        setUser(user);
        setPassword(new String(password));
    }

    void listensOn(int port) {
        setPortNumbers(new int[] {port});
        known = true;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        if (!known) {
            throw new SQLTransientConnectionException("PostgreSQL is still being started", "08001");
        }
        return super.getConnection(user, password);
    }
}
