package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.rtsp.ScriptedCamera.bytes;
import static org.custodes.rtsp.ScriptedCamera.joined;
import static org.custodes.rtsp.ScriptedCamera.packet;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DemultiplexerTest {

    @Property
    void however_the_stream_is_cut_the_same_packets_and_messages_come_out(@ForAll long seed) {
        var random = new Random(seed);
        var stream = new ByteArrayOutputStream();
        var expected = new ArrayList<String>();
        for (var i = 0; i < 40; i++) {
            if (random.nextInt(4) > 0) {
                var unit = new byte[random.nextInt(random.nextInt(10) == 0 ? 60_000 : 1_400)];
                random.nextBytes(unit);
                var packet = packet(random.nextInt(256), i, i, HexFormat.of().formatHex(unit));
                stream.writeBytes(packet);
                expected.add(packet[1] + ":" + Arrays.hashCode(from(packet, 4)));
            } else {
                var body = "b$".repeat(random.nextInt(200));
                stream.writeBytes(
                        bytes(
                                "RTSP/1.0 200 OK\r\nContent-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body));
                expected.add("200 " + body.length());
            }
        }

        assertThat(all(stream.toByteArray(), random)).isEqualTo(expected);
    }

    @Property
    void any_bytes_are_split_or_refused(
            @ForAll @Size(max = 4_000) byte[] bytes, @ForAll long seed) {
        readOrRefuse(bytes, new Random(seed));
        readOrRefuse(joined(bytes("RTSP/1.0 200 OK\r\n"), bytes), new Random(seed));
    }

    @Test
    void bytes_that_trickle_in_one_by_one_are_looked_at_once() {
        var stream = bytes("RTSP/1.0 200 OK\r\n" + "X: y\r\n".repeat(100) + "\r\n");
        var demultiplexer = new Demultiplexer();

        for (var i = 0; i < stream.length; i++) {
            assertThat(demultiplexer.next()).isEqualTo(Demultiplexer.Found.NOTHING);
            demultiplexer.space().put(stream[i]);
            demultiplexer.filled();
        }

        assertThat(demultiplexer.next()).isEqualTo(Demultiplexer.Found.MESSAGE);
        assertThat(demultiplexer.takeMessage().headers()).hasSize(100);
    }

    private static void readOrRefuse(byte[] bytes, Random random) {
        try {
            all(bytes, random);
        } catch (RtspException refusal) {
            assertThat(refusal.fault())
                    .isIn(
                            RtspException.Fault.NOT_RTSP,
                            RtspException.Fault.PROTOCOL,
                            RtspException.Fault.TOO_LARGE);
        }
    }

    /// Feeds the stream in pieces of any size and tells what was found.
    private static List<String> all(byte[] stream, Random random) {
        var demultiplexer = new Demultiplexer();
        var found = new ArrayList<String>();
        var at = 0;
        while (true) {
            switch (demultiplexer.next()) {
                case PACKET -> found.add(told(demultiplexer));
                case MESSAGE -> {
                    var message = demultiplexer.takeMessage();
                    found.add(message.status() + " " + message.body().length());
                }
                case NOTHING -> {
                    if (at == stream.length) {
                        return found;
                    }
                    var space = demultiplexer.space();
                    assertThat(space.remaining()).isGreaterThanOrEqualTo(4_096);
                    var piece = 1 + random.nextInt(random.nextBoolean() ? 20 : 100_000);
                    var count = Math.min(Math.min(piece, space.remaining()), stream.length - at);
                    space.put(stream, at, count);
                    demultiplexer.filled();
                    at += count;
                }
            }
        }
    }

    private static String told(Demultiplexer found) {
        var packet =
                Arrays.copyOfRange(found.buffer(), found.offset(), found.offset() + found.length());
        return (byte) found.channel() + ":" + Arrays.hashCode(packet);
    }

    private static byte[] from(byte[] bytes, int start) {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }
}
