package org.custodes.signals;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// An alarm from when it was raised until it ended.
///
/// @param number grows with each episode, and stays with it over restarts
/// @param alarm with the texts that it last had
/// @param times how often it was raised within this episode: what comes back within a minute is the
///     same trouble, not a new one
/// @param changedAt when it last told something else, or came back
/// @param endedAt by the recorder's clock; empty while it stands. After a kill nobody knows: then it is
///     when the recorder came back
/// @param end how it ended
/// @param acknowledged by whom, if anybody has
public record AlarmEpisode(
        long number,
        Alarm alarm,
        int times,
        Instant changedAt,
        Optional<Instant> endedAt,
        End end,
        Optional<Acknowledgement> acknowledged) {

    /// How an episode ends.
    public enum End {
        /// It has not.
        STANDS,
        /// What was wrong is not any more.
        ENDED,
        /// The recorder stopped while it stood, and did not find it again when it came back.
        STOPPED
    }

    public AlarmEpisode {
        Objects.requireNonNull(alarm);
        if (endedAt.isPresent() == (end == End.STANDS)) {
            throw new IllegalArgumentException(
                    "An alarm that %s has no end at %s".formatted(end, endedAt));
        }
    }

    static AlarmEpisode begun(long number, Alarm alarm) {
        return new AlarmEpisode(
                number, alarm, 1, alarm.since(), Optional.empty(), End.STANDS, Optional.empty());
    }

    /// Whether it has not ended.
    public boolean stands() {
        return end == End.STANDS;
    }

    AlarmEpisode changed(Alarm now, Instant at) {
        return new AlarmEpisode(
                number, now.standingSince(alarm.since()), times, at, endedAt, end, acknowledged);
    }

    /// The same trouble again, with what is now known of it.
    AlarmEpisode again(Alarm now, int more) {
        return new AlarmEpisode(
                number,
                now.standingSince(alarm.since()),
                times + more,
                now.since(),
                Optional.empty(),
                End.STANDS,
                acknowledged);
    }

    AlarmEpisode ended(Alarm last, Instant at, End how) {
        return new AlarmEpisode(
                number,
                last.standingSince(alarm.since()),
                times,
                changedAt,
                Optional.of(at),
                how,
                acknowledged);
    }

    AlarmEpisode acknowledged(Acknowledgement by) {
        return new AlarmEpisode(number, alarm, times, changedAt, endedAt, end, Optional.of(by));
    }
}
