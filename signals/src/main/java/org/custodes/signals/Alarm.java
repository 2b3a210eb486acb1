package org.custodes.signals;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/// One thing that is wrong, from the moment it was found.
///
/// @param key names the fault, such as `volume.full/3f2a…`; raising the same key again changes
///     nothing but its texts
/// @param fault of which kind it is; the console holds sentences per kind
/// @param subject what it is about (a camera's or volume's id), empty if the whole system
/// @param since when it was found, by the recorder's clock
/// @param cause what happened and why, with the values, in one English sentence
/// @param nextStep what a person does about it, in one English sentence
/// @param values by name, for the console's sentences
public record Alarm(
        String key,
        AlarmKind fault,
        String subject,
        Instant since,
        String cause,
        String nextStep,
        Map<String, String> values) {

    public Alarm {
        Objects.requireNonNull(fault);
        Objects.requireNonNull(since);
        values = Map.copyOf(values);
        if (key.isBlank() || cause.isBlank() || nextStep.isBlank()) {
            throw new IllegalArgumentException(
                    "An alarm has a key, a cause and a next step, but got '%s', '%s', '%s'"
                            .formatted(key, cause, nextStep));
        }
    }

    /// One whose sentences need no values.
    public Alarm(
            String key,
            AlarmKind fault,
            String subject,
            Instant since,
            String cause,
            String nextStep) {
        this(key, fault, subject, since, cause, nextStep, Map.of());
    }

    /// The code of its kind, such as `volume.full`.
    public String kind() {
        return fault.code();
    }

    /// The same alarm, found at another time.
    Alarm standingSince(Instant earlier) {
        return new Alarm(key, fault, subject, earlier, cause, nextStep, values);
    }

    /// Whether it tells the same, whenever it was found.
    boolean tellsAs(Alarm other) {
        return cause.equals(other.cause)
                && nextStep.equals(other.nextStep)
                && values.equals(other.values);
    }
}
