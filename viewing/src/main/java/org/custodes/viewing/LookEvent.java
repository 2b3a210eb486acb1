package org.custodes.viewing;

import org.custodes.access.Reason;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;

/// What a look brings, one after the other.
public sealed interface LookEvent {

    /// The next frame, in decoding order.
    record Frame(VeiledFrame frame) implements LookEvent {}

    /// The viewer was too slow: so many frames were left out up to the next key frame (live only).
    record Skipped(int frames) implements LookEvent {}

    /// Nothing was recorded here (playback only).
    record Gap(TimeRange range, GapCause cause) implements LookEvent {}

    /// It is not shown to this viewer, whether or not anything was recorded here (playback only).
    ///
    /// @param askable whether somebody else's yes would help
    record Withheld(TimeRange range, Reason reason, boolean askable) implements LookEvent {}

    /// Nothing further in this direction: the growing end, or the beginning (playback only).
    record End() implements LookEvent {}

    /// The look is over: its Grant was revoked or ran out.
    record Over() implements LookEvent {}
}
