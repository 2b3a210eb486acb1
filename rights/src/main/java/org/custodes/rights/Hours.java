package org.custodes.rights;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// When in a week something holds, by the clock on the wall of a site.
///
/// @param spans none: never
public record Hours(List<Span> spans) {
    private static final int DAYS = 8;

    private static final Hours ALWAYS =
            new Hours(List.of(new Span(Set.of(DayOfWeek.values()), LocalTime.MIN, LocalTime.MIN)));

    /// From a time of these days to another.
    ///
    /// @param days on which it begins; one that ends the next morning belongs to the day before
    /// @param from belongs to it
    /// @param to does not; the same as `from` for 24 hours, earlier for the next day
    public record Span(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        public Span {
            days = Set.copyOf(days);
            Objects.requireNonNull(from);
            Objects.requireNonNull(to);
        }

        /// An hour that the clock shows twice counts both times, one that it skips never.
        private boolean holds(DayOfWeek day, LocalTime time) {
            var isBegun = days.contains(day) && !time.isBefore(from);
            return from.isBefore(to)
                    ? isBegun && time.isBefore(to)
                    : isBegun || (days.contains(day.minus(1)) && time.isBefore(to));
        }
    }

    public Hours {
        spans = List.copyOf(spans);
    }

    public static Hours always() {
        return ALWAYS;
    }

    /// Whether they hold at this moment where this zone's clocks hang.
    public boolean hold(Instant moment, ZoneId zone) {
        if (equals(ALWAYS)) {
            return true;
        }
        var local = moment.atZone(zone);
        return spans.stream()
                .anyMatch(span -> span.holds(local.getDayOfWeek(), local.toLocalTime()));
    }

    /// When they next stop to hold; empty if they do not within a week.
    public Optional<Instant> end(Instant moment, ZoneId zone) {
        if (equals(ALWAYS)) {
            return Optional.empty();
        }
        var today = moment.atZone(zone).toLocalDate();
        return IntStream.rangeClosed(0, DAYS)
                .mapToObj(today::plusDays)
                .flatMap(day ->
                        spans.stream()
                                .flatMap(span -> Stream.of(span.from, span.to))
                                .map(time -> day.atTime(time).atZone(zone).toInstant()))
                .filter(change -> change.isAfter(moment) && !hold(change, zone))
                .min(Comparator.naturalOrder());
    }
}
