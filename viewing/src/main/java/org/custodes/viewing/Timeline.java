package org.custodes.viewing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.custodes.access.Reason;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;

/// What was recorded of a stream, as a timeline draws it.
public sealed interface Timeline {

    /// What there is.
    ///
    /// @param spans where there are records, in order
    /// @param gaps where there are none although there were before, with the cause
    /// @param oldest the first record that is kept, whatever was asked for
    /// @param newest the last record, whatever was asked for
    /// @param syncedThrough everything up to here survives a power cut
    record Shown(
            List<TimeRange> spans,
            List<Gap> gaps,
            Optional<Instant> oldest,
            Optional<Instant> newest,
            Optional<Instant> syncedThrough)
            implements Timeline {

        public Shown {
            spans = List.copyOf(spans);
            gaps = List.copyOf(gaps);
        }
    }

    /// Nothing is told; the refusal is on record.
    record Refused(Reason reason) implements Timeline {}

    /// A stretch without records.
    record Gap(TimeRange range, GapCause cause) {}
}
