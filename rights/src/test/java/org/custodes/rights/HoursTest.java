package org.custodes.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Hours by the clock on a wall: over midnight, and when that clock is changed (PRIVACY section 6, invariant 11).
class HoursTest {
    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

    private static Hours hours(Set<DayOfWeek> days, String from, String to) {
        return new Hours(List.of(new Hours.Span(days, LocalTime.parse(from), LocalTime.parse(to))));
    }

    private static boolean hold(Hours hours, String moment) {
        return hours.hold(Instant.parse(moment), HELSINKI);
    }

    @Test
    void begin_and_end_when_the_clock_shows_so() {
        var weekdays = hours(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "07:00", "19:00");

        assertThat(hold(weekdays, "2026-11-25T04:59:59.999Z")).isFalse();
        assertThat(hold(weekdays, "2026-11-25T05:00:00Z")).isTrue();
        assertThat(hold(weekdays, "2026-11-25T16:59:59.999Z")).isTrue();
        assertThat(hold(weekdays, "2026-11-25T17:00:00Z")).isFalse();
        assertThat(hold(weekdays, "2026-11-28T10:00:00Z")).as("a Saturday").isFalse();
    }

    @Test
    void of_a_night_belong_to_the_day_on_which_it_begins() {
        var fridayNight = hours(Set.of(DayOfWeek.FRIDAY), "22:00", "06:00");

        assertThat(hold(fridayNight, "2026-11-27T03:00:00Z")).as("Friday, 5:00").isFalse();
        assertThat(hold(fridayNight, "2026-11-27T19:59:00Z")).as("Friday, 21:59").isFalse();
        assertThat(hold(fridayNight, "2026-11-27T20:00:00Z")).as("Friday, 22:00").isTrue();
        assertThat(hold(fridayNight, "2026-11-28T03:59:00Z")).as("Saturday, 5:59").isTrue();
        assertThat(hold(fridayNight, "2026-11-28T04:00:00Z")).as("Saturday, 6:00").isFalse();
        assertThat(hold(fridayNight, "2026-11-28T20:00:00Z")).as("Saturday, 22:00").isFalse();
    }

    @Test
    void from_a_time_to_the_same_are_a_whole_day() {
        var sunday = hours(Set.of(DayOfWeek.SUNDAY), "06:00", "06:00");

        assertThat(hold(sunday, "2026-11-29T03:59:00Z")).isFalse();
        assertThat(hold(sunday, "2026-11-29T04:00:00Z")).isTrue();
        assertThat(hold(sunday, "2026-11-30T03:59:00Z")).isTrue();
        assertThat(hold(sunday, "2026-11-30T04:00:00Z")).isFalse();
    }

    @Test
    void that_the_clock_shows_twice_count_twice_and_those_it_skips_never() {
        var atThree = hours(Set.of(DayOfWeek.SUNDAY), "03:00", "04:00");

        // 25 October 2026: at 4:00 the clocks go back to 3:00.
        assertThat(minutesOf(atThree, "2026-10-24T12:00:00Z")).isEqualTo(120);
        // 29 March 2026: at 3:00 they go forward to 4:00.
        assertThat(minutesOf(atThree, "2026-03-28T12:00:00Z")).isZero();
        assertThat(minutesOf(atThree, "2026-11-28T12:00:00Z")).isEqualTo(60);
    }

    /// Of the 24 hours from then on.
    private static int minutesOf(Hours hours, String from) {
        var minutes = 0;
        for (var minute = 0; minute < 1440; minute++) {
            var moment = Instant.parse(from).plus(Duration.ofMinutes(minute));
            minutes += hours.hold(moment, HELSINKI) ? 1 : 0;
        }
        return minutes;
    }

    @Test
    void end_at_the_first_moment_at_which_they_no_longer_hold() {
        var all = Set.of(DayOfWeek.values());
        var candidates =
                List.of(
                        hours(all, "07:00", "19:00"),
                        hours(all, "22:00", "06:00"),
                        hours(Set.of(DayOfWeek.SUNDAY), "00:30", "00:30"),
                        new Hours(
                                List.of(
                                        new Hours.Span(
                                                all, LocalTime.of(8, 0), LocalTime.of(12, 0)),
                                        new Hours.Span(
                                                all, LocalTime.of(12, 0), LocalTime.of(13, 0)))));
        for (var start : List.of("2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z")) {
            for (var hours : candidates) {
                for (var minute = 0; minute < 2 * 1440; minute += 7) {
                    var moment = Instant.parse(start).plus(Duration.ofMinutes(minute));
                    if (hours.hold(moment, HELSINKI)) {
                        assertThat(hours.end(moment, HELSINKI))
                                .as("%s at %s", hours, moment)
                                .contains(naiveEnd(hours, moment));
                    }
                }
            }
        }
    }

    private static Instant naiveEnd(Hours hours, Instant from) {
        var moment = from;
        while (hours.hold(moment, HELSINKI)) {
            moment = moment.plusSeconds(60);
        }
        return moment;
    }

    @Test
    void always_never_end() {
        assertThat(Hours.always().end(Instant.EPOCH, HELSINKI)).isEqualTo(Optional.empty());
        assertThat(Hours.always().hold(Instant.EPOCH, HELSINKI)).isTrue();
        assertThat(new Hours(List.of()).hold(Instant.EPOCH, HELSINKI)).isFalse();
        var everyDay = hours(Set.of(DayOfWeek.values()), "09:00", "09:00");
        assertThat(everyDay.end(Instant.EPOCH, HELSINKI)).isEmpty();
    }
}
