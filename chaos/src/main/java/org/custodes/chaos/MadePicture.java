package org.custodes.chaos;

import java.io.ByteArrayOutputStream;

/// Parameter sets of H.264 (ITU-T H.264 section 7.3.2) for pictures of two sizes.
final class MadePicture {
    /// Baseline profile, as short as one can be.
    private static final byte[] PICTURE_SET = {0, 0, 0, 1, 0x68, (byte) 0xCE, 0x38, (byte) 0x80};

    private static final byte[] SMALL = sets(40, 30);
    private static final byte[] LARGE = sets(80, 45);

    private MadePicture() {}

    /// Sequence and picture parameter set, each behind a start code: 640x480, or 1280x720.
    static byte[] sets(boolean large) {
        return (large ? LARGE : SMALL).clone();
    }

    private static byte[] sets(int macroblocksWide, int macroblocksHigh) {
        var bits = new StringBuilder();
        bits.append("01100111"); // nal_unit_type 7
        bits.append("01000010").append("11000000").append("00011110"); // baseline, level 3
        ue(bits, 0); // seq_parameter_set_id
        ue(bits, 0); // log2_max_frame_num_minus4
        ue(bits, 2); // pic_order_cnt_type
        ue(bits, 1); // max_num_ref_frames
        bits.append('0'); // gaps_in_frame_num_value_allowed_flag
        ue(bits, macroblocksWide - 1);
        ue(bits, macroblocksHigh - 1);
        bits.append("1100"); // frame_mbs_only, direct_8x8, no cropping, no VUI
        bits.append('1'); // rbsp_stop_one_bit
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 1});
        for (var at = 0; at < bits.length(); at += 8) {
            bytes.write(Integer.parseInt(bits.substring(at, at + 8), 2));
        }
        bytes.writeBytes(PICTURE_SET);
        return bytes.toByteArray();
    }

    /// Exponential Golomb code (section 9.1).
    private static void ue(StringBuilder bits, int value) {
        var code = Integer.toBinaryString(value + 1);
        bits.append("0".repeat(code.length() - 1)).append(code);
    }
}
