package org.custodes.rtsp;

import static org.custodes.rtsp.ScriptedCamera.bytes;
import static org.custodes.rtsp.ScriptedCamera.joined;
import static org.custodes.rtsp.ScriptedCamera.packet;

import java.util.List;
import org.custodes.fuzz.HostileInput;

/// What a camera says on its connection: answers with packets between them, and the words in their heads.
public final class RtspFuzz {
    private RtspFuzz() {}

    static List<byte[]> seeds() {
        var described = "v=0\r\nm=video 0 RTP/AVP 96\r\n";
        return List.of(
                bytes(
                        "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n"),
                joined(
                        bytes(
                                "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                                        .formatted(described.length(), described)),
                        packet(0, 1, 1, "65888400")),
                bytes(
                        "RTSP/1.0 401 Unauthorized\r\nCSeq: 3\r\nWWW-Authenticate: Digest realm=\"a\", nonce=\"b\", qop=\"auth\", algorithm=SHA-256\r\n\r\n"),
                bytes(
                        "RTSP/1.0 200 OK\r\nCSeq: 4\r\nSession: 12345678;timeout=60\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=0000002A\r\n\r\n"));
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        HostileInput.withinBounds(() -> {
            try {
                read(input);
            } catch (RtspException refused) {
                // As it should be.
            }
        });
    }

    private static void read(byte[] input) {
        var demultiplexer = new Demultiplexer();
        var at = 0;
        while (true) {
            switch (demultiplexer.next()) {
                case PACKET -> {}
                case MESSAGE -> words(demultiplexer.takeMessage());
                case NOTHING -> {
                    if (at == input.length) {
                        return;
                    }
                    var space = demultiplexer.space();
                    var count = Math.min(space.remaining(), input.length - at);
                    space.put(input, at, count);
                    demultiplexer.filled();
                    at += count;
                }
            }
        }
    }

    private static void words(RtspMessage message) {
        for (var header : message.headers()) {
            var value = header.value();
            var _ = Challenge.readAll(value);
            for (var byDatagram : new boolean[] {true, false}) {
                try {
                    var _ = TransportAnswer.read(value, byDatagram);
                } catch (RtspException refused) {
                    // The next may fit.
                }
            }
        }
    }
}
