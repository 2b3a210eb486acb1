package org.custodes.register;

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
}
