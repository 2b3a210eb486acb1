package org.custodes.media;

/// What footage is, as the rights and the keys tell it apart (DESIGN section 9).
public enum MediaClass {
    /// Original video, code `V0`.
    ORIGINAL(0, "V0"),
    /// Veiled video, code `V1`.
    VEILED(1, "V1"),
    /// Audio, code `A`. Never received in this version.
    AUDIO(2, "A"),
    /// Metadata and thumbnails, code `M`.
    METADATA(3, "M");

    private final int number;
    private final String code;

    MediaClass(int number, String code) {
        this.number = number;
        this.code = code;
    }

    /// The short code used in formats and in the API.
    public String code() {
        return code;
    }

    /// The number used in formats: 0 for V0, 1 for V1, 2 for A, 3 for M.
    public int number() {
        return number;
    }
}
