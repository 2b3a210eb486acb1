package org.custodes.register;

import java.util.List;

/// The answer to "is this good?": what was understood, or everything that is wrong with it.
public sealed interface Checked<T> {

    record Fits<T>(T value) implements Checked<T> {}

    record Faulty<T>(List<Fault> faults) implements Checked<T> {

        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}
