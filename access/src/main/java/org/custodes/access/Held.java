package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.rights.Assignment;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;

/// A role that somebody has.
///
/// @param on which cameras
/// @param until when it ends by itself; empty if it does not
/// @param reviewBy when it stops unless a security officer has said that it is still needed
public record Held(
        UUID id, RoleId role, Scope on, Instant since, Optional<Instant> until, Instant reviewBy) {

    public Held {
        Objects.requireNonNull(id);
        Objects.requireNonNull(role);
        Objects.requireNonNull(on);
        Objects.requireNonNull(since);
        Objects.requireNonNull(until);
        Objects.requireNonNull(reviewBy);
    }

    /// A role that is given at this moment.
    static Held given(Role role, Scope on, Instant now, Optional<Instant> until) {
        return new Held(
                UUID.randomUUID(), role.id(), on, now, until, now.plus(role.template().review()));
    }

    Held reviewedUntil(Instant next) {
        return new Held(id, role, on, since, until, next);
    }

    Assignment of(PersonId person) {
        return new Assignment(person.value(), role, on, since, until, reviewBy, false);
    }
}
