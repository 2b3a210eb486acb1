package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.custodes.media.Codec;
import org.custodes.media.ParameterSets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Input made to break us: it is read or refused, and costs what was set as its bound.
class HostileInputTest {
    private static final long MOST_BYTES = 64L << 20;

    @Property
    void random_packets_are_taken_or_left_aside(
            @ForAll Codec codec, @ForAll @Size(max = 200) byte[] bytes, @ForAll long seed) {
        var random = new Random(seed);
        var got = new Collected();
        var track = PacketizingTest.track(codec, got);
        for (var i = 0; i < 50; i++) {
            var packet = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            if (packet.length > 12) {
                // A header that lets the rest through, a payload of which anything may be true.
                packet[0] = (byte) (0x80 | (random.nextInt(8) == 0 ? random.nextInt(64) : 0));
                System.arraycopy(new byte[] {0, 0, 0, 1}, 0, packet, 8, 4);
                packet[2] = 0;
                packet[3] = (byte) i;
                packet[12] = (byte) random.nextInt();
                track.rtp(packet, 0, packet.length, i);
            }
            track.rtcp(packet, 0, packet.length, i);
            track.report(i);
        }

        assertThat(got.frames.size()).isLessThanOrEqualTo(50);
    }

    @Property
    void random_words_of_a_challenge_are_read_or_left_out(@ForAll String value) {
        for (var challenge : Challenge.readAll(value)) {
            assertThat(challenge.scheme()).isNotEmpty();
        }
        for (var challenge : Challenge.readAll("Digest realm=\"" + value)) {
            assertThat(challenge.scheme()).isNotEmpty();
        }
    }

    @Property
    void random_transports_are_read_or_refused(@ForAll String value, @ForAll boolean byDatagram) {
        try {
            var answer = TransportAnswer.read("RTP/AVP/TCP;interleaved=" + value, byDatagram);
            if (answer instanceof TransportAnswer.Interleaved(var rtp, var rtcp, _)) {
                assertThat(rtp).isBetween(0, 255);
                assertThat(rtcp).isBetween(0, 255);
            }
            answer = TransportAnswer.read("RTP/AVP;server_port=" + value, byDatagram);
            if (answer instanceof TransportAnswer.ByDatagram(var rtp, var rtcp, _)) {
                assertThat(rtp).isBetween(0, 65_535);
                assertThat(rtcp).isBetween(0, 65_535);
            }
        } catch (RtspException refusal) {
            assertThat(refusal.fault()).isEqualTo(RtspException.Fault.REFUSED_BY_CAMERA);
        }
    }

    @Test
    void pictures_without_end_allocate_less_than_the_bound() {
        var got = new Collected();
        var track =
                new VideoTrack(
                        Codec.H264,
                        new ParameterSets(Codec.H264),
                        Optional.empty(),
                        Set.of(),
                        OptionalInt.empty(),
                        RtspSettings.DEFAULT.mostFrameBytes(),
                        new SecureRandom(),
                        got,
                        0);
        var packet = new byte[65_000];
        packet[0] = (byte) 0x80;
        packet[12] = 0x7C;
        var before = allocated();

        @Nullable RtspException end = null;
        for (var i = 0; end == null; i++) {
            packet[3] = (byte) i;
            packet[2] = (byte) (i >> 8);
            packet[13] = (byte) (i == 0 ? 0x81 : 0x01);
            try {
                track.rtp(packet, 0, packet.length, 0);
            } catch (RtspException e) {
                end = e;
            }
        }

        assertThat(end.fault()).isEqualTo(RtspException.Fault.TOO_LARGE);
        assertThat(allocated() - before).isLessThan(MOST_BYTES);
    }

    @Test
    void a_frame_full_of_start_codes_is_refused_and_not_counted_out() {
        var got = new Collected();
        var track = PacketizingTest.track(Codec.H264, got);
        // A key slice of nothing but start codes: 12,000 in each of many packets.
        var packet = new byte[60_000];
        for (var i = 16; i + 4 <= packet.length; i += 4) {
            packet[i + 2] = 1;
            packet[i + 3] = 9;
        }
        packet[0] = (byte) 0x80;
        packet[12] = 0x65;
        var before = allocated();

        @Nullable RtspException end = null;
        for (var i = 0; i < 10 && end == null; i++) {
            packet[1] = (byte) (i == 9 ? 0x80 : 0);
            packet[3] = (byte) i;
            try {
                track.rtp(packet, 0, packet.length, 0);
            } catch (RtspException e) {
                end = e;
            }
        }

        assertThat(end).isNotNull();
        assertThat(allocated() - before).isLessThan(MOST_BYTES);
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
