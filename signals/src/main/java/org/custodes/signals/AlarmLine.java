package org.custodes.signals;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.custodes.signals.AlarmEpisode.End;

/// A line of the history's file (docs/formats/alarms.md): an episode as it is after a change, its
/// fields apart by tabs. The last line of a number holds.
final class AlarmLine {
    private static final int FIELDS = 14;
    private static final String EPISODE = "E";
    private static final String NONE = "-";

    /// ASCII's unit separator: no escaped text holds one.
    private static final String BETWEEN_VALUES = "\u001f";

    private final AlarmSealing sealing;

    AlarmLine(AlarmSealing sealing) {
        this.sealing = sealing;
    }

    String write(AlarmEpisode episode) {
        var alarm = episode.alarm();
        return String.join(
                "\t",
                EPISODE,
                Long.toString(episode.number()),
                Integer.toString(episode.times()),
                alarm.since().toString(),
                episode.changedAt().toString(),
                episode.endedAt().map(Instant::toString).orElse(NONE),
                episode.end().name(),
                escaped(alarm.key()),
                alarm.kind(),
                escaped(alarm.subject()),
                escaped(alarm.cause()),
                escaped(alarm.nextStep()),
                values(alarm.values()),
                episode.acknowledged().map(this::sealed).orElse(NONE));
    }

    /// What a line says; empty if it is none of ours: torn, or written by a newer version.
    Optional<AlarmEpisode> read(String line) {
        var fields = line.split("\t", -1);
        if (fields.length != FIELDS || !fields[0].equals(EPISODE)) {
            return Optional.empty();
        }
        try {
            return AlarmKind.of(fields[8]).map(kind -> episode(fields, kind));
        } catch (DateTimeException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private AlarmEpisode episode(String[] fields, AlarmKind kind) {
        var alarm =
                new Alarm(
                        plain(fields[7]),
                        kind,
                        plain(fields[9]),
                        Instant.parse(fields[3]),
                        plain(fields[10]),
                        plain(fields[11]),
                        values(fields[12]));
        return new AlarmEpisode(
                Long.parseLong(fields[1]),
                alarm,
                Integer.parseInt(fields[2]),
                Instant.parse(fields[4]),
                fields[5].equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(fields[5])),
                End.valueOf(fields[6]),
                fields[13].equals(NONE) ? Optional.empty() : opened(fields[13]));
    }

    private String sealed(Acknowledgement by) {
        var plain =
                String.join(
                        "\t",
                        by.at().toString(),
                        by.person().toString(),
                        escaped(by.name()),
                        escaped(by.note()));
        return Base64.getEncoder()
                .encodeToString(sealing.seal(plain.getBytes(StandardCharsets.UTF_8)));
    }

    /// One that cannot be opened any more, by another key store, is as if nobody had.
    private Optional<Acknowledgement> opened(String sealed) {
        String[] fields;
        try {
            var plain = sealing.open(Base64.getDecoder().decode(sealed));
            fields = new String(plain, StandardCharsets.UTF_8).split("\t", -1);
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
        return fields.length == 4
                ? Optional.of(
                        new Acknowledgement(
                                Instant.parse(fields[0]),
                                UUID.fromString(fields[1]),
                                plain(fields[2]),
                                plain(fields[3])))
                : Optional.empty();
    }

    private static String values(Map<String, String> values) {
        var fields = new ArrayList<String>();
        new TreeMap<>(values)
                .forEach((name, value) -> fields.add(escaped(name) + "=" + escaped(value)));
        return fields.isEmpty() ? NONE : String.join(BETWEEN_VALUES, fields);
    }

    private static Map<String, String> values(String field) {
        var values = new TreeMap<String, String>();
        if (!field.equals(NONE)) {
            for (var value : List.of(field.split(BETWEEN_VALUES, -1))) {
                var at = value.indexOf('=');
                if (at > 0) {
                    values.put(plain(value.substring(0, at)), plain(value.substring(at + 1)));
                }
            }
        }
        return values;
    }

    /// Tab, line break and backslash as in C; whatever else controls a terminal is a space.
    private static String escaped(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> {
                    switch (point) {
                        case '\t' -> line.append("\\t");
                        case '\n' -> line.append("\\n");
                        case '\\' -> line.append("\\\\");
                        default ->
                                line.appendCodePoint(Character.isISOControl(point) ? ' ' : point);
                    }
                });
        return line.toString();
    }

    private static String plain(String field) {
        var text = new StringBuilder(field.length());
        var escapes = false;
        for (var i = 0; i < field.length(); i++) {
            var letter = field.charAt(i);
            if (escapes) {
                text.append(letter == 't' ? '\t' : letter == 'n' ? '\n' : letter);
                escapes = false;
            } else if (letter == '\\') {
                escapes = true;
            } else {
                text.append(letter);
            }
        }
        return text.toString();
    }
}
