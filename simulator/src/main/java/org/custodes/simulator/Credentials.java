package org.custodes.simulator;

import java.util.List;
import java.util.Objects;

/// Who may watch a simulated camera, and how that is proven.
///
/// @param user the name
/// @param password in the clear: this camera is not there
/// @param schemes what is offered, in this order; at least one
public record Credentials(String user, String password, List<Scheme> schemes) {

    /// How a client proves that it knows the password.
    public enum Scheme {
        BASIC,
        DIGEST_MD5,
        DIGEST_SHA256
    }

    public Credentials {
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
        schemes = List.copyOf(schemes);
        if (schemes.isEmpty()) {
            throw new IllegalArgumentException(
                    "Credentials need a scheme by which they are proven, but got none");
        }
    }

    public static Credentials of(String user, String password, Scheme... schemes) {
        return new Credentials(user, password, List.of(schemes));
    }

    @Override
    public String toString() {
        return "Credentials of %s by %s".formatted(user, schemes);
    }
}
