package org.custodes.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// wallTime as formats hold it: microseconds since 1970 UTC.
final class Wall {
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long DAY = 1440 * MINUTE;

    private Wall() {}

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static LocalDate day(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, DAY));
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    static long startOf(LocalDate day) {
        return day.toEpochDay() * DAY;
    }
}
