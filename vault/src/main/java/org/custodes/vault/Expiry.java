package org.custodes.vault;

import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/// How far the retention of one camera and class has run out. It takes trees, whole or at their leading
/// edge; what a hold keeps stays.
///
/// @param before the first slot that is kept, counted from 1970
public record Expiry(UUID camera, int mediaClass, long before) {

    public Expiry {
        Objects.requireNonNull(camera);
    }

    /// All days before this one.
    static Expiry ofDaysBefore(UUID camera, int mediaClass, LocalDate day) {
        return new Expiry(camera, mediaClass, day.toEpochDay() * Slot.PER_DAY);
    }
}
