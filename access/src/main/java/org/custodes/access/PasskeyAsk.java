package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What a browser takes to an authenticator. Bytes are base64url without padding, as everything of
/// WebAuthn that travels here.
///
/// @param challenge what is to be signed; good once
/// @param until not after then
/// @param user for whom, as authenticators keep it; empty if whoever comes may answer
/// @param credentials those that are known of this person: one of which has to sign, or none of which is
///     to be made again
public record PasskeyAsk(String challenge, Instant until, String user, List<String> credentials) {

    public PasskeyAsk {
        Objects.requireNonNull(challenge);
        Objects.requireNonNull(until);
        Objects.requireNonNull(user);
        credentials = List.copyOf(credentials);
    }

    @Override
    public String toString() {
        return "PasskeyAsk[until %s]".formatted(until);
    }
}
