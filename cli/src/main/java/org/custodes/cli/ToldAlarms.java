package org.custodes.cli;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.custodes.signals.AlarmKind;

/// The alarms that a recorder has told of, standing and ended, newest first and not all of them. An alarm
/// that stood before something was done says nothing of it, so two of these are compared.
///
/// @param episodes each with how often it came: what comes back within a minute is the same episode, and so
///     is what stood at a stop or a kill and is found again after it
record ToldAlarms(Set<Episode> episodes) {

    ToldAlarms {
        episodes = Set.copyOf(episodes);
    }

    /// One of them as the API tells it.
    ///
    /// @param kind its code
    /// @param times how often it came
    /// @param stopped whether it stood when the recorder ended, and was not found again since
    record Episode(long number, String kind, int times, boolean stopped) {}

    /// What the recorder tells now.
    ///
    /// @throws ApiException if it cannot say, as while its database is away
    static ToldAlarms of(BenchRecorder recorder) {
        var episodes = new HashSet<Episode>();
        for (var alarm :
                recorder.administrator().client().get("/api/v1/alarms?limit=200").path("items")) {
            episodes.add(
                    new Episode(
                            alarm.path("number").asLong(),
                            alarm.path("kind").asString(),
                            alarm.path("times").asInt(),
                            alarm.path("end").asString().equals("stopped")));
        }
        return new ToldAlarms(episodes);
    }

    /// Which kinds came, or came again, since then.
    Set<AlarmKind> since(ToldAlarms before) {
        var kinds = EnumSet.noneOf(AlarmKind.class);
        episodes.stream()
                .filter(episode -> !episode.stopped() && !before.episodes.contains(episode))
                .forEach(episode -> AlarmKind.of(episode.kind()).ifPresent(kinds::add));
        return kinds;
    }
}
