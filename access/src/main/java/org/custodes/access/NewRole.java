package org.custodes.access;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A role as a security officer describes it, nothing of it checked yet.
///
/// @param template a [Template]'s code
/// @param oldestHours how old footage may be at most
/// @param hours none: whenever
/// @param purposes codes of [Purpose]; none: for none in particular
public record NewRole(
        String name,
        String template,
        Optional<Integer> oldestHours,
        boolean sinceGiven,
        List<Span> hours,
        List<String> purposes,
        boolean needsCase) {

    /// A time of these days.
    ///
    /// @param days words such as `monday`
    /// @param from such as `07:00`; belongs to it
    /// @param to does not; the same as `from` for 24 hours, earlier for the next day
    public record Span(List<String> days, String from, String to) {

        public Span {
            days = List.copyOf(days);
            Objects.requireNonNull(from);
            Objects.requireNonNull(to);
        }
    }

    public NewRole {
        Objects.requireNonNull(name);
        Objects.requireNonNull(template);
        Objects.requireNonNull(oldestHours);
        hours = List.copyOf(hours);
        purposes = List.copyOf(purposes);
    }
}
