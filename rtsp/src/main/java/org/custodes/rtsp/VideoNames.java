package org.custodes.rtsp;

import java.util.Map;
import org.custodes.media.Codec;

/// What video codecs are called: in descriptions, and by people.
final class VideoNames {
    private VideoNames() {}

    /// The name of a payload type that has one without being given any (RFC 3551 table 5), or empty.
    static String fixed(int payloadType) {
        return switch (payloadType) {
            case 25 -> "CELB";
            case 26 -> "JPEG";
            case 28 -> "NV";
            case 31 -> "H261";
            case 32 -> "MPV";
            case 33 -> "MP2T";
            case 34 -> "H263";
            default -> "";
        };
    }

    /// A name as a description has it, for people.
    ///
    /// @param parameters of its track
    static String told(String name, Map<String, String> parameters) {
        return switch (name) {
            case "MP4V-ES" -> "MPEG-4 part 2 (MP4V-ES)";
            case "MPV" -> "MPEG-1 or MPEG-2 (MPV)";
            case "MP2T", "MP2P", "MP1S" ->
                    "an MPEG transport or program stream (%s)".formatted(name);
            case "H261" -> "H.261";
            case "H263", "H263-1998", "H263-2000" -> "H.263 (%s)".formatted(name);
            case "H264" -> inOrder(Codec.H264, parameters, "H.264", "packetization-mode=2");
            case "H265", "HEVC" -> inOrder(Codec.H265, parameters, "H.265", "sprop-max-don-diff");
            case "H266" -> "H.266 (H266)";
            case "JPEG2000" -> "JPEG 2000";
            default -> name;
        };
    }

    private static String inOrder(
            Codec codec, Map<String, String> parameters, String name, String told) {
        return TrackChoice.inDecodingOrder(codec, parameters)
                ? name
                : "%s out of decoding order (%s)".formatted(name, told);
    }
}
