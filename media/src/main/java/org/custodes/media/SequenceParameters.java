package org.custodes.media;

import java.util.HexFormat;
import java.util.Locale;

/// What a sequence parameter set tells that we need (H.264 clause 7.3.2.1.1, H.265 clause 7.3.2.2):
/// its number, the size of the shown picture, and the codec string of RFC 6381.
///
/// @param id the set's number: 0 to 31 in H.264, 0 to 15 in H.265
/// @param width of the shown picture in pixels, after cropping: 1 to 16,384
/// @param height of the shown picture in pixels, after cropping: 1 to 16,384
/// @param rfc6381 such as `avc1.64001F` or `hvc1.1.6.L93.B0`
record SequenceParameters(int id, int width, int height, String rfc6381) {
    /// Twice the largest side that the highest levels of both codecs allow, rounded up.
    private static final int LONGEST_SIDE = 16_384;

    /// Reads a NAL unit (with its header, without a start code) between `start` and `end`.
    ///
    /// @throws MalformedNalException if it is cut off or says what the codec does not allow
    static SequenceParameters read(Codec codec, byte[] bytes, int start, int end) {
        var bits = new BitReader(bytes, start + NalKind.headerLength(codec), end);
        return switch (codec) {
            case H264 -> readH264(bits);
            case H265 -> readH265(bits);
            case MJPEG -> throw new MalformedNalException("MJPEG has no parameter sets");
        };
    }

    private static SequenceParameters readH264(BitReader bits) {
        var profile = (int) bits.bits(8);
        var constraints = (int) bits.bits(8);
        var level = (int) bits.bits(8);
        var id = bits.unsigned("seq_parameter_set_id", 31);
        var chroma = hasChromaFormat(profile) ? readH264ChromaAndScaling(bits) : Chroma.HALF;
        bits.unsigned("log2_max_frame_num_minus4", 12);
        skipH264PictureOrder(bits);
        bits.unsigned("max_num_ref_frames", 16);
        bits.skip(1);
        var widthInBlocks = bits.unsigned("pic_width_in_mbs_minus1", LONGEST_SIDE / 16) + 1;
        var heightInUnits = bits.unsigned("pic_height_in_map_units_minus1", LONGEST_SIDE / 16) + 1;
        var fields = bits.flag() ? 1 : 2;
        if (fields == 2) {
            bits.skip(1);
        }
        bits.skip(1);
        var crop = bits.flag() ? Crop.read(bits) : Crop.NONE;
        var width = 16 * widthInBlocks - chroma.stepX * crop.horizontal();
        var height = 16 * fields * heightInUnits - chroma.stepY * fields * crop.vertical();
        return sized(id, width, height, "avc1.%02X%02X%02X".formatted(profile, constraints, level));
    }

    /// The profiles of H.264 clause 7.3.2.1.1 whose sets say how colours are sampled.
    private static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static Chroma readH264ChromaAndScaling(BitReader bits) {
        var format = bits.unsigned("chroma_format_idc", 3);
        var chroma = Chroma.of(format, format == 3 && bits.flag());
        bits.unsigned("bit_depth_luma_minus8", 6);
        bits.unsigned("bit_depth_chroma_minus8", 6);
        bits.skip(1);
        if (bits.flag()) {
            var lists = format == 3 ? 12 : 8;
            for (var list = 0; list < lists; list++) {
                if (bits.flag()) {
                    skipScalingList(bits, list < 6 ? 16 : 64);
                }
            }
        }
        return chroma;
    }

    private static void skipScalingList(BitReader bits, int length) {
        long last = 8;
        long next = 8;
        for (var i = 0; i < length && next != 0; i++) {
            next = last + bits.signed() & 0xFF;
            last = next == 0 ? last : next;
        }
    }

    private static void skipH264PictureOrder(BitReader bits) {
        var type = bits.unsigned("pic_order_cnt_type", 2);
        if (type == 0) {
            bits.unsigned("log2_max_pic_order_cnt_lsb_minus4", 12);
        } else if (type == 1) {
            bits.skip(1);
            bits.signed();
            bits.signed();
            var cycle = bits.unsigned("num_ref_frames_in_pic_order_cnt_cycle", 255);
            for (var i = 0; i < cycle; i++) {
                bits.signed();
            }
        }
    }

    private static SequenceParameters readH265(BitReader bits) {
        bits.skip(4);
        var subLayers = (int) bits.bits(3);
        bits.skip(1);
        var rfc6381 = readH265Profile(bits);
        skipH265SubLayers(bits, subLayers);
        var id = bits.unsigned("sps_seq_parameter_set_id", 15);
        var format = bits.unsigned("chroma_format_idc", 3);
        var chroma = Chroma.of(format, format == 3 && bits.flag());
        var codedWidth = bits.unsigned("pic_width_in_luma_samples", LONGEST_SIDE);
        var codedHeight = bits.unsigned("pic_height_in_luma_samples", LONGEST_SIDE);
        var crop = bits.flag() ? Crop.read(bits) : Crop.NONE;
        var width = codedWidth - chroma.stepX * crop.horizontal();
        var height = codedHeight - chroma.stepY * crop.vertical();
        return sized(id, width, height, rfc6381);
    }

    /// The general part of `profile_tier_level`, told as ISO/IEC 14496-15 annex E.3 wants it.
    private static String readH265Profile(BitReader bits) {
        var space = (int) bits.bits(2);
        var tier = bits.flag() ? "H" : "L";
        var profile = bits.bits(5);
        var compatibility = Integer.reverse((int) bits.bits(32));
        var constraints = new byte[6];
        for (var i = 0; i < constraints.length; i++) {
            constraints[i] = (byte) bits.bits(8);
        }
        var level = bits.bits(8);
        var told = new StringBuilder("hvc1.");
        if (space > 0) {
            told.append((char) ('A' + space - 1));
        }
        told.append(profile).append('.');
        told.append(Integer.toHexString(compatibility).toUpperCase(Locale.ROOT)).append('.');
        told.append(tier).append(level);
        var last = constraints.length;
        while (last > 0 && constraints[last - 1] == 0) {
            last--;
        }
        for (var i = 0; i < last; i++) {
            told.append('.').append(HexFormat.of().withUpperCase().toHexDigits(constraints[i]));
        }
        return told.toString();
    }

    private static void skipH265SubLayers(BitReader bits, int subLayers) {
        if (subLayers == 0) {
            return;
        }
        if (subLayers == 7) {
            throw new MalformedNalException("sps_max_sub_layers_minus1 is at most 6, but got 7");
        }
        var present = (int) bits.bits(16);
        for (var i = 0; i < subLayers; i++) {
            var profile = present >> (15 - 2 * i) & 1;
            var level = present >> (14 - 2 * i) & 1;
            bits.skip(88 * profile + 8 * level);
        }
    }

    private static SequenceParameters sized(int id, int width, int height, String rfc6381) {
        if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE) {
            throw new MalformedNalException(
                    "A picture's sides are 1 to %d pixels, but got %d x %d"
                            .formatted(LONGEST_SIDE, width, height));
        }
        return new SequenceParameters(id, width, height, rfc6381);
    }

    /// How many pixels one step of cropping takes away.
    private enum Chroma {
        NONE(1, 1),
        HALF(2, 2),
        HALF_WIDTH(2, 1),
        FULL(1, 1);

        private final int stepX;
        private final int stepY;

        Chroma(int stepX, int stepY) {
            this.stepX = stepX;
            this.stepY = stepY;
        }

        static Chroma of(int format, boolean separatePlanes) {
            return separatePlanes ? NONE : values()[format];
        }
    }

    private record Crop(int horizontal, int vertical) {
        private static final Crop NONE = new Crop(0, 0);

        static Crop read(BitReader bits) {
            var left = bits.unsigned("crop left", LONGEST_SIDE);
            var right = bits.unsigned("crop right", LONGEST_SIDE);
            var top = bits.unsigned("crop top", LONGEST_SIDE);
            var bottom = bits.unsigned("crop bottom", LONGEST_SIDE);
            return new Crop(left + right, top + bottom);
        }
    }
}
