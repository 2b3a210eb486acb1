package org.custodes.rtsp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.custodes.fuzz.HostileInput;
import org.custodes.media.Codec;

/// Packets of one track. An input is a codec's number, then packets, each behind its length in two bytes
/// of which the first bit says that it is RTCP.
public final class RtpFuzz {
    private static final int RTCP = 0x8000;

    private RtpFuzz() {}

    static List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (var codec : Codec.values()) {
            var h264 = codec == Codec.H264;
            seeds.add(
                    input(
                            codec,
                            List.of(
                                    h264
                                            ? "6764001eacd940a02ff97011000003000100000300320f162d96"
                                            : "42010101600000030090000003000003005da0028080",
                                    h264 ? "68ebe3cb22c0" : "4401c0f3c02010",
                                    h264 ? "7c85aabbcc" : "620193aabbcc",
                                    h264 ? "7c45ddeeff" : "620153ddeeff",
                                    h264
                                            ? "780004419a00110003419a00"
                                            : "60010004020111220003020133",
                                    "0000000001321e1eaabbccdd")));
        }
        return seeds;
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
        if (input.length == 0) {
            return;
        }
        var codecs = Codec.values();
        var track =
                PacketizingTest.track(codecs[(input[0] & 0xff) % codecs.length], new Collected());
        var in = ByteBuffer.wrap(input, 1, input.length - 1);
        for (var nanos = 0L; in.remaining() >= Short.BYTES; nanos += 1_000_000) {
            var word = in.getShort() & 0xffff;
            var length = Math.min(word & (RTCP - 1), in.remaining());
            if ((word & RTCP) == 0) {
                track.rtp(input, in.position(), length, nanos);
            } else {
                track.rtcp(input, in.position(), length, nanos);
            }
            in.position(in.position() + length);
        }
        track.report(1_000_000_000);
    }

    private static byte[] input(Codec codec, List<String> units) {
        var number = Arrays.asList(Codec.values()).indexOf(codec);
        var out = ByteBuffer.allocate(4_096).put((byte) number);
        var sequence = 0;
        for (var unit : units) {
            var bytes = HexFormat.of().parseHex(unit);
            out.putShort((short) (12 + bytes.length));
            out.put((byte) 0x80).put((byte) (sequence % 2 == 0 ? 0xe0 : 0x60));
            out.putShort((short) sequence).putInt(3_600 * sequence).putInt(1).put(bytes);
            sequence++;
        }
        // A sender report.
        out.putShort((short) (RTCP | 28)).putInt(0x80c80006).putInt(1).putLong(0xe800000000000000L);
        out.putInt(7_200).putInt(2).putInt(200);
        var input = new byte[out.position()];
        out.flip().get(input);
        return input;
    }
}
