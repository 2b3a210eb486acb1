package org.custodes.access;

import java.util.Objects;

/// A session that has just begun.
///
/// @param token what proves it from now on: 256 bits in base64url; kept nowhere but by the client
public record SignedIn(Session session, String token) {

    public SignedIn {
        Objects.requireNonNull(session);
        Objects.requireNonNull(token);
    }

    @Override
    public String toString() {
        return "SignedIn[" + session + "]";
    }
}
