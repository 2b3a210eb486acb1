package org.custodes.register;

import java.util.List;

/// What became of a change.
public sealed interface Changed<T> {

    /// It is committed, and every reader sees it.
    record Done<T>(T value) implements Changed<T> {}

    /// Something changed since the check: it no longer fits.
    record Faulty<T>(List<Fault> faults) implements Changed<T> {

        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /// The database does not answer; nothing was changed.
    record Unavailable<T>() implements Changed<T> {}
}
