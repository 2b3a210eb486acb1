package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What somebody who follows an enrolment or invitation link is shown, before they accept.
///
/// @param name what they will be called
/// @param mayRename whether they may choose another name (the first two security officers only)
/// @param totpSecret the secret for their authenticator, in base32
/// @param otpauth the same as a URI, for a QR code
public record Enrolment(
        String name,
        boolean mayRename,
        List<Role> roles,
        String totpSecret,
        String otpauth,
        Instant expiresAt) {

    public Enrolment {
        Objects.requireNonNull(name);
        roles = List.copyOf(roles);
        Objects.requireNonNull(totpSecret);
        Objects.requireNonNull(otpauth);
        Objects.requireNonNull(expiresAt);
    }

    /// Tells no secret.
    @Override
    public String toString() {
        return "Enrolment[for %s until %s]"
                .formatted(roles.stream().map(Role::id).toList(), expiresAt);
    }
}
