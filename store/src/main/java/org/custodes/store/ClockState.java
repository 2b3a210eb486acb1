package org.custodes.store;

/// How far the recorder's clock could be trusted when a pack was begun.
public enum ClockState {
    /// Nobody has said.
    UNKNOWN(0),
    /// Held by a time server.
    SYNCHRONISED(1),
    /// Running free.
    FREE(2);

    private final int number;

    ClockState(int number) {
        this.number = number;
    }

    /// The number used in formats.
    public int number() {
        return number;
    }

    static ClockState ofNumber(int number) {
        for (var state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        throw new IllegalArgumentException("No clock state has the number %d".formatted(number));
    }
}
