package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.custodes.media.NalUnits;
import org.custodes.media.ParameterSets;

/// What is cut into packets by chance and put together again is what it was.
class PacketizingTest {
    private static final SecureRandom SECURE = new SecureRandom();

    @Property(tries = 100)
    void every_way_to_cut_frames_gives_the_same_frames(
            @ForAll boolean newer,
            @ForAll @IntRange(min = 8, max = 1_500) int mtu,
            @ForAll long seed) {
        var codec = newer ? Codec.H265 : Codec.H264;
        var random = new Random(seed);
        var originals = originals(codec, random, 12);
        var markers = random.nextInt(3) > 0;
        var got = new Collected();
        var track = track(codec, got);

        for (var packet : allPackets(originals, codec, mtu, random, markers)) {
            track.rtp(packet, 0, packet.length, 0);
        }

        var expected = originals.stream().map(PacketizingTest::annexB).toList();
        // Without marker bits the last frame still waits for the next one's time.
        assertThat(got.frames.stream().map(Frame::data))
                .containsExactlyElementsOf(markers ? expected : expected.subList(0, 11));
        assertThat(got.frames).noneMatch(Frame::damaged);
        assertThat(got.losses).isEmpty();
    }

    @Property(tries = 100)
    void whatever_packets_are_lost_no_two_frames_are_mixed(
            @ForAll boolean newer,
            @ForAll @IntRange(min = 8, max = 1_500) int mtu,
            @ForAll @IntRange(min = 1, max = 60) int percent,
            @ForAll long seed) {
        var codec = newer ? Codec.H265 : Codec.H264;
        var random = new Random(seed);
        var originals = originals(codec, random, 15);
        var markers = random.nextInt(3) > 0;
        var got = new Collected();
        var track = track(codec, got);
        var packets = allPackets(originals, codec, mtu, random, markers);
        var dropped = 0;

        for (var i = 0; i < packets.size(); i++) {
            var packet = packets.get(i);
            // Of what was sent before the first packet that comes, nobody can know.
            if (i > 0 && random.nextInt(100) < percent) {
                dropped++;
            } else {
                track.rtp(packet, 0, packet.length, 0);
            }
        }

        assertThat(got.lost(Loss.Kind.PACKETS)).isLessThanOrEqualTo(dropped);
        for (var frame : got.frames) {
            var original = originals.get((int) (frame.mediaTime() - (1L << 32)) / 3_600);
            if (frame.damaged()) {
                assertThat(units(frame)).isSubsetOf(new HashSet<>(bytes(original)));
            } else {
                assertThat(frame.data()).isEqualTo(annexB(original));
            }
        }
    }

    private static List<byte[]> allPackets(
            List<List<byte[]>> frames, Codec codec, int mtu, Random random, boolean markers) {
        var packetizer = new Packetizer(codec, mtu, random.nextInt(), random);
        var packets = new ArrayList<byte[]>();
        for (var i = 0; i < frames.size(); i++) {
            packets.addAll(packetizer.packets(frames.get(i), 3_600 * i, markers));
        }
        return packets;
    }

    static VideoTrack track(Codec codec, FrameReceiver receiver) {
        return new VideoTrack(
                codec,
                new ParameterSets(codec),
                Optional.empty(),
                Set.of(),
                OptionalInt.empty(),
                1 << 20,
                SECURE,
                receiver,
                0);
    }

    /// Frames of one to five slices, some with a delimiter and SEI before them.
    private static List<List<byte[]>> originals(Codec codec, Random random, int count) {
        var frames = new ArrayList<List<byte[]>>();
        for (var i = 0; i < count; i++) {
            var units = new ArrayList<byte[]>();
            if (random.nextBoolean()) {
                units.add(unit(codec, codec == Codec.H264 ? 9 : 35, random, 3));
            }
            if (random.nextBoolean()) {
                units.add(unit(codec, codec == Codec.H264 ? 6 : 39, random, 30));
            }
            var key = random.nextInt(5) == 0;
            var type = codec == Codec.H264 ? (key ? 5 : 1) : (key ? 19 : 1);
            var slices = 1 + random.nextInt(5);
            for (var slice = 0; slice < slices; slice++) {
                units.add(slice(codec, type, slice == 0, random));
            }
            frames.add(units);
        }
        return frames;
    }

    /// Its first bit after the header says whether it is its picture's first.
    private static byte[] slice(Codec codec, int type, boolean first, Random random) {
        var slice = unit(codec, type, random, 4_000);
        var header = codec == Codec.H264 ? 1 : 2;
        slice[header] = (byte) (first ? slice[header] | 0x80 : (slice[header] & 0x7F) | 1);
        return slice;
    }

    private static byte[] unit(Codec codec, int type, Random random, int longest) {
        var unit = new byte[4 + random.nextInt(longest)];
        for (var i = 0; i < unit.length; i++) {
            unit[i] = (byte) (1 + random.nextInt(255));
        }
        unit[0] = (byte) (codec == Codec.H264 ? 0x60 | type : type << 1);
        unit[1] = codec == Codec.H264 ? unit[1] : 1;
        return unit;
    }

    private static Bytes annexB(List<byte[]> units) {
        var out = new ByteArrayOutputStream();
        for (var unit : units) {
            out.writeBytes(new byte[] {0, 0, 0, 1});
            out.writeBytes(unit);
        }
        return Bytes.of(out.toByteArray());
    }

    private static List<Bytes> units(Frame frame) {
        return NalUnits.split(frame.data().array()).units();
    }

    private static List<Bytes> bytes(List<byte[]> units) {
        return units.stream().map(Bytes::of).toList();
    }
}
