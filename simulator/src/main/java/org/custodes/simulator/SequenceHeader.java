package org.custodes.simulator;

import org.custodes.media.Codec;

/// What a sequence parameter set tells of the pictures (H.264 7.3.2.1.1, H.265 7.3.2.2.1).
///
/// @param width coded width in pixels, before cropping
/// @param height coded height in pixels, before cropping
/// @param mayReorder whether pictures may be shown in another order than they are decoded
record SequenceHeader(int width, int height, boolean mayReorder) {

    static SequenceHeader parse(Codec codec, byte[] stream, NalUnits.Span sps) {
        return switch (codec) {
            case H264 -> h264(new BitReader(stream, sps, 1));
            case H265 -> h265(new BitReader(stream, sps, 2));
            case MJPEG -> throw NalUnits.none();
        };
    }

    private static SequenceHeader h264(BitReader in) {
        int profile = in.u(8);
        in.skip(16); // constraint flags, level
        in.ue(); // identifier
        if (hasChromaFields(profile)) {
            int chroma = in.ue();
            in.skip(chroma == 3 ? 1 : 0);
            in.ue();
            in.ue();
            in.skip(1);
            if (in.flag()) {
                skipScalingLists(in, chroma == 3 ? 12 : 8);
            }
        }
        in.ue(); // log2_max_frame_num
        int orderType = in.ue();
        if (orderType == 0) {
            in.ue();
        } else if (orderType == 1) {
            skipOrderCycle(in);
        }
        in.ue(); // reference frames
        in.skip(1);
        int width = (in.ue() + 1) * 16;
        int mapUnits = in.ue() + 1;
        boolean framesOnly = in.flag();
        return new SequenceHeader(width, mapUnits * 16 * (framesOnly ? 1 : 2), orderType != 2);
    }

    private static boolean hasChromaFields(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void skipOrderCycle(BitReader in) {
        in.skip(1);
        in.se();
        in.se();
        int cycle = in.ue();
        for (int i = 0; i < cycle; i++) {
            in.se(); // ends with the unit's bytes, whatever the count says
        }
    }

    private static void skipScalingLists(BitReader in, int lists) {
        for (int list = 0; list < lists; list++) {
            if (!in.flag()) {
                continue;
            }
            int last = 8;
            int next = 8;
            for (int i = 0; i < (list < 6 ? 16 : 64); i++) {
                if (next != 0) {
                    next = (last + in.se() + 256) % 256;
                }
                last = next == 0 ? last : next;
            }
        }
    }

    private static SequenceHeader h265(BitReader in) {
        in.skip(4);
        int subLayers = in.u(3);
        in.skip(1 + 96); // nesting flag, general profile, tier and level
        skipSubLayerProfiles(in, subLayers);
        in.ue(); // identifier
        if (in.ue() == 3) {
            in.skip(1);
        }
        int width = in.ue();
        int height = in.ue();
        if (in.flag()) {
            for (int i = 0; i < 4; i++) {
                in.ue();
            }
        }
        in.ue(); // luma depth
        in.ue(); // chroma depth
        in.ue(); // log2_max_pic_order_cnt_lsb
        int first = in.flag() ? 0 : subLayers;
        boolean reorders = false;
        for (int i = first; i <= subLayers; i++) {
            in.ue();
            reorders |= in.ue() > 0;
            in.ue();
        }
        return new SequenceHeader(width, height, reorders);
    }

    private static void skipSubLayerProfiles(BitReader in, int subLayers) {
        if (subLayers == 0) {
            return;
        }
        int bits = 0;
        for (int i = 0; i < 8; i++) {
            boolean profile = in.flag();
            boolean level = in.flag();
            bits += (i < subLayers && profile ? 88 : 0) + (i < subLayers && level ? 8 : 0);
        }
        in.skip(bits);
    }
}
