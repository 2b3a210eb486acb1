package org.custodes.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parameter sets are those of x264 and x265 (testsrc2), of cameras' published descriptions, and
/// of RFC 6184 and RFC 7798 where they give any.
class CodecConfigTest {
    private static final String PPS_264 = "68ebe3cb22c0";
    private static final String VPS_265 = "40010c01ffff01600000030090000003000003003f959809";
    private static final String PPS_265 = "4401c172b46240";

    @ParameterizedTest
    @CsvSource({
        // x264 high, 640 x 360: 23 rows of blocks, 8 lines cropped
        "6764001eacd940a02ff97011000003000100000300320f162d96, avc1.64001E, 640, 360",
        // x264 high, 1920 x 1080: 68 rows of blocks, 8 lines cropped
        "67640028acd940780227e5c044000003000400000300c83c60c658, avc1.640028, 1920, 1080",
        // x264 constrained baseline, which does not say how colours are sampled
        "6742c00dd9016096c044000003000400000300c83c50a920, avc1.42C00D, 352, 288",
        // x264 high, interlaced: two fields of 34 rows of blocks each
        "67640028acd94078044fde0220000003002000000643e2c5b2c0, avc1.640028, 1920, 1080",
        // x264 with 4:2:2 and with 4:4:4 colours and scaling lists: cropping counts other steps
        "677a001ebcd940a42fe227c044000003000400000300c83c58b658, avc1.7A001E, 642, 362",
        "67f4001e919b281485fc7cf808800000030080000019078b16cb, avc1.F4001E, 642, 362",
    })
    void size_and_codec_string_of_h264_come_from_its_sps(
            String sps, String rfc6381, int width, int height) {
        var config = CodecConfig.of(Codec.H264, List.of(hex(sps), hex(PPS_264))).orElseThrow();

        assertThat(config.rfc6381()).isEqualTo(rfc6381);
        assertThat(config.width()).isEqualTo(width);
        assertThat(config.height()).isEqualTo(height);
    }

    @ParameterizedTest
    @CsvSource({
        // x265 main, 640 x 360: 360 is a multiple of 8, nothing is cropped
        "42010101600000030090000003000003003fa00502016965959a4932bc05a02000000300200000030321,"
                + " hvc1.1.6.L63.90, 640, 360",
        // x265 main, 1920 x 1080: 1,088 lines coded, 8 cropped
        "420101016000000300900000030000030078a003c08010e596566924caf0168080000003008000000c84,"
                + " hvc1.1.6.L120.90, 1920, 1080",
    })
    void size_and_codec_string_of_h265_come_from_its_sps(
            String sps, String rfc6381, int width, int height) {
        var sets = List.of(hex(VPS_265), hex(sps), hex(PPS_265));

        var config = CodecConfig.of(Codec.H265, sets).orElseThrow();

        assertThat(config.rfc6381()).isEqualTo(rfc6381);
        assertThat(config.width()).isEqualTo(width);
        assertThat(config.height()).isEqualTo(height);
        assertThat(config.parameterSets()).isEqualTo(sets);
    }

    @Test
    void sets_stand_in_decoding_order_whatever_order_they_came_in() {
        var sps = hex("6764001eacd940a02ff97011000003000100000300320f162d96");

        var config = CodecConfig.of(Codec.H264, List.of(hex(PPS_264), sps)).orElseThrow();

        assertThat(config.parameterSets()).containsExactly(sps, hex(PPS_264));
    }

    @Test
    void a_key_frame_is_described_by_the_sps_that_its_slice_refers_to() {
        // SPS 0 is 640 x 360, SPS 1 is 1920 x 1080; PPS 1 refers to SPS 1; the slice to PPS 1.
        var small = hex("6764001eacd940a02ff97011000003000100000300320f162d96");
        var large = new BitText().u(8, 0x67).u(8, 0x4D).u(8, 0).u(8, 40).ue(1).ue(0).ue(2).ue(1);
        large.u(1, 0).ue(119).ue(67).u(1, 1).u(1, 1).u(1, 1).ue(0).ue(0).ue(0).ue(4).u(1, 0);
        var second = new BitText().u(8, 0x68).ue(1).ue(1).u(8, 0xF0);
        var slice = new BitText().u(8, 0x65).ue(0).ue(7).ue(1).u(16, 0xFFFF);
        var frame = annexB(small, hex(PPS_264), large.bytes(), second.bytes(), slice.bytes());

        var config = CodecConfig.ofKeyFrame(Codec.H264, frame).orElseThrow();

        assertThat(config.width()).isEqualTo(1920);
        assertThat(config.height()).isEqualTo(1080);
        assertThat(config.rfc6381()).isEqualTo("avc1.4D0028");
    }

    @Test
    void a_frame_that_is_no_key_frame_or_lacks_its_sets_has_no_description() {
        var sps = hex("6764001eacd940a02ff97011000003000100000300320f162d96");
        var key = hex("65888400");

        assertThat(CodecConfig.ofKeyFrame(Codec.H264, annexB(sps, hex(PPS_264), hex("419a00"))))
                .isEmpty();
        assertThat(CodecConfig.ofKeyFrame(Codec.H264, annexB(sps, key))).isEmpty();
        assertThat(CodecConfig.ofKeyFrame(Codec.H264, annexB(sps, hex(PPS_264), key))).isPresent();
        assertThat(CodecConfig.ofKeyFrame(Codec.H264, new byte[0])).isEmpty();
    }

    @Test
    void a_picture_larger_than_any_level_allows_is_refused() {
        var huge = new BitText().u(8, 0x67).u(8, 66).u(8, 0).u(8, 51).ue(0).ue(0).ue(2).ue(1);
        huge.u(1, 0).ue(4_095).ue(4_095).u(1, 1).u(1, 1).u(1, 0).u(1, 1);

        assertThat(CodecConfig.of(Codec.H264, List.of(huge.bytes()))).isEmpty();
    }

    @Test
    void cropping_that_leaves_nothing_is_refused() {
        var nothing = new BitText().u(8, 0x67).u(8, 66).u(8, 0).u(8, 30).ue(0).ue(0).ue(2).ue(1);
        nothing.u(1, 0).ue(39).ue(22).u(1, 1).u(1, 1).u(1, 1).ue(400).ue(0).ue(0).ue(0).u(1, 1);

        assertThat(CodecConfig.of(Codec.H264, List.of(nothing.bytes()))).isEmpty();
    }

    static Bytes hex(String digits) {
        return Bytes.of(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    static byte[] annexB(Bytes... units) {
        var out = new ByteArrayOutputStream();
        for (var unit : units) {
            out.writeBytes(new byte[] {0, 0, 0, 1});
            out.writeBytes(unit.array());
        }
        return out.toByteArray();
    }
}
