package org.custodes.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// One connection over TLS from an address of its own, on which requests follow each other: nothing
/// stands between what is measured and the bytes, and an answer is all of its bytes.
final class RawCaller implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int MOST = 1 << 20;

    private final SSLSocket socket;
    private final InputStream in;
    private final String headers;

    private RawCaller(SSLSocket socket, String headers) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.headers = headers;
    }

    /// What came back.
    ///
    /// @param head status and headers, as they came, without the moment at which it was said
    record Said(int status, String head, String body) {
        /// Whether the connection is good for another request.
        boolean stays() {
            return !head.toLowerCase(Locale.ROOT).contains("connection: close");
        }
    }

    /// @param tls trusts the server
    /// @param cookie of whoever is signed in; empty for nobody
    static RawCaller from(InetAddress address, URI server, SSLContext tls, String cookie)
            throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket();
        try {
            socket.bind(new InetSocketAddress(address, 0));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()),
                    PATIENCE_MILLIS);
            socket.startHandshake();
            return new RawCaller(
                    socket,
                    "Host: %s:%d\r\nOrigin: %s\r\n%s"
                            .formatted(
                                    server.getHost(),
                                    server.getPort(),
                                    BenchPerson.origin(server),
                                    cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n"));
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    Said get(String path) throws IOException {
        return ask("GET %s HTTP/1.1\r\n%s\r\n".formatted(path, headers));
    }

    Said post(String path, String json) throws IOException {
        var length = json.getBytes(StandardCharsets.UTF_8).length;
        return ask(
                "POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(path, headers, length, json));
    }

    private Said ask(String request) throws IOException {
        var out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
        var head = new StringBuilder();
        var length = 0;
        var status = line();
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            if (!lower.startsWith("date:")) {
                head.append(header).append('\n');
            }
        }
        if (length > MOST) {
            throw new IOException("An answer of %d bytes is none of ours".formatted(length));
        }
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Said(Integer.parseInt(status.split(" ", 3)[1]), status + "\n" + head, body);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The server hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
