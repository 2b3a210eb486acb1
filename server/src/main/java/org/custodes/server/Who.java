package org.custodes.server;

import org.custodes.rights.Right;

/// Who may use a route. Which role has which right is `access`'s business.
sealed interface Who {

    /// Nobody needs to be signed in.
    record Anybody() implements Who {}

    /// Whoever is signed in and has this right, as `access` decides.
    record Having(Right right) implements Who {}

    static Who anybody() {
        return new Anybody();
    }

    static Who having(Right right) {
        return new Having(right);
    }
}
