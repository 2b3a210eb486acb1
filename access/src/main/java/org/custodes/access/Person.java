package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A person who may sign in, could once, or is invited to.
///
/// @param name what they are called and sign in with; unique among those who were not removed
/// @param cameras the cameras given to them; none unless they are an operator
/// @param lastSignIn empty until the first
public record Person(
        PersonId id,
        String name,
        Role role,
        CameraScope cameras,
        State state,
        Optional<Instant> lastSignIn) {

    /// What became of a person.
    public enum State {
        INVITED("invited"),
        ACTIVE("active"),
        REMOVED("removed");

        private final String code;

        State(String code) {
            this.code = code;
        }

        /// The word of the API and of the tables.
        public String code() {
            return code;
        }
    }

    public Person {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(role);
        Objects.requireNonNull(cameras);
        Objects.requireNonNull(state);
        Objects.requireNonNull(lastSignIn);
    }

    /// Tells no name: this text may end up in a log.
    @Override
    public String toString() {
        return "person " + id;
    }
}
