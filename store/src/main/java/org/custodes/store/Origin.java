package org.custodes.store;

/// Where a pack's records came from.
public enum Origin {
    /// From the camera, as it happened.
    LIVE(0),
    /// From the camera's own memory, fetched later.
    EDGE(1),
    /// From another recorder or an archive.
    IMPORT(2);

    private final int number;

    Origin(int number) {
        this.number = number;
    }

    /// The number used in formats.
    public int number() {
        return number;
    }

    static Origin ofNumber(int number) {
        for (var origin : values()) {
            if (origin.number == number) {
                return origin;
            }
        }
        throw new IllegalArgumentException("No origin has the number %d".formatted(number));
    }
}
