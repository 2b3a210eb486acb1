package org.custodes.access;

import java.util.Objects;
import java.util.Optional;

/// What an authenticator signed, as a browser sends it, nothing of it checked yet.
///
/// @param at as whom this recorder was reached
/// @param credential which passkey; this and the others in base64url
/// @param user whose it is, as the authenticator keeps it; it may be left out where it is known
public record Assertion(
        RelyingParty at,
        String credential,
        String clientData,
        String authenticatorData,
        String signature,
        Optional<String> user) {

    public Assertion {
        Objects.requireNonNull(at);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(clientData);
        Objects.requireNonNull(authenticatorData);
        Objects.requireNonNull(signature);
        Objects.requireNonNull(user);
    }

    @Override
    public String toString() {
        return "Assertion[not checked yet]";
    }
}
