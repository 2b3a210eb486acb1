package org.custodes.media;

/// What a NAL unit is for, told by the first byte of its header (H.264 table 7-1, H.265 table 7-1).
public enum NalKind {
    /// H.265 only.
    VIDEO_PARAMETERS,
    SEQUENCE_PARAMETERS,
    PICTURE_PARAMETERS,
    /// A slice of a picture at which decoding can begin: IDR, or in H.265 any IRAP picture.
    KEY_SLICE,
    /// Any other slice, data partition or slice segment.
    SLICE,
    /// An access-unit delimiter: always the first NAL unit of its access unit.
    DELIMITER,
    /// Supplemental information, filler, ends of sequence, and what the codecs keep in reserve.
    OTHER;

    /// The kind of the NAL unit whose header begins with `first`.
    ///
    /// @throws IllegalArgumentException if the codec has no NAL units
    public static NalKind of(Codec codec, byte first) {
        return switch (codec) {
            case H264 -> ofH264(first & 0x1F);
            case H265 -> ofH265(first >> 1 & 0x3F);
            case MJPEG -> throw noNalUnits();
        };
    }

    public boolean isPicture() {
        return this == KEY_SLICE || this == SLICE;
    }

    public boolean isParameterSet() {
        return this == VIDEO_PARAMETERS
                || this == SEQUENCE_PARAMETERS
                || this == PICTURE_PARAMETERS;
    }

    /// How many bytes a NAL unit's header has.
    static int headerLength(Codec codec) {
        return switch (codec) {
            case H264 -> 1;
            case H265 -> 2;
            case MJPEG -> throw noNalUnits();
        };
    }

    private static IllegalArgumentException noNalUnits() {
        return new IllegalArgumentException("A picture of MJPEG has no NAL units");
    }

    private static NalKind ofH264(int type) {
        return switch (type) {
            case 1, 2, 3, 4 -> SLICE;
            case 5 -> KEY_SLICE;
            case 7 -> SEQUENCE_PARAMETERS;
            case 8 -> PICTURE_PARAMETERS;
            case 9 -> DELIMITER;
            default -> OTHER;
        };
    }

    private static NalKind ofH265(int type) {
        if (type >= 16 && type <= 23) {
            return KEY_SLICE;
        }
        return switch (type) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> SLICE;
            case 32 -> VIDEO_PARAMETERS;
            case 33 -> SEQUENCE_PARAMETERS;
            case 34 -> PICTURE_PARAMETERS;
            case 35 -> DELIMITER;
            default -> OTHER;
        };
    }
}
