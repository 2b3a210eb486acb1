package org.custodes.access;

import java.time.Instant;
import java.util.Objects;

/// A look for which somebody asks another's yes, nothing of it checked yet.
///
/// @param camera its id
/// @param from the first moment that they want to see
/// @param to the first that they do not
/// @param reason why, for whoever decides
public record NewApproval(String camera, Instant from, Instant to, Why why, String reason) {

    public NewApproval {
        Objects.requireNonNull(camera);
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        Objects.requireNonNull(why);
        Objects.requireNonNull(reason);
    }

    /// Tells nothing of it: this text may end up in a log.
    @Override
    public String toString() {
        return "NewApproval[not checked yet]";
    }
}
