package org.custodes.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Passes bytes on between whoever connects and a server, and keeps all of them: what somebody sees who
/// sits on the wire.
final class Wiretap implements AutoCloseable {
    private final int server;
    private final ServerSocket door;

    /// Guarded by itself.
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private Wiretap(int server, ServerSocket door) {
        this.server = server;
        this.door = door;
    }

    /// Sits in front of a server of this machine.
    static Wiretap before(int server) throws IOException {
        var tap = new Wiretap(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("wiretap").start(tap::accept);
        return tap;
    }

    int port() {
        return door.getLocalPort();
    }

    /// What went over the wire so far, both ways.
    byte[] seen() {
        synchronized (seen) {
            return seen.toByteArray();
        }
    }

    boolean saw(String text) {
        return saw(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean saw(byte[] bytes) {
        // Each byte as one character, so that a text's own search serves.
        return new String(seen(), StandardCharsets.ISO_8859_1)
                .contains(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                var behind = new Socket(InetAddress.getLoopbackAddress(), server);
                pass(client, behind);
                pass(behind, client);
            }
        } catch (IOException closed) {
            // Nobody listens any more.
        }
    }

    private void pass(Socket from, Socket to) {
        Thread.ofPlatform()
                .daemon()
                .name("wiretap-passes")
                .start(() -> {
                    try (from;
                            to) {
                        pass(from.getInputStream(), to.getOutputStream());
                    } catch (IOException hungUp) {
                        // The other direction ends with this one.
                    }
                });
    }

    private void pass(InputStream from, OutputStream to) throws IOException {
        var buffer = new byte[1 << 16];
        for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            synchronized (seen) {
                seen.write(buffer, 0, read);
            }
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
