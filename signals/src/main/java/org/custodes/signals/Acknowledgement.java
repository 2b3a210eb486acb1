package org.custodes.signals;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/// Somebody has seen an alarm and takes it on.
///
/// @param at by the recorder's clock
/// @param person who
/// @param name as it was then
/// @param note what they wrote, empty if nothing; at most [#LONGEST_NOTE] characters
public record Acknowledgement(Instant at, UUID person, String name, String note) {
    public static final int LONGEST_NOTE = 500;

    public Acknowledgement {
        Objects.requireNonNull(at);
        Objects.requireNonNull(person);
        Objects.requireNonNull(name);
        if (note.length() > LONGEST_NOTE) {
            throw new IllegalArgumentException(
                    "A note has at most %d characters, but got %d"
                            .formatted(LONGEST_NOTE, note.length()));
        }
    }
}
