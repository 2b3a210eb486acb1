package org.custodes.access;

import java.time.Instant;
import java.util.Objects;

/// A command line that wants to be paired with a person.
///
/// @param code what the person reads and types in the browser, such as `BCDF-GHJK`
/// @param secret what the command line claims its session with; 256 bits in base64url
public record Pairing(String code, String secret, Instant expiresAt) {

    public Pairing {
        Objects.requireNonNull(code);
        Objects.requireNonNull(secret);
        Objects.requireNonNull(expiresAt);
    }

    /// Tells no secret.
    @Override
    public String toString() {
        return "Pairing[until %s]".formatted(expiresAt);
    }
}
