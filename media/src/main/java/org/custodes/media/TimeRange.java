package org.custodes.media;

import java.time.Duration;
import java.time.Instant;

/// A stretch of wall-clock time: its start belongs to it, its end does not.
public record TimeRange(Instant start, Instant end) {

    public TimeRange {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "A time range starts before it ends, but got %s to %s".formatted(start, end));
        }
    }

    public boolean overlaps(TimeRange other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    public Duration length() {
        return Duration.between(start, end);
    }
}
