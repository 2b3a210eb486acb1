package org.custodes.audit;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Who did something. Everything here is personal data: it reaches the disk sealed, never in clear.
///
/// @param person the person's id, empty if nobody is signed in or the system acts by itself
/// @param name what the person is called, or the name that a stranger typed
/// @param address the network address it came from, empty for the system
/// @param workstation what the browser or the command line calls itself, may be empty
public record Actor(Optional<UUID> person, String name, String address, String workstation) {
    private static final Actor SYSTEM = new Actor(Optional.empty(), "system", "", "");

    public Actor {
        Objects.requireNonNull(person);
        name = Event.bounded("actor's name", name, 200);
        address = Event.bounded("actor's address", address, 100);
        workstation = Event.bounded("actor's workstation", workstation, 300);
    }

    /// The recorder itself: start, stop, expiry.
    public static Actor system() {
        return SYSTEM;
    }

    /// Somebody who is not signed in: `name` is what they claim to be.
    public static Actor stranger(String name, String address, String workstation) {
        return new Actor(Optional.empty(), name, address, workstation);
    }

    /// Whether the recorder acted by itself.
    public boolean isSystem() {
        return equals(SYSTEM);
    }

    /// Tells no name and no address: this text may end up in a log.
    @Override
    public String toString() {
        return isSystem() ? "system" : person.map(UUID::toString).orElse("stranger");
    }
}
