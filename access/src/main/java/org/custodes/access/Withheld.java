package org.custodes.access;

import java.util.Objects;

/// Why some of the footage that was asked for is not shown.
///
/// @param askable whether somebody else's yes would help
public record Withheld(Reason reason, boolean askable) {

    public Withheld {
        Objects.requireNonNull(reason);
    }
}
