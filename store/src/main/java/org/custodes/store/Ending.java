package org.custodes.store;

/// How a pack came to its end.
enum Ending {
    /// With its END record.
    COMPLETE(1),
    /// Without: its writing failed, or the recorder was stopped in the middle.
    CUT(2),
    /// Left open by a recorder that was killed, and ended at its last whole record by the next.
    RECOVERED(3);

    private final int number;

    Ending(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Ending ofNumber(int number) {
        for (var ending : values()) {
            if (ending.number == number) {
                return ending;
            }
        }
        throw new IllegalArgumentException("No ending has the number %d".formatted(number));
    }
}
