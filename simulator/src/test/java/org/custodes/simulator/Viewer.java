package org.custodes.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;

/// A client as small as can be: one connection, video only, everything checked by the test.
final class Viewer implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final URI uri;
    private int cseq;
    String session = "";
    Codec codec = Codec.H264;
    final List<Packet> reports = new ArrayList<>();

    /// One interleaved packet, without its framing.
    record Packet(int channel, Bytes content) {
        byte[] bytes() {
            return content.array();
        }

        int sequence() {
            return ByteBuffer.wrap(bytes()).getShort(2) & 0xffff;
        }

        long timestamp() {
            return ByteBuffer.wrap(bytes()).getInt(4) & 0xffff_ffffL;
        }

        int source() {
            return ByteBuffer.wrap(bytes()).getInt(8);
        }

        boolean marked() {
            return bytes()[1] < 0;
        }
    }

    record Reply(int status, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /// One access unit: the packets with one timestamp.
    record Unit(long timestamp, List<Packet> packets, Bytes content) {
        byte[] annexB() {
            return content.array();
        }
    }

    Viewer(URI uri) throws IOException {
        this(uri, new Socket());
    }

    Viewer(URI uri, Socket socket) throws IOException {
        this.uri = uri;
        this.socket = socket;
        socket.connect(new java.net.InetSocketAddress(uri.getHost(), uri.getPort()), 5_000);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static Viewer playing(SimulatedCamera camera) throws IOException {
        var viewer = new Viewer(camera.uri());
        viewer.codec = camera.clip().codec();
        viewer.setUpAndPlay();
        return viewer;
    }

    void setUpAndPlay() throws IOException {
        var setup =
                ask(
                        "SETUP",
                        uri + "/trackID=0",
                        "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n");
        session = setup.header("session").split(";", 2)[0];
        ask("PLAY", uri.toString(), "");
    }

    Reply ask(String method, String target, String headers) throws IOException {
        say(method, target, headers);
        return reply();
    }

    void say(String method, String target, String headers) throws IOException {
        var text =
                "%s %s RTSP/1.0\r\nCSeq: %d\r\n%s%s\r\n"
                        .formatted(
                                method,
                                target,
                                ++cseq,
                                session.isEmpty() ? "" : "Session: " + session + "\r\n",
                                headers);
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Reply reply() throws IOException {
        while (true) {
            if (!nextIsPacket()) {
                return readReply();
            }
            readPacket();
        }
    }

    boolean nextIsPacket() throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == '$';
    }

    private Reply readReply() throws IOException {
        var status = line();
        var headers = new HashMap<String, List<String>>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int length =
                Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst());
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(status.split(" ", 3)[1]), headers, body);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /// The next video packet; reports on the way are kept apart.
    Packet packet() throws IOException {
        while (true) {
            var packet = readPacket();
            if (packet.channel() == 0) {
                return packet;
            }
            reports.add(packet);
        }
    }

    private Packet readPacket() throws IOException {
        if (in.readUnsignedByte() != '$') {
            throw new IOException("not a packet");
        }
        int channel = in.readUnsignedByte();
        return new Packet(channel, Bytes.of(in.readNBytes(in.readUnsignedShort())));
    }

    /// The next access unit, up to its marker.
    Unit unit() throws IOException {
        var packets = new ArrayList<Packet>();
        do {
            packets.add(packet());
        } while (!packets.getLast().marked());
        return new Unit(packets.getLast().timestamp(), packets, Bytes.of(joined(packets)));
    }

    List<Unit> units(int count) throws IOException {
        var units = new ArrayList<Unit>();
        while (units.size() < count) {
            units.add(unit());
        }
        return units;
    }

    private byte[] joined(List<Packet> packets) {
        var out = new ByteArrayOutputStream();
        for (var packet : packets) {
            var b = packet.bytes();
            int type = NalUnits.type(codec, b[12]);
            int header = codec == Codec.H264 ? 1 : 2;
            boolean fragment = type == (codec == Codec.H264 ? 28 : 49);
            if (!fragment) {
                out.writeBytes(new byte[] {0, 0, 0, 1});
                out.write(b, 12, b.length - 12);
                continue;
            }
            int edges = b[12 + header];
            if ((edges & 0x80) != 0) {
                out.writeBytes(new byte[] {0, 0, 0, 1});
                if (codec == Codec.H264) {
                    out.write((b[12] & 0xe0) | (edges & 0x1f));
                } else {
                    out.write((b[12] & 0x81) | ((edges & 0x3f) << 1));
                    out.write(b[13]);
                }
            }
            out.write(b, 13 + header, b.length - 13 - header);
        }
        return out.toByteArray();
    }

    boolean endsWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            while (in.read() >= 0) {
                // what was under way
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
