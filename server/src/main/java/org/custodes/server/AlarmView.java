package org.custodes.server;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.signals.Acknowledgement;
import org.custodes.signals.AlarmEpisode;

/// An alarm from when it was raised until it ended, as the API tells it.
///
/// @param severity `critical` or `warning`
/// @param part of the recorder that it is a fault of
/// @param subject what it is about: a camera's or volume's id; empty if the whole system
/// @param times how often it came within this episode
/// @param end `stands`, `ended`, or `stopped` if the recorder stopped while it stood
/// @param values by name, for the console's sentences
record AlarmView(
        long number,
        String key,
        String kind,
        String severity,
        String part,
        String subject,
        Instant since,
        Instant changedAt,
        Optional<Instant> endedAt,
        String end,
        int times,
        String cause,
        String nextStep,
        Map<String, String> values,
        Optional<AcknowledgementView> acknowledged) {

    record AcknowledgementView(Instant at, UUID person, String name, String note) {
        static AcknowledgementView of(Acknowledgement by) {
            return new AcknowledgementView(by.at(), by.person(), by.name(), by.note());
        }
    }

    static AlarmView of(AlarmEpisode episode) {
        var alarm = episode.alarm();
        return new AlarmView(
                episode.number(),
                alarm.key(),
                alarm.kind(),
                alarm.fault().severity().code(),
                alarm.fault().part().code(),
                alarm.subject(),
                alarm.since(),
                episode.changedAt(),
                episode.endedAt(),
                Json.word(episode.end()),
                episode.times(),
                alarm.cause(),
                alarm.nextStep(),
                alarm.values(),
                episode.acknowledged().map(AcknowledgementView::of));
    }
}
