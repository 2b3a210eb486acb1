package org.custodes.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pool looks at its first connection once and for all: what it learns must not be wrong for ever if that
/// connection dies while it is looked at, as it does on a machine that is too busy to answer within a second.
class FirstConnectionTest {
    private static final String PASSWORD = "a password of the key store";

    @TempDir Path folder;

    @Test
    void a_first_connection_that_goes_silent_costs_itself_and_no_later_one() throws Exception {
        try (var real =
                        Database.embedded(folder, PASSWORD.toCharArray(), _ -> {})
                                .awaitFirstAnswer(Duration.ofMinutes(1));
                var line = SilentOnce.before(real);
                var database = line.database()) {
            var answered = false;
            for (var attempt = 0; attempt < 5 && !answered; attempt++) {
                answered = database.reachable();
            }

            assertThat(line.silenced.get()).as("connections that went silent").isEqualTo(1);
            assertThat(answered).as("a later connection answers").isTrue();
        }
    }

    /// Lets the first connection sign in, and swallows its question whether anybody is there; all others pass.
    private static final class SilentOnce implements Closeable {
        final AtomicInteger silenced = new AtomicInteger();

        private final String url;
        private final String user;
        private final int realPort;
        private final ServerSocket door;

        private SilentOnce(String url, String user) throws IOException {
            this.url = url;
            this.user = user;
            this.realPort = URI.create(url.substring("jdbc:".length())).getPort();
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        }

        static SilentOnce before(Database real) throws IOException, SQLException {
            try (var connection = real.dataSource().getConnection()) {
                var known = connection.getMetaData();
                var line = new SilentOnce(known.getURL(), known.getUserName());
                Thread.ofVirtual().start(line::serve);
                return line;
            }
        }

        Database database() {
            var through = url.replace(":" + realPort, ":" + door.getLocalPort());
            return Database.outside(through, user, PASSWORD.toCharArray());
        }

        private void serve() {
            for (var number = 0; !door.isClosed(); number++) {
                try {
                    var isFirst = number == 0;
                    var client = door.accept();
                    var server = new Socket(door.getInetAddress(), realPort);
                    Thread.ofVirtual().start(() -> pump(client, server, isFirst));
                    Thread.ofVirtual().start(() -> pump(server, client, false));
                } catch (IOException closed) {
                    // The loop ends, or the next one comes.
                }
            }
        }

        private void pump(Socket from, Socket to, boolean silent) {
            try (from;
                    to) {
                var in = from.getInputStream();
                var bytes = new byte[8192];
                for (var read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    if (silent && isEmptyQuery(bytes, read)) {
                        silenced.incrementAndGet();
                        var _ = in.transferTo(OutputStream.nullOutputStream());
                        return;
                    }
                    to.getOutputStream().write(bytes, 0, read);
                }
            } catch (IOException cut) {
                // By either side.
            }
        }

        /// By which a driver looks whether anybody is there: a Query without text (PostgreSQL, "Message Formats").
        private static boolean isEmptyQuery(byte[] bytes, int length) {
            return length == 6 && bytes[0] == 'Q' && bytes[5] == 0;
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
