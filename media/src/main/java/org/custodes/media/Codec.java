package org.custodes.media;

/// The video codecs that are recorded as they come.
public enum Codec {
    H264(1),
    H265(2),
    /// Every picture an image by itself (JPEG, RFC 2435): each is a key frame.
    MJPEG(3);

    private final int number;

    Codec(int number) {
        this.number = number;
    }

    /// Whether its pictures are made of NAL units; if not, each is one image.
    public boolean hasNalUnits() {
        return this != MJPEG;
    }

    /// The number used in formats.
    public int number() {
        return number;
    }

    /// The codec with that number.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Codec ofNumber(int number) {
        for (var codec : values()) {
            if (codec.number == number) {
                return codec;
            }
        }
        throw new IllegalArgumentException("No codec has the number %d".formatted(number));
    }
}
