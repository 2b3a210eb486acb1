package org.custodes.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/// The one PostgreSQL of this recorder.
///
/// What fails here never stops a recording: cameras are recorded from files alone. Whoever asks the
/// [#dataSource()] while the server is away gets an `SQLException` after at most three seconds.
public final class Database implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 8;
    private static final Pattern ROOM = Pattern.compile("[a-z][a-z0-9_]{0,30}");

    private final HikariDataSource pool;
    private final Optional<EmbeddedServer> ours;

    private Database(PGSimpleDataSource source, Optional<EmbeddedServer> ours) {
        this.pool = pool(source);
        this.ours = ours;
    }

    /// Begins to start our own PostgreSQL over the cluster in `folder`, making one if there is none,
    /// and starts it again whenever it dies, until [#close()]. Returns at once: recording waits for
    /// nothing. Who cannot do without it calls [#awaitFirstAnswer].
    ///
    /// @param superuserPassword of the cluster; the first start sets it
    /// @param says hears what happens to the server; called on the thread that watches it
    /// @throws DatabaseException if another recorder uses this folder
    public static Database embedded(
            Path folder, char[] superuserPassword, Consumer<DatabaseNews> says) {
        var address = new ServerAddress(Cluster.SUPERUSER, superuserPassword);
        var server = EmbeddedServer.start(folder, superuserPassword, address, says);
        return new Database(address, Optional.of(server));
    }

    /// Reaches a server that somebody else runs. Nothing is asked of it yet.
    ///
    /// @param jdbcUrl such as `jdbc:postgresql://db.example.org/custodes?sslmode=verify-full`
    public static Database outside(String jdbcUrl, String user, char[] password) {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new DatabaseException(
                    "A database address begins with jdbc:postgresql: and this one does not."
                            + " Give one such as jdbc:postgresql://db.example.org/custodes");
        }
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(new String(password));
        return new Database(source, Optional.empty());
    }

    /// Returns when the server has answered for the first time since [#embedded] began to start it;
    /// at once if it is somebody else's.
    ///
    /// @return this
    /// @throws DatabaseException if that first start has failed, with what to do about it, or did
    ///     not end in time; it is tried again all the same
    public Database awaitFirstAnswer(Duration patience) {
        ours.ifPresent(server -> server.awaitFirstAnswer(patience));
        return this;
    }

    /// Pooled connections. Waits three seconds at most, then throws `SQLException`.
    public DataSource dataSource() {
        return pool;
    }

    /// Brings the tables of one room up to date: SQL schema `room`, with its own history, from the
    /// class path at `org/custodes/<room>/migrations`.
    ///
    /// @throws DatabaseException if the server is away, a migration fails, or the tables were made
    ///     by a newer version
    public void migrate(String room) {
        if (!ROOM.matcher(room).matches()) {
            throw new IllegalArgumentException("'%s' is not the name of a room".formatted(room));
        }
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .schemas(room)
                    .defaultSchema(room)
                    .createSchemas(true)
                    .locations("classpath:org/custodes/" + room + "/migrations")
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new DatabaseException(
                    ("The tables of '%s' could not be brought up to date. If an older version of"
                                    + " Custodes was started, start the newer one again; the cause below"
                                    + " names the migration.")
                            .formatted(room),
                    failed);
        }
    }

    /// Whether the server answers now; takes three seconds at most to say no.
    public boolean reachable() {
        if (ours.isPresent() && !ours.get().hasAnswered()) {
            return false;
        }
        try (var connection = pool.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException away) {
            return false;
        }
    }

    /// Whether the server is ours and runs, and does not answer all the same; takes three seconds at most to
    /// say yes.
    public boolean silent() {
        return ours.filter(EmbeddedServer::isRunning).isPresent() && !reachable();
    }

    /// Closes the connections, and stops the server if it is ours.
    @Override
    public void close() {
        pool.close();
        ours.ifPresent(EmbeddedServer::close);
    }

    private static HikariDataSource pool(PGSimpleDataSource source) {
        source.setConnectTimeout((int) PATIENCE.toSeconds());
        source.setSocketTimeout(30);
        source.setTcpKeepAlive(true);
        var config = new HikariConfig();
        config.setPoolName("database");
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(1_000);
        // Told, not asked: a pool asks its first connection, and one that dies while it is asked
        // leaves
        // the pool without an answer for ever, and with no connection that could be set up.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // The pool must exist while the server does not: it comes back, and so do its connections.
        config.setInitializationFailTimeout(-1);
        // Begun by the first who asks, which is after the server's first answer: a pool that finds
        // nobody
        // for a while takes up to ten seconds before it looks again.
        var pool = new HikariDataSource();
        config.copyStateTo(pool);
        return pool;
    }
}
