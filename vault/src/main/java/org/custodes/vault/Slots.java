package org.custodes.vault;

import java.time.Instant;
import java.time.LocalDate;

/// A stretch of slots: 10 s each, numbered from 1970-01-01 UTC, so that slot 8640 is the first of the
/// second day. Its first belongs to it, its end does not.
public record Slots(long from, long end) {

    private static final long LAST = (long) Slot.PER_DAY * Integer.MAX_VALUE;

    public Slots {
        if (from < 0 || from >= end || end > LAST) {
            throw new IllegalArgumentException(
                    "A stretch of slots starts after 1970 and before it ends, but got %d to %d"
                            .formatted(from, end));
        }
    }

    /// The slots in which something of [from, to) lies: widened outward to slot edges.
    public static Slots covering(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "An interval starts before it ends, but got %s to %s".formatted(from, to));
        }
        var last = to.minusNanos(1).getEpochSecond();
        return new Slots(
                Math.floorDiv(from.getEpochSecond(), Slot.SECONDS),
                Math.floorDiv(last, Slot.SECONDS) + 1);
    }

    /// The number of the slot that an instant lies in.
    public static long at(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), Slot.SECONDS);
    }

    public Instant start() {
        return Instant.ofEpochSecond(from * Slot.SECONDS);
    }

    public Instant stop() {
        return Instant.ofEpochSecond(end * Slot.SECONDS);
    }

    LocalDate firstDay() {
        return LocalDate.ofEpochDay(Math.floorDiv(from, Slot.PER_DAY));
    }

    LocalDate lastDay() {
        return LocalDate.ofEpochDay(Math.floorDiv(end - 1, Slot.PER_DAY));
    }

    /// Its first slot in a day, counted within the day; 0 if it begins earlier.
    int first(LocalDate day) {
        return inDay(from, day);
    }

    /// The slot after its last in a day; 8640 if it goes on.
    int end(LocalDate day) {
        return inDay(end, day);
    }

    private static int inDay(long slot, LocalDate day) {
        return Math.clamp(slot - day.toEpochDay() * Slot.PER_DAY, 0, Slot.PER_DAY);
    }
}
