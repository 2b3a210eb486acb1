package org.custodes.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// Capture, store and keeping over a day of a clock in hand: nothing is lost without a cause that
/// was made, and no camera pays for another.
class DayTest {
    private static final int HOURS = Integer.getInteger("custodes.day.hours", 24);

    /// Another day each day, unless one is given to be lived again.
    private static long seed() {
        return Long.getLong("custodes.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay());
    }

    @Test
    void a_day_under_a_fault_every_ten_minutes_has_no_gap_without_a_cause() {
        var report = new Day(3, HOURS, seed(), System.out::println).run();

        assertThat(report.broken()).isEmpty();
        assertThat(report.faults()).isEqualTo(HOURS * 6);
        assertThat(report.sent()).isGreaterThan(HOURS * 3_600L);
        assertThat(report.played()).isGreaterThan(report.sent() * 9 / 10);
        assertThat(report.gaps()).isNotEmpty();
    }
}
