package org.custodes.signals;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Which episodes are wanted, newest first.
///
/// @param before only those with a smaller number
/// @param limit at most so many, 1 or more
/// @param stands only those that stand, or only those that have ended
/// @param kind of the fault
/// @param subject what it is about
/// @param from those that stood at this moment or later
/// @param to those that were raised before this moment
/// @param text stands in kind, subject, cause or next step, whatever its case
public record AlarmQuery(
        Optional<Long> before,
        int limit,
        Optional<Boolean> stands,
        Optional<AlarmKind> kind,
        Optional<String> subject,
        Optional<Instant> from,
        Optional<Instant> to,
        String text) {

    public AlarmQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("At least one alarm is asked for, not " + limit);
        }
    }

    /// The newest.
    public static AlarmQuery newest(int limit) {
        return new AlarmQuery(
                Optional.empty(),
                limit,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    boolean wants(AlarmEpisode episode) {
        var alarm = episode.alarm();
        return before.filter(number -> episode.number() >= number).isEmpty()
                && stands.filter(wanted -> wanted != episode.stands()).isEmpty()
                && kind.filter(other -> other != alarm.fault()).isEmpty()
                && subject.filter(other -> !other.equals(alarm.subject())).isEmpty()
                && from.filter(first -> endedBefore(episode, first)).isEmpty()
                && to.filter(last -> !alarm.since().isBefore(last)).isEmpty()
                && holds(alarm);
    }

    private static boolean endedBefore(AlarmEpisode episode, Instant moment) {
        return episode.endedAt().filter(ended -> ended.isBefore(moment)).isPresent();
    }

    private boolean holds(Alarm alarm) {
        var all = String.join(" ", alarm.kind(), alarm.subject(), alarm.cause(), alarm.nextStep());
        return all.toLowerCase(Locale.ROOT).contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
