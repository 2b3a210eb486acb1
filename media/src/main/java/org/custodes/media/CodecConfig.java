package org.custodes.media;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a decoder must know before the first picture of a GOP.
///
/// @param codec which codec
/// @param parameterSets the parameter sets (VPS, SPS, PPS) without start codes, in decoding order,
///     byte for byte as sent (emulation prevention still in)
/// @param rfc6381 the codec string of RFC 6381, such as `avc1.64001F` or `hvc1.1.6.L93.B0`; `mjpeg` for
///     MJPEG, which that RFC has no word for
/// @param width of the shown picture in pixels, after cropping
/// @param height of the shown picture in pixels, after cropping
public record CodecConfig(
        Codec codec, List<Bytes> parameterSets, String rfc6381, int width, int height) {

    public CodecConfig {
        Objects.requireNonNull(codec);
        Objects.requireNonNull(rfc6381);
        parameterSets = List.copyOf(parameterSets);
    }

    /// What these parameter sets tell (NAL units with headers, without start codes).
    ///
    /// @return empty if no readable SPS is among them
    public static Optional<CodecConfig> of(Codec codec, List<Bytes> parameterSets) {
        var sets = new ParameterSets(codec);
        parameterSets.forEach(set -> sets.offer(set.array(), 0, set.length()));
        return sets.config();
    }

    /// What a key frame's own parameter sets tell about it (with those that were added to it).
    ///
    /// @param picture the frame as a decoder wants it: [FramePayload#decodable]
    /// @return empty if the frame holds no slice at which decoding can begin, or not the sets that
    ///     this slice refers to, or if it is malformed
    public static Optional<CodecConfig> ofKeyFrame(Codec codec, byte[] picture) {
        try {
            return codec.hasNalUnits() ? ofNalUnits(codec, picture) : ofImage(codec, picture);
        } catch (MalformedNalException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<CodecConfig> ofNalUnits(Codec codec, byte[] annexB) {
        var sets = new ParameterSets(codec);
        var units = NalUnits.split(annexB);
        for (var i = 0; i < units.size(); i++) {
            if (units.kind(i, codec) == NalKind.KEY_SLICE) {
                return sets.configForSlice(annexB, units.start(i), units.end(i));
            }
            sets.offer(annexB, units.start(i), units.end(i));
        }
        return Optional.empty();
    }

    private static Optional<CodecConfig> ofImage(Codec codec, byte[] image) {
        return JpegSize.of(image, 0, image.length)
                .map(size ->
                        new CodecConfig(codec, List.of(), "mjpeg", size.width(), size.height()));
    }
}
