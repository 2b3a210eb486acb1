package org.custodes.access;

import java.util.List;
import java.util.Objects;

/// A passkey that an authenticator has just made, as a browser sends it, nothing of it checked yet.
///
/// @param at as whom this recorder was reached
/// @param name as its owner calls it
/// @param clientData and `attestation` in base64url
public record NewPasskey(RelyingParty at, String name, String clientData, String attestation) {
    /// By what it may sign, the most wanted first, as COSE numbers them: ES256, Ed25519, RS256. Every
    /// authenticator of today can do one of them.
    public static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    public NewPasskey {
        Objects.requireNonNull(at);
        Objects.requireNonNull(name);
        Objects.requireNonNull(clientData);
        Objects.requireNonNull(attestation);
    }

    @Override
    public String toString() {
        return "NewPasskey[not checked yet]";
    }
}
