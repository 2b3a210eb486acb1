package org.custodes.access;

import java.time.Instant;
import java.util.Objects;

/// A link that opens once.
///
/// @param token its secret part: 256 bits in base64url; shown once, kept as a hash only
public record OneTimeLink(String token, Instant expiresAt) {

    public OneTimeLink {
        Objects.requireNonNull(token);
        Objects.requireNonNull(expiresAt);
    }

    @Override
    public String toString() {
        return "OneTimeLink[until %s]".formatted(expiresAt);
    }
}
