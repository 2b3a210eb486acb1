package org.custodes.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.custodes.fuzz.HostileInput;

/// Parameter sets and whole pictures, as `media` reads them for cameras and for stored records. An input
/// is a codec's number and an access unit.
public final class ParameterSetsFuzz {
    private ParameterSetsFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "00"
                                + ("00000001"
                                        + "6764001eacd940a02ff97011000003000100000300320f162d96")
                                + ("00000001" + "68ebe3cb22c0")
                                + ("00000001" + "65888400"),
                        "01"
                                + ("00000001" + "40010c01ffff01600000030090000003000003003c9598")
                                + ("00000001"
                                        + "420101016000000300900000030000030078a003c08010e596566924cae0")
                                + ("00000001" + "4401c172b46240")
                                + ("00000001" + "2601af0880"),
                        "02" + "ffd8ffc000110801000140030122000211010311" + "01ffd9")
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length > 0) {
            HostileInput.withinBounds(() -> read(input));
        }
    }

    private static void read(byte[] input) {
        var codecs = Codec.values();
        var codec = codecs[(input[0] & 0xff) % codecs.length];
        var picture = Arrays.copyOfRange(input, 1, input.length);
        var _ = JpegSize.of(picture, 0, picture.length);
        if (codec == Codec.MJPEG) {
            return;
        }
        var sets = new ParameterSets(codec);
        var found = NalUnits.split(picture);
        var units = new ArrayList<Bytes>();
        for (var i = 0; i < found.size(); i++) {
            var _ = found.kind(i, codec);
            units.add(found.unit(i));
            sets.offer(picture, found.start(i), found.end(i));
        }
        var _ = sets.config();
        var _ = sets.missingFrom(picture, 0, picture.length);
        var _ = CodecConfig.of(codec, units);
        var _ = CodecConfig.ofKeyFrame(codec, picture);
        var payload = FramePayload.encode(Bytes.of(picture), sets.missingFrom(picture, 0, 0));
        var _ = FramePayload.decodable(payload);
        try {
            var _ = FramePayload.decodable(picture);
        } catch (IllegalArgumentException refused) {
            // No payload of ours.
        }
    }
}
