package org.custodes.signals;

import java.time.Instant;
import java.util.Objects;

/// One thing that is wrong, from the moment it was found.
///
/// @param key names the fault, such as `volume.full/3f2a…`; raising the same key again changes
///     nothing but its texts
/// @param kind the fault's kind, such as `volume.full`; the console holds a sentence per kind
/// @param subject what it is about (a camera's or volume's id), empty if the whole system
/// @param since when it was found, by the recorder's clock
/// @param cause what happened and why, with the values, in one English sentence
/// @param nextStep what a person does about it, in one English sentence
public record Alarm(
        String key, String kind, String subject, Instant since, String cause, String nextStep) {

    public Alarm {
        Objects.requireNonNull(since);
        if (key.isBlank() || kind.isBlank() || cause.isBlank() || nextStep.isBlank()) {
            throw new IllegalArgumentException(
                    "An alarm has a key, a kind, a cause and a next step, but got '%s', '%s', '%s', '%s'"
                            .formatted(key, kind, cause, nextStep));
        }
    }

    /// The same alarm, found at another time.
    Alarm standingSince(Instant earlier) {
        return new Alarm(key, kind, subject, earlier, cause, nextStep);
    }
}
