package org.custodes.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Something at an address that is no camera that Custodes can record: it describes one stream, or it
/// does not speak RTSP at all.
final class FaultyCamera implements AutoCloseable {
    private final ServerSocket server;
    private final @Nullable String description;

    private FaultyCamera(@Nullable String description) {
        this.description = description;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /// A camera with a microphone alone.
    static FaultyCamera withoutVideo() {
        return new FaultyCamera("v=0\r\ns=x\r\nm=audio 0 RTP/AVP 0\r\na=control:track1\r\n");
    }

    /// A camera that sends VP9.
    static FaultyCamera withAnotherCodec() {
        return new FaultyCamera(
                "v=0\r\ns=x\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 VP9/90000\r\na=control:track1\r\n");
    }

    /// A web server.
    static FaultyCamera notRtsp() {
        return new FaultyCamera(null);
    }

    String address() {
        return "rtsp://127.0.0.1:%d/stream".formatted(server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            var reader =
                    new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            var cseq = "";
            var method = "";
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (method.isEmpty()) {
                    method = line.substring(0, Math.max(0, line.indexOf(' ')));
                } else if (line.startsWith("CSeq:")) {
                    cseq = line;
                } else if (line.isEmpty()) {
                    client.getOutputStream()
                            .write(answer(method, cseq).getBytes(StandardCharsets.UTF_8));
                    method = "";
                }
            }
        } catch (IOException gone) {
            // The caller has hung up: that is how every test ends.
        }
    }

    private String answer(String method, String cseq) {
        if (description == null) {
            return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        }
        return method.equals("DESCRIBE")
                ? "RTSP/1.0 200 OK\r\n%s\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(cseq, description.length(), description)
                : "RTSP/1.0 200 OK\r\n%s\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n".formatted(cseq);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
