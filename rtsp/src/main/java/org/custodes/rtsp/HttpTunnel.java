package org.custodes.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// RTSP tunnelled in HTTP, as QuickTime began it and cameras know it: what the camera says comes as the
/// endless answer to a GET, what we say goes as the endless body of a POST, in base64; a cookie tells
/// that the two belong together. Each is a connection of its own.
final class HttpTunnel implements Line {
    private static final String TYPE = "application/x-rtsp-tunnelled";
    private static final int MOST_TRIES = 3;

    private final Line down;
    private final Line up;

    /// What came behind the head of the answer, ready to be read.
    private final ByteBuffer rest;

    private HttpTunnel(Line down, Line up, ByteBuffer rest) {
        this.down = down;
        this.up = up;
        this.rest = rest;
    }

    /// Opens both ways. A camera that asks for a proof of identity gets it.
    static HttpTunnel open(
            RtspAddress address, Dialler dialler, Authenticator authenticator, SecureRandom random)
            throws IOException {
        return new Digging(address, dialler, authenticator, random).dig();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!rest.hasRemaining()) {
            return down.read(into);
        }
        var count = Math.min(into.remaining(), rest.remaining());
        into.put(rest.slice(rest.position(), count));
        rest.position(rest.position() + count);
        return count;
    }

    @Override
    public boolean hasMore() {
        return rest.hasRemaining() || down.hasMore();
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        return up.write(Base64.getEncoder().encode(bytes));
    }

    @Override
    public SocketChannel channel() {
        return down.channel();
    }

    @Override
    public void close() throws IOException {
        try (down;
                up) {
            // Both are closed whatever the other one says.
        }
    }

    /// Opens one tunnel.
    private static final class Digging {
        private final Dialler dialler;
        private final Authenticator authenticator;
        private final String path;
        private final String host;
        private final String cookie;

        Digging(
                RtspAddress address,
                Dialler dialler,
                Authenticator authenticator,
                SecureRandom random) {
            this.dialler = dialler;
            this.authenticator = authenticator;
            this.host = address.told();
            this.path = path(address);
            var bytes = new byte[16];
            random.nextBytes(bytes);
            this.cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        private static String path(RtspAddress address) {
            var uri = address.uri();
            var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        }

        HttpTunnel dig() throws IOException {
            for (var tries = 1; ; tries++) {
                var down = dialler.dial();
                try {
                    down.write(head("GET", "Accept: " + TYPE));
                    var head = HttpHead.read(down, dialler);
                    var answer = head.message();
                    if (answer.status() != 401 || tries == MOST_TRIES) {
                        requireOpen(answer);
                        return new HttpTunnel(down, up(), head.rest());
                    }
                    authenticator.challenged(answer);
                } catch (IOException | RuntimeException e) {
                    down.close();
                    throw e;
                }
                down.close();
            }
        }

        private void requireOpen(RtspMessage answer) {
            if (answer.status() == 401) {
                throw new RtspException(
                        RtspException.Fault.WRONG_CREDENTIALS,
                        "It refuses the user or the password again and again. Check both");
            }
            if (answer.status() / 100 != 2) {
                throw new RtspException(
                        RtspException.Fault.REFUSED_BY_CAMERA,
                        ("It answered with %s where a tunnel was to begin. Check port (mostly 80) and path,"
                                        + " and whether it knows RTSP over HTTP, or choose TCP for it here")
                                .formatted(answer.told()));
            }
            authenticator.accepted();
        }

        private Line up() throws IOException {
            var up = dialler.dial();
            // Nothing comes this way: whoever waits for the camera waits for the other one.
            dialler.forget(up.channel());
            // The body has no end; every client says this length, and no camera counts.
            up.write(head("POST", "Content-Type: " + TYPE, "Content-Length: 32767"));
            return up;
        }

        private ByteBuffer head(String method, String... more) {
            var head = new StringBuilder();
            head.append(method).append(' ').append(path).append(" HTTP/1.0\r\n");
            head.append("Host: ").append(host).append("\r\n");
            head.append("User-Agent: Custodes\r\n");
            head.append("x-sessioncookie: ").append(cookie).append("\r\n");
            head.append("Pragma: no-cache\r\nCache-Control: no-cache\r\n");
            authenticator
                    .authorization(method, path)
                    .ifPresent(
                            proof -> head.append("Authorization: ").append(proof).append("\r\n"));
            for (var line : more) {
                head.append(line).append("\r\n");
            }
            head.append("\r\n");
            return ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
