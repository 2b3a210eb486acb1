package org.custodes.register;

import java.util.Arrays;

/// What a stream is for.
public enum StreamRole {
    /// It is recorded, and played.
    RECORD("record"),
    /// A smaller one for walls with many tiles.
    WALL("wall");

    private final String code;

    StreamRole(String code) {
        this.code = code;
    }

    /// The word of the API and of the tables.
    public String code() {
        return code;
    }

    /// Reads what [#code] wrote.
    ///
    /// @throws IllegalArgumentException if this version knows no such word
    static StreamRole of(String code) {
        return Arrays.stream(values())
                .filter(role -> role.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown word: " + code));
    }
}
