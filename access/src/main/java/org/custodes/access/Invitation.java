package org.custodes.access;

import java.util.Objects;

/// A person who was just invited, and the link to give them, which is shown this once.
public record Invitation(Person person, OneTimeLink link) {

    public Invitation {
        Objects.requireNonNull(person);
        Objects.requireNonNull(link);
    }
}
