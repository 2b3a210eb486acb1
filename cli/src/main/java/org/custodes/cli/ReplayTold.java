package org.custodes.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What `custodes replay` tells of the server's pages: a line for each entry that is not as it should be, and a sum.
final class ReplayTold {

    /// Why an entry is not decided again.
    private enum Kind {
        POLICY_CHANGED(
                "policy-changed",
                false,
                "the policy that is kept is not the one by which it was decided: it was changed"),
        POLICY_MISSING(
                "policy-missing",
                false,
                "the policy by which it was decided was kept, and is gone"),
        REQUEST_CHANGED(
                "request-changed",
                false,
                "what is kept of the decision is not what the entry names: it was changed"),
        REQUEST_MISSING("request-missing", false, "what was kept of the decision is gone"),
        EXPIRED("expired", true, "the key of the person's month is gone"),
        BEFORE("before", true, "made before decisions were kept"),
        UNKNOWN("unknown", true, "names something that this version does not know");

        private final String code;
        private final boolean isNobodysFault;
        private final String words;

        Kind(String code, boolean isNobodysFault, String words) {
            this.code = code;
            this.isNobodysFault = isNobodysFault;
            this.words = words;
        }

        static Optional<Kind> of(String code) {
            return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
        }
    }

    private final List<String> lines = new ArrayList<>();
    private final Map<Kind, Long> undecided = new EnumMap<>(Kind.class);
    private long same;
    private long different;

    /// @param time how a moment is told
    void add(JsonNode page, UnaryOperator<String> time) {
        same += page.path("same").asLong();
        for (var finding : page.path("items")) {
            add(
                    finding,
                    "entry %d of %s"
                            .formatted(
                                    finding.path("entry").asLong(),
                                    time.apply(finding.path("time").asString())));
        }
    }

    private void add(JsonNode finding, String entry) {
        var said = finding.path("kind").asString();
        var kind = Kind.of(said);
        if (kind.isEmpty()) {
            different++;
            lines.add(entry + ": " + both(finding, said));
            return;
        }
        undecided.merge(kind.get(), 1L, Long::sum);
        if (!kind.get().isNobodysFault) {
            lines.add(entry + ": " + kind.get().words);
        }
    }

    private static String both(JsonNode finding, String said) {
        return finding.path("then").isString()
                ? "%s then, %s now"
                        .formatted(finding.path("then").asString(), finding.path("now").asString())
                : said;
    }

    /// Those that were not told yet.
    List<String> lines() {
        var told = List.copyOf(lines);
        lines.clear();
        return told;
    }

    /// Whether nothing came out otherwise, and nothing that was kept was changed.
    boolean holds() {
        return different == 0 && undecided(false) == 0;
    }

    private long undecided(boolean nobodysFault) {
        return undecided.entrySet().stream()
                .filter(one -> one.getKey().isNobodysFault == nobodysFault)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// What there is of it if it could not go on, and how it does.
    ///
    /// @param asked what it was asked with, as the API names it
    /// @param entry before which it has to go on
    String brokenOff(Map<String, String> asked, long entry) {
        var options =
                asked.entrySet().stream()
                        .map(one -> " --%s %s".formatted(one.getKey(), one.getValue()))
                        .collect(Collectors.joining());
        return "%s, down to entry %d. To go on: custodes replay --before %d%s"
                .formatted(sum(), entry, entry, options);
    }

    String sum() {
        var why =
                undecided.entrySet().stream()
                        .filter(one -> one.getKey().isNobodysFault)
                        .map(one -> "%d: %s".formatted(one.getValue(), one.getKey().words))
                        .collect(Collectors.joining("; "));
        return "%d decided again, %d the same, %d different, %d changed or gone, %d not decidable%s"
                .formatted(
                        same + different,
                        same,
                        different,
                        undecided(false),
                        undecided(true),
                        why.isEmpty() ? "" : " (%s)".formatted(why));
    }
}
