package org.custodes.audit;

import java.util.Objects;
import java.util.Optional;
import org.custodes.media.Bytes;

/// Something that somebody does or was refused, told to the log before it takes effect.
///
/// Texts may come from strangers: control characters and characters that turn the direction of
/// writing are replaced, and what is longer than its bound is cut at the bound, with a mark.
///
/// @param object what it is about, such as `camera/2d1e…`; the ids of persons are sealed
/// @param purpose the code of the purpose that was given, such as `incident`; what is not a code is
///     sealed
/// @param caseId the case it belongs to; what is not a code is sealed
/// @param text free text for readers, sealed
/// @param decision SHA-256 of the facts that the decision was made on (`docs/formats/decided.md`)
public record Event(
        Actor actor,
        Action action,
        String object,
        Optional<String> purpose,
        Optional<String> caseId,
        Outcome outcome,
        String text,
        Optional<Bytes> decision) {

    public Event {
        Objects.requireNonNull(actor);
        Objects.requireNonNull(action);
        Objects.requireNonNull(outcome);
        object = bounded("object", object, 200);
        purpose = purpose.map(given -> bounded("purpose", given, 500));
        caseId = caseId.map(given -> bounded("case", given, 200));
        text = bounded("text", text, 2_000);
        if (decision.isPresent() && decision.get().length() != 32) {
            throw new IllegalArgumentException(
                    "A decision hash has 32 bytes, but got %d".formatted(decision.get().length()));
        }
    }

    public Event(
            Actor actor,
            Action action,
            String object,
            Optional<String> purpose,
            Optional<String> caseId,
            Outcome outcome,
            String text) {
        this(actor, action, object, purpose, caseId, outcome, text, Optional.empty());
    }

    /// An event without purpose and case.
    public static Event of(
            Actor actor, Action action, String object, Outcome outcome, String text) {
        return new Event(actor, action, object, Optional.empty(), Optional.empty(), outcome, text);
    }

    /// The text as the log keeps it: one line, in one direction, at most `most` code points.
    static String bounded(String what, String text, int most) {
        Objects.requireNonNull(text, what);
        var kept = new StringBuilder(Math.min(text.length(), most));
        var points = text.codePoints().limit(most + 1L).toArray();
        for (var i = 0; i < Math.min(points.length, most); i++) {
            kept.appendCodePoint(harmless(points[i]));
        }
        if (points.length > most) {
            kept.setLength(kept.offsetByCodePoints(kept.length(), -1));
            kept.append('…');
        }
        return kept.toString();
    }

    /// A log must be readable line by line in a terminal and a browser (CWE-117, CVE-2021-42574).
    private static int harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    '\uFFFD';
            default -> point;
        };
    }
}
