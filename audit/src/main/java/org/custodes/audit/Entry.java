package org.custodes.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.custodes.media.Bytes;

/// An entry as a reader sees it.
///
/// @param index its place in the log, from 0
/// @param time by the recorder's clock, in whole microseconds
/// @param timeError how far that clock may have been off; empty if it was not known
/// @param actor who it was; if `expired`, nobody with the name [#NAME_EXPIRED]
/// @param expired whether the key of this person and month is gone, and with it the name, the
///     address and the text
/// @param action the code; [Action#of] finds what this version knows
/// @param hash the hash of the log up to and with this entry
public record Entry(
        long index,
        Instant time,
        Optional<Duration> timeError,
        Actor actor,
        boolean expired,
        String action,
        String object,
        Optional<String> purpose,
        Optional<String> caseId,
        Optional<Bytes> decision,
        Outcome outcome,
        String text,
        Bytes hash) {

    /// What stands where a name stood whose key is gone.
    public static final String NAME_EXPIRED = "[name expired]";
}
