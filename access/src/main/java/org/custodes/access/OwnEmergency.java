package org.custodes.access;

import java.util.Objects;
import java.util.Optional;
import org.custodes.rights.Scope;

/// What somebody can do in an emergency.
///
/// @param on on which cameras they would watch
/// @param running what they have taken; empty if nothing
/// @param locked whether they take nothing now, because what they took before was not reviewed in time
/// @param hasPasskey whether they have what it is taken with
public record OwnEmergency(
        Scope on, Optional<Emergency> running, boolean locked, boolean hasPasskey) {

    public OwnEmergency {
        Objects.requireNonNull(on);
        Objects.requireNonNull(running);
    }
}
