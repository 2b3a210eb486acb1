package org.custodes.register;

import java.util.Arrays;

/// How a wall is divided.
public enum Grid {
    ONE("1", 1),
    TWO_BY_TWO("2x2", 4),
    THREE_BY_THREE("3x3", 9),
    FOUR_BY_FOUR("4x4", 16),
    /// One large tile and seven small ones.
    ONE_AND_SEVEN("1+7", 8);

    private final String code;
    private final int tiles;

    Grid(String code, int tiles) {
        this.code = code;
        this.tiles = tiles;
    }

    /// The word of the API and of the tables.
    public String code() {
        return code;
    }

    public int tiles() {
        return tiles;
    }

    /// Reads what [#code] wrote.
    ///
    /// @throws IllegalArgumentException if this version knows no such word
    static Grid of(String code) {
        return Arrays.stream(values())
                .filter(grid -> grid.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown word: " + code));
    }
}
