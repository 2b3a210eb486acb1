package org.custodes.access;

import java.util.Objects;
import java.util.UUID;

/// Names one person, for ever; never reused.
public record PersonId(UUID value) {

    public PersonId {
        Objects.requireNonNull(value);
    }

    /// Reads the usual text form.
    ///
    /// @throws IllegalArgumentException if `text` is not a UUID
    public static PersonId parse(String text) {
        return new PersonId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
