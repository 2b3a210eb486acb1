package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A person who may sign in, could once, or is invited to.
///
/// @param name what they are called and sign in with; unique among those who were not removed
/// @param roles those they have, in the order in which they got them
/// @param waiting those that they will have when a second officer has said yes
/// @param lastSignIn empty until the first
public record Person(
        PersonId id,
        String name,
        List<Held> roles,
        List<Waiting> waiting,
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
        roles = List.copyOf(roles);
        waiting = List.copyOf(waiting);
        Objects.requireNonNull(state);
        Objects.requireNonNull(lastSignIn);
    }

    Person with(List<Held> others) {
        return new Person(id, name, others, waiting, state, lastSignIn);
    }

    Person waitingFor(List<Waiting> others) {
        return new Person(id, name, roles, others, state, lastSignIn);
    }

    Person with(State other) {
        return new Person(id, name, roles, waiting, other, lastSignIn);
    }

    Person called(String other) {
        return new Person(id, other, roles, waiting, state, lastSignIn);
    }

    /// Tells no name: this text may end up in a log.
    @Override
    public String toString() {
        return "person " + id;
    }
}
