package org.custodes.signals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.custodes.signals.AlarmEpisode.End;

/// The episodes that are remembered, by number, and at most so many: the oldest that are over go first.
/// Not for several threads at once.
final class AlarmEpisodes {
    /// What comes back sooner is the same episode: a cable that is loose is one trouble, not a thousand.
    static final Duration SAME_TROUBLE = Duration.ofMinutes(1);

    /// What stood before a restart and is found again so soon after it is the same episode.
    static final Duration AFTER_A_RESTART = Duration.ofMinutes(10);

    /// How long an episode that is over is remembered.
    static final Duration KEPT = Duration.ofDays(180);

    private static final int LONGEST = 2_000;
    private static final int LONGEST_VALUE = 300;
    private static final int MOST_VALUES = 12;

    private final int most;
    private final TreeMap<Long, AlarmEpisode> byNumber = new TreeMap<>();
    private final Map<String, Long> lastOfKey = new HashMap<>();
    private final Set<String> stoodBefore = new HashSet<>();
    private Instant begunAt = Instant.MIN;
    private long lastNumber;

    AlarmEpisodes(int most) {
        this.most = most;
    }

    /// An alarm was raised; empty if it stands already.
    Optional<AlarmEpisode> raised(Alarm told) {
        var alarm = bounded(told);
        var last = last(alarm.key());
        if (last.filter(AlarmEpisode::stands).isPresent()) {
            return Optional.empty();
        }
        var episode =
                last.flatMap(before -> goneOn(before, alarm))
                        .orElseGet(() -> AlarmEpisode.begun(lastNumber + 1, alarm));
        put(episode);
        return Optional.of(episode);
    }

    /// The episode that this alarm goes on with, if it does.
    private Optional<AlarmEpisode> goneOn(AlarmEpisode before, Alarm alarm) {
        var stood = stoodBefore.remove(alarm.key());
        if (stood && alarm.since().isBefore(begunAt.plus(AFTER_A_RESTART))) {
            return Optional.of(before.again(alarm, 0));
        }
        return before.endedAt()
                .filter(ended -> alarm.since().isBefore(ended.plus(SAME_TROUBLE)))
                .map(_ -> before.again(alarm, 1));
    }

    /// An alarm that stands tells something else.
    void changed(Alarm told, Instant at) {
        var alarm = bounded(told);
        last(alarm.key())
                .filter(AlarmEpisode::stands)
                .ifPresent(episode -> put(episode.changed(alarm, at)));
    }

    /// An alarm has ended; empty if none stands.
    Optional<AlarmEpisode> ended(Alarm told, Instant at, End how) {
        var alarm = bounded(told);
        return last(alarm.key())
                .filter(AlarmEpisode::stands)
                .map(episode -> put(episode.ended(alarm, at, how)));
    }

    /// Somebody takes it on; empty if there is no such episode, or somebody has already.
    Optional<AlarmEpisode> acknowledged(long number, Acknowledgement by) {
        return find(number)
                .filter(episode -> episode.acknowledged().isEmpty())
                .map(episode -> put(episode.acknowledged(by)));
    }

    /// The recorder stops, or has stopped: nothing stands any more.
    List<AlarmEpisode> stopped(Instant at) {
        var stopped = new ArrayList<AlarmEpisode>();
        for (var episode : List.copyOf(byNumber.values())) {
            if (episode.stands()) {
                stopped.add(put(episode.ended(episode.alarm(), at, End.STOPPED)));
            }
        }
        return stopped;
    }

    /// The recorder begins: what stood until its last stop may be found again.
    ///
    /// @return the episodes that a kill had left standing
    List<AlarmEpisode> begin(Instant now) {
        begunAt = now;
        var killed = stopped(now);
        for (var number : lastOfKey.values()) {
            find(number)
                    .filter(episode -> episode.end() == End.STOPPED)
                    .ifPresent(episode -> stoodBefore.add(episode.alarm().key()));
        }
        return killed;
    }

    /// Forgets what has been over for long enough by that moment.
    ///
    /// @return whether there was any
    boolean forget(Instant now) {
        var old = byNumber.values().stream().filter(one -> isForgotten(one, edge(now))).toList();
        old.forEach(this::remove);
        return !old.isEmpty();
    }

    /// As it was written before.
    void replay(AlarmEpisode episode) {
        put(episode);
    }

    /// All of them, oldest first.
    List<AlarmEpisode> all() {
        return List.copyOf(byNumber.values());
    }

    Optional<AlarmEpisode> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /// Those that are wanted, newest first.
    List<AlarmEpisode> find(AlarmQuery query, int limit) {
        return byNumber.descendingMap().values().stream()
                .filter(query::wants)
                .limit(limit)
                .toList();
    }

    private Optional<AlarmEpisode> last(String key) {
        return Optional.ofNullable(lastOfKey.get(key)).map(byNumber::get);
    }

    private AlarmEpisode put(AlarmEpisode episode) {
        byNumber.put(episode.number(), episode);
        lastOfKey.merge(episode.alarm().key(), episode.number(), Math::max);
        lastNumber = Math.max(lastNumber, episode.number());
        while (byNumber.size() > most) {
            remove(
                    byNumber.values().stream()
                            .filter(one -> !one.stands())
                            .findFirst()
                            .orElse(byNumber.firstEntry().getValue()));
        }
        return episode;
    }

    private void remove(AlarmEpisode episode) {
        byNumber.remove(episode.number());
        lastOfKey.remove(episode.alarm().key(), episode.number());
    }

    private static Instant edge(Instant now) {
        return now.isAfter(Instant.EPOCH.plus(KEPT)) ? now.minus(KEPT) : Instant.EPOCH;
    }

    private static boolean isForgotten(AlarmEpisode episode, Instant edge) {
        return episode.endedAt().filter(ended -> ended.isBefore(edge)).isPresent();
    }

    private static Alarm bounded(Alarm alarm) {
        var values = new LinkedHashMap<String, String>();
        alarm.values().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_VALUES)
                .forEach(entry -> values.put(entry.getKey(), cut(entry.getValue(), LONGEST_VALUE)));
        return new Alarm(
                cut(alarm.key(), LONGEST),
                alarm.fault(),
                cut(alarm.subject(), LONGEST),
                alarm.since(),
                cut(alarm.cause(), LONGEST),
                cut(alarm.nextStep(), LONGEST),
                values);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
