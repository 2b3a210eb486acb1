package org.custodes.audit;

/// How it ended. The number is what stands in the log.
public enum Outcome {
    /// It was allowed, and happens as soon as the entry is durable.
    DONE(0),
    /// A rule said no.
    REFUSED(1),
    /// It was allowed and could not be done.
    FAILED(2);

    private final int number;

    Outcome(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Outcome of(long number) {
        for (var outcome : values()) {
            if (outcome.number == number) {
                return outcome;
            }
        }
        throw new MalformedEntryException("An outcome is 0 to 2, but got " + number);
    }
}
