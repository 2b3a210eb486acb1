package org.custodes.rtsp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A camera that says what a test wrote down for it, odd as that may be: for each method one text, in
/// which `{cseq}` stands for the request's number.
final class ScriptedCamera implements AutoCloseable {
    static final String USUAL_TRANSPORT = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1";

    static final String SDP =
            """
            v=0
            s=Odd
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=control:track1
            """;

    private final ServerSocket server;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private volatile byte[] greeting = {};

    ScriptedCamera() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        on("OPTIONS", fine("Public: DESCRIBE, GET_PARAMETER"));
        describes(SDP);
        on("SETUP", fine("Session: 1;timeout=60", USUAL_TRANSPORT));
        on("PLAY", fine("Session: 1"));
        on("TEARDOWN", fine());
        Thread.ofVirtual().start(this::serve);
    }

    /// An answer 200 with these header fields.
    static String fine(String... headers) {
        return status("200 OK", headers);
    }

    static String status(String status, String... headers) {
        var head = new StringBuilder("RTSP/1.0 ").append(status).append("\r\nCSeq: {cseq}\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    ScriptedCamera on(String method, String answer) {
        return on(method, answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    ScriptedCamera on(String method, byte[] answer) {
        answers.put(method, answer);
        return this;
    }

    ScriptedCamera describes(String sdp, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.add("Content-Length: " + bytes(sdp).length);
        return on("DESCRIBE", fine(all.toArray(String[]::new)) + sdp);
    }

    /// What it says before it is asked.
    ScriptedCamera greets(String text) {
        greeting = text.getBytes(StandardCharsets.ISO_8859_1);
        return this;
    }

    RtspAddress address() {
        return address("/stream");
    }

    RtspAddress address(String path) {
        var uri = URI.create("rtsp://127.0.0.1:" + server.getLocalPort() + path);
        return RtspAddress.of(uri, server.getInetAddress());
    }

    /// The heads of the requests so far.
    List<String> requests() {
        return List.copyOf(requests);
    }

    String request(String method) {
        return requests.stream().filter(r -> r.startsWith(method + " ")).findFirst().orElseThrow();
    }

    /// Sends to all who are connected.
    void send(byte[] bytes) {
        for (var client : clients) {
            try {
                client.getOutputStream().write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void serve() {
        try {
            while (true) {
                var client = server.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> talk(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void talk(Socket client) {
        try (client) {
            client.getOutputStream().write(greeting);
            while (true) {
                var request = readHead(client.getInputStream());
                if (request.isEmpty()) {
                    return;
                }
                requests.add(request);
                answer(request, client.getOutputStream());
            }
        } catch (IOException gone) {
            // The client hung up.
        }
    }

    private void answer(String request, OutputStream out) throws IOException {
        var method = request.substring(0, request.indexOf(' '));
        var number = request.replaceAll("(?s).*CSeq: ([0-9]+).*", "$1");
        var answer = answers.getOrDefault(method, new byte[0]);
        var text = new String(answer, StandardCharsets.ISO_8859_1).replace("{cseq}", number);
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /// Reads one request, past interleaved packets; empty at the end.
    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var value = in.read();
            if (value < 0) {
                return "";
            }
            if (head.isEmpty() && value == '$') {
                in.read();
                in.skipNBytes(in.read() << 8 | in.read());
            } else {
                head.append((char) value);
            }
        }
        return head.toString();
    }

    /// An interleaved RTP packet whose payload is one NAL unit, written in hex, with a marker bit.
    static byte[] packet(int channel, int sequence, int timestamp, String unit) {
        var payload = HexFormat.of().parseHex(unit);
        var out = new ByteArrayOutputStream();
        var length = 12 + payload.length;
        for (var value :
                new int[] {
                    '$',
                    channel,
                    length >> 8,
                    length,
                    0x80,
                    0xE0,
                    sequence >> 8,
                    sequence,
                    timestamp >> 24,
                    timestamp >> 16,
                    timestamp >> 8,
                    timestamp,
                    0,
                    0,
                    0,
                    7
                }) {
            out.write(value);
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        List.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
