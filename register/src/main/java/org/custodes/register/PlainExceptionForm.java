package org.custodes.register;

import java.time.Instant;
import java.util.Objects;

/// An exception as somebody asks for it, nothing of it checked yet.
public record PlainExceptionForm(Instant until, String reason) {

    public PlainExceptionForm {
        Objects.requireNonNull(until);
        Objects.requireNonNull(reason);
    }
}
