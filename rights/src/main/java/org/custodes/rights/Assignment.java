package org.custodes.rights;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Somebody has a role.
///
/// @param on which cameras: those that the role permits it on, and of them these
/// @param since from when on
/// @param until when it ends by itself; empty if it does not
/// @param reviewBy when it lapses unless somebody has confirmed it
/// @param emergency whether it was taken in an emergency: it never exports, erases, gives rights or reads the log
public record Assignment(
        UUID person,
        RoleId role,
        Scope on,
        Instant since,
        Optional<Instant> until,
        Instant reviewBy,
        boolean emergency) {

    public Assignment {
        Objects.requireNonNull(person);
        Objects.requireNonNull(role);
        Objects.requireNonNull(on);
        Objects.requireNonNull(since);
        Objects.requireNonNull(until);
        Objects.requireNonNull(reviewBy);
    }

    /// Whether it counts at this moment.
    public boolean holds(Instant now) {
        return !now.isBefore(since)
                && until.filter(end -> !now.isBefore(end)).isEmpty()
                && now.isBefore(reviewBy);
    }
}
