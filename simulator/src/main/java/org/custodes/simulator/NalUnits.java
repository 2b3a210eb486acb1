package org.custodes.simulator;

import java.util.ArrayList;
import java.util.List;
import org.custodes.media.Codec;

/// Where the NAL units of an Annex B byte stream lie, and what they are (H.264 table 7-1, H.265 table
/// 7-1).
final class NalUnits {
    static final int H264_IDR = 5;
    static final int H264_SEI = 6;
    static final int H264_SPS = 7;
    static final int H264_PPS = 8;
    static final int H264_DELIMITER = 9;
    static final int H265_FIRST_IRAP = 16;
    static final int H265_LAST_IRAP = 23;
    static final int H265_LAST_VCL = 31;
    static final int H265_VPS = 32;
    static final int H265_SPS = 33;
    static final int H265_PPS = 34;
    static final int H265_DELIMITER = 35;
    static final int H265_PREFIX_SEI = 39;

    private NalUnits() {}

    /// One NAL unit inside an array, without its start code; never empty.
    record Span(int offset, int length) {}

    /// Finds the NAL units behind 3- and 4-byte start codes. Zero bytes before a start code belong to
    /// no unit (Annex B.1), bytes before the first start code neither.
    static List<Span> split(byte[] stream) {
        var spans = new ArrayList<Span>();
        int begin = -1;
        int at = 0;
        while (at + 2 < stream.length) {
            if (stream[at + 2] > 1 || stream[at + 2] < 0) {
                at += 3;
            } else if (stream[at] == 0 && stream[at + 1] == 0 && stream[at + 2] == 1) {
                addTrimmed(spans, stream, begin, at);
                begin = at + 3;
                at += 3;
            } else {
                at++;
            }
        }
        addTrimmed(spans, stream, begin, stream.length);
        return spans;
    }

    private static void addTrimmed(List<Span> spans, byte[] stream, int begin, int end) {
        if (begin < 0) {
            return;
        }
        int last = end;
        while (last > begin && stream[last - 1] == 0) {
            last--;
        }
        if (last > begin) {
            spans.add(new Span(begin, last - begin));
        }
    }

    static IllegalArgumentException none() {
        return new IllegalArgumentException("A picture of MJPEG has no NAL units");
    }

    static int type(Codec codec, byte firstByte) {
        return switch (codec) {
            case H264 -> firstByte & 0x1f;
            case H265 -> (firstByte >> 1) & 0x3f;
            case MJPEG -> throw none();
        };
    }

    static boolean isPicture(Codec codec, int type) {
        return switch (codec) {
            case H264 -> type >= 1 && type <= H264_IDR;
            case H265 -> type <= H265_LAST_VCL;
            case MJPEG -> throw none();
        };
    }

    static boolean isKeyPicture(Codec codec, int type) {
        return switch (codec) {
            case H264 -> type == H264_IDR;
            case H265 -> type >= H265_FIRST_IRAP && type <= H265_LAST_IRAP;
            case MJPEG -> throw none();
        };
    }

    static boolean isParameterSet(Codec codec, int type) {
        return switch (codec) {
            case H264 -> type == H264_SPS || type == H264_PPS;
            case H265 -> type >= H265_VPS && type <= H265_PPS;
            case MJPEG -> throw none();
        };
    }

    static boolean isSequenceHeader(Codec codec, int type) {
        return type == (codec == Codec.H264 ? H264_SPS : H265_SPS);
    }

    static boolean isDelimiter(Codec codec, int type) {
        return type == (codec == Codec.H264 ? H264_DELIMITER : H265_DELIMITER);
    }

    /// Whether a unit of this type, after a picture, can only belong to the next one (H.264 7.4.1.2.3,
    /// H.265 7.4.2.4.4).
    static boolean opensAccessUnit(Codec codec, int type) {
        return isDelimiter(codec, type)
                || isParameterSet(codec, type)
                || type == (codec == Codec.H264 ? H264_SEI : H265_PREFIX_SEI);
    }

    /// Whether this coded slice is the first of its picture: `first_mb_in_slice` is 0 (one bit set), or
    /// `first_slice_segment_in_pic_flag`.
    static boolean isFirstSlice(Codec codec, byte[] stream, Span nal) {
        int header = codec == Codec.H264 ? 1 : 2;
        return nal.length() > header && (stream[nal.offset() + header] & 0x80) != 0;
    }
}
