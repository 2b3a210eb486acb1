package org.custodes.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Makes decisions of the log again, through the server's API.
@Command(
        name = "replay",
        description =
                "Make the decisions of the log again, from what was kept of them, and tell those that come out"
                        + " otherwise (after custodes login, as data protection officer or auditor). Exit code 1"
                        + " if one does, or if what was kept was changed.")
final class ReplayCommand extends ApiCommand implements Callable<Integer> {
    private static final int DAY = "2027-01-31".length();

    @Option(
            names = "--from",
            paramLabel = "T",
            description =
                    "Entries of this time and later: a day such as 2026-11-29, in this machine's time zone, or"
                            + " a moment such as 2026-11-29T12:00:00Z.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "T",
            description = "Entries before this time; a day counts whole.")
    private @Nullable String to;

    @Option(
            names = "--person",
            paramLabel = "ID",
            description = "Entries of this person (see custodes person list).")
    private @Nullable UUID person;

    ReplayCommand(Surroundings surroundings) {
        super(surroundings);
    }

    /// What the server may say of an entry.
    private enum Kind {
        POLICY_CHANGED("the policy that is kept is not the one by which this was decided: it was changed"),
        POLICY_MISSING("the policy by which this was decided was kept, and is gone"),
        REQUEST_CHANGED("what is kept of this decision is not what the entry names: it was changed"),
        REQUEST_MISSING("what was kept of this decision is gone"),
        EXPIRED("the key of the person's month is gone"),
        BEFORE("made before decisions were kept"),
        UNKNOWN("names something that this version does not know");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        static Optional<Kind> of(String code) {
            for (var kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(code)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        /// Whether nobody did anything wrong.
        boolean isInnocent() {
            return this == EXPIRED || this == BEFORE || this == UNKNOWN;
        }
    }

    /// How many came out how.
    private static final class Tally {
        private long same;
        private long different;
        private final Map<Kind, Long> others = new EnumMap<>(Kind.class);

        private long others(boolean innocent) {
            return others.entrySet().stream()
                    .filter(one -> one.getKey().isInnocent() == innocent)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        boolean holds() {
            return different == 0 && others(false) == 0;
        }

        String told() {
            var why =
                    others.entrySet().stream()
                            .filter(one -> one.getKey().isInnocent())
                            .map(one -> "%d: %s".formatted(one.getValue(), one.getKey().words))
                            .collect(Collectors.joining("; "));
            return "%d decided again, %d the same, %d different, %d changed or gone, %d not decidable%s"
                    .formatted(
                            same + different,
                            same,
                            different,
                            others(false),
                            others(true),
                            why.isEmpty() ? "" : " (%s)".formatted(why));
        }
    }

    @Override
    public Integer call() {
        var asked = asked();
        var tally = new Tally();
        try (var client = client()) {
            var before = Optional.<Long>empty();
            do {
                var page = client.get(path(asked, before));
                if (json()) {
                    out().println(page);
                }
                count(page, tally);
                before =
                        page.path("next").isNumber()
                                ? Optional.of(page.path("next").asLong())
                                : Optional.empty();
            } while (before.isPresent());
        }
        if (!json()) {
            out().println(tally.told());
        }
        return tally.holds() ? 0 : 1;
    }

    private Map<String, String> asked() {
        var asked = new LinkedHashMap<String, String>();
        if (from != null) {
            asked.put("from", moment("--from", from, 0).toString());
        }
        if (to != null) {
            asked.put("to", moment("--to", to, 1).toString());
        }
        if (person != null) {
            asked.put("person", person.toString());
        }
        return asked;
    }

    /// @param days how many after its beginning a day is meant
    private Instant moment(String option, String typed, int days) {
        try {
            return typed.length() == DAY
                    ? LocalDate.parse(typed)
                            .plusDays(days)
                            .atStartOfDay(surroundings().zone())
                            .toInstant()
                    : Instant.parse(typed);
        } catch (DateTimeParseException e) {
            throw misused(
                    "%s is a day such as 2026-11-29 or a moment such as 2026-11-29T12:00:00Z"
                            .formatted(option));
        }
    }

    private static String path(Map<String, String> asked, Optional<Long> before) {
        var query = new LinkedHashMap<>(asked);
        before.ifPresent(index -> query.put("before", index.toString()));
        return "/api/v1/replay"
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
    }

    private void count(JsonNode page, Tally tally) {
        tally.same += page.path("same").asLong();
        for (var finding : page.path("items")) {
            var kind = Kind.of(finding.path("kind").asString());
            if (kind.isPresent()) {
                tally.others.merge(kind.get(), 1L, Long::sum);
            } else {
                tally.different++;
            }
            if (!json() && kind.filter(Kind::isInnocent).isEmpty()) {
                out().println(Plain.text(line(finding, kind)));
            }
        }
    }

    private String line(JsonNode finding, Optional<Kind> kind) {
        var what =
                kind.map(one -> one.words)
                        .orElseGet(() ->
                                "%s then, %s now"
                                        .formatted(
                                                finding.path("then").asString(),
                                                finding.path("now").asString()));
        return "entry %d of %s: %s"
                .formatted(
                        finding.path("entry").asLong(),
                        surroundings().told(finding.path("time").asString()),
                        what);
    }
}
