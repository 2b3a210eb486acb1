package org.custodes.store;

import java.util.List;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;

/// Where a track has records and where, and why, it has none. Both lists are in order of time.
public record Coverage(List<Span> spans, List<GapSpan> gaps) {

    /// A stretch with records.
    public record Span(TimeRange range) {}

    /// A stretch without, and its cause.
    public record GapSpan(TimeRange range, GapCause cause) {}

    public Coverage {
        spans = List.copyOf(spans);
        gaps = List.copyOf(gaps);
    }
}
