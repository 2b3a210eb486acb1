package org.custodes.access;

import java.time.Duration;

/// How much a look has shown.
///
/// @param frames how many frames were handed out to be shown
/// @param shown how long the footage was that they cover
public record Seen(long frames, Duration shown) {

    /// Nothing was shown, or nobody counted.
    public static final Seen NOTHING = new Seen(0, Duration.ZERO);

    public Seen {
        if (frames < 0 || shown.isNegative()) {
            throw new IllegalArgumentException(
                    "Nobody sees less than nothing, but got %d frames and %s"
                            .formatted(frames, shown));
        }
    }
}
