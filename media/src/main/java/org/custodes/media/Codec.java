package org.custodes.media;

/// The video codecs that are recorded as they come.
public enum Codec {
    H264(1),
    H265(2);

    private final int number;

    Codec(int number) {
        this.number = number;
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
