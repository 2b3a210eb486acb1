package org.custodes.media;

import java.util.List;
import java.util.Objects;

/// What a decoder must know before the first picture of a GOP.
///
/// @param codec which codec
/// @param parameterSets the parameter sets (VPS, SPS, PPS) without start codes, in decoding order;
///     and without emulation prevention removed: the bytes as sent
/// @param rfc6381 the codec string of RFC 6381, such as `avc1.64001F` or `hvc1.1.6.L93.B0`
/// @param width of the shown picture in pixels, after cropping
/// @param height of the shown picture in pixels, after cropping
public record CodecConfig(
        Codec codec, List<Bytes> parameterSets, String rfc6381, int width, int height) {

    public CodecConfig {
        Objects.requireNonNull(codec);
        Objects.requireNonNull(rfc6381);
        parameterSets = List.copyOf(parameterSets);
    }
}
