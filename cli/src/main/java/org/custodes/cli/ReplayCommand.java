package org.custodes.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
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

    @Option(
            names = "--before",
            paramLabel = "ENTRY",
            description =
                    "Entries before the one with this number: where an earlier replay broke off.")
    private @Nullable Long before;

    ReplayCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        var asked = asked();
        var told = new ReplayTold();
        try (var client = client()) {
            var next = Optional.ofNullable(before);
            do {
                next = page(client, asked, next, told);
            } while (next.isPresent());
        }
        if (!json()) {
            out().println(told.sum());
        }
        return told.holds() ? 0 : 1;
    }

    /// @return before which entry the next page begins; empty if this is the last
    private Optional<Long> page(
            ApiClient client, Map<String, String> asked, Optional<Long> from, ReplayTold told) {
        var page = read(client, asked, from, told);
        told.add(page, surroundings()::told);
        if (json()) {
            out().println(page);
        } else {
            told.lines().forEach(line -> out().println(Plain.text(line)));
        }
        return page.path("next").isNumber()
                ? Optional.of(page.path("next").asLong())
                : Optional.empty();
    }

    /// A log may be longer than a proof is fresh: what was replayed by then is told, and where to go on.
    private JsonNode read(
            ApiClient client, Map<String, String> asked, Optional<Long> from, ReplayTold told) {
        try {
            return client.get(path(asked, from));
        } catch (ApiException e) {
            from.filter(_ -> !json())
                    .ifPresent(entry -> out().println(told.brokenOff(asked, entry)));
            throw e;
        }
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

    private static String path(Map<String, String> asked, Optional<Long> from) {
        var query = new LinkedHashMap<>(asked);
        from.ifPresent(index -> query.put("before", index.toString()));
        return "/api/v1/replay"
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
    }
}
