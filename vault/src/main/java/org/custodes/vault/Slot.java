package org.custodes.vault;

import java.time.LocalDate;

/// The 10 s slots of a UTC day, the grain of keys: numbered from 0 to 8639.
final class Slot {
    static final int PER_DAY = 8640;
    static final int SECONDS = 10;

    private static final long MICROS = SECONDS * 1_000_000L;
    private static final long DAY_MICROS = PER_DAY * MICROS;

    private Slot() {}

    /// The slot of `day` in which an instant lies: below 0 before the day, 8640 and up after it.
    static long of(long wallMicros, LocalDate day) {
        return Math.floorDiv(wallMicros - day.toEpochDay() * DAY_MICROS, MICROS);
    }

    static boolean inDay(long slot) {
        return slot >= 0 && slot < PER_DAY;
    }

    /// When a slot begins, in seconds since 1970 UTC.
    static long startSecond(LocalDate day, int slot) {
        return day.toEpochDay() * PER_DAY * SECONDS + (long) slot * SECONDS;
    }
}
