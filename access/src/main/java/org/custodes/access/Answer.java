package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.custodes.register.Fault;

/// What became of a request about people and sessions.
public sealed interface Answer<T> {

    /// The same of what is made of it.
    default <U> Answer<U> map(Function<T, U> how) {
        return then(value -> new Done<>(how.apply(value)));
    }

    record Done<T>(T value) implements Answer<T> {}

    /// What comes of it if it was done.
    default <U> Answer<U> then(Function<T, Answer<U>> next) {
        return switch (this) {
            case Done<T>(var value) -> next.apply(value);
            case Faulty<T>(var faults) -> new Faulty<>(faults);
            case Refused<T>(var reason, var tryAgainAt) -> new Refused<>(reason, tryAgainAt);
        };
    }

    /// Everything that is wrong with what was sent.
    record Faulty<T>(List<Fault> faults) implements Answer<T> {

        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /// It was not done.
    ///
    /// @param tryAgainAt not before then; empty if waiting does not help
    record Refused<T>(Reason reason, Optional<Instant> tryAgainAt) implements Answer<T> {

        public Refused {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(tryAgainAt);
        }

        Refused(Reason reason) {
            this(reason, Optional.empty());
        }
    }
}
