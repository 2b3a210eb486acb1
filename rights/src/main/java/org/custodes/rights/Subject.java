package org.custodes.rights;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/// Who asks, from where, and how surely that is known.
///
/// @param credential by which they signed in
/// @param provedAt when they last proved who they are
public record Subject(
        UUID person,
        String credential,
        Assurance assurance,
        Instant provedAt,
        InetAddress address) {

    public Subject {
        Objects.requireNonNull(person);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(assurance);
        Objects.requireNonNull(provedAt);
        Objects.requireNonNull(address);
    }
}
