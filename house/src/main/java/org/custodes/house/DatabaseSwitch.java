package org.custodes.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.custodes.database.Database;

/// A real database behind a switch: while it is off, connections are cut and none is made.
public final class DatabaseSwitch implements AutoCloseable {
    public static final String PASSWORD = "a password of a test";

    private final String url;
    private final String user;
    private final int realPort;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean on;

    /// Off at first.
    ///
    /// @param real whose superuser has [#PASSWORD]
    public DatabaseSwitch(Database real) {
        try (var connection = real.dataSource().getConnection()) {
            url = connection.getMetaData().getURL();
            user = connection.getMetaData().getUserName();
            realPort = URI.create(url.substring("jdbc:".length())).getPort();
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /// The database as it is seen through the switch.
    public Database database() {
        return Database.outside(
                url.replace(":" + realPort, ":" + door.getLocalPort()),
                user,
                PASSWORD.toCharArray());
    }

    /// From now on connections are let through.
    public void turnOn() {
        on = true;
    }

    /// Cuts every connection, and lets none through.
    public void turnOff() {
        on = false;
        open.forEach(DatabaseSwitch::shut);
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                if (on) {
                    join(client, new Socket(door.getInetAddress(), realPort));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                // Closed, or cut while it was being joined.
            }
        }
    }

    private void join(Socket client, Socket server) {
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pump(client, server));
        Thread.ofVirtual().start(() -> pump(server, client));
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut.
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        turnOff();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
