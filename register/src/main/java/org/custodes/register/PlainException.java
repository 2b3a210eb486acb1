package org.custodes.register;

import java.time.Instant;
import java.util.Objects;

/// Leave for one camera to be called in the clear at a site that takes encrypted cameras only.
///
/// @param until when it ends; there is none without an end
/// @param reason why, in the words of whoever gave it
public record PlainException(Instant until, String reason) {

    public PlainException {
        Objects.requireNonNull(until);
        Objects.requireNonNull(reason);
    }
}
