package org.custodes.register;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads fields sent from outside and collects everything that is wrong with them, so that it can be
/// told at once. A field that is wrong reads as something harmless; who reads asks [#faulty] before
/// using any of it. One thread.
public final class Form {
    /// Of whatever people give a name to, in characters.
    static final int LONGEST_NAME = 120;

    private final List<Fault> faults = new ArrayList<>();

    /// Nothing is read yet.
    public Form() {}

    public boolean faulty() {
        return !faults.isEmpty();
    }

    /// In the order in which the fields were read.
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    public void add(Fault fault) {
        faults.add(fault);
    }

    public void addAll(List<Fault> more) {
        faults.addAll(more);
    }

    /// One line of text, without spaces around it, in Unicode's composed form (NFC), of `least` to
    /// `most` characters.
    public String text(String field, String given, int least, int most) {
        // Measured before anything looks at it: normalising may not be fed more than is allowed.
        // One character is at most two chars; composing never makes a text longer than fourfold.
        if (given.length() > 8 * most) {
            return wrong(tooLong(field, given.codePointCount(0, given.length()), most));
        }
        if (given.codePoints().anyMatch(Form::unreadable)) {
            return wrong(
                    new Fault(
                            field,
                            "form.characters",
                            ("'%s' contains characters that cannot be seen or that turn the"
                                            + " direction of writing. Type it anew.")
                                    .formatted(field),
                            Map.of()));
        }
        var text = Normalizer.normalize(given, Normalizer.Form.NFC).strip();
        var length = text.codePointCount(0, text.length());
        if (length > most) {
            return wrong(tooLong(field, length, most));
        }
        if (length < least) {
            return wrong(length == 0 ? required(field) : tooShort(field, length, least));
        }
        return text;
    }

    /// A whole number of `least` to `most`.
    public int number(String field, int given, int least, int most) {
        if (given < least || given > most) {
            faults.add(
                    new Fault(
                            field,
                            "form.range",
                            "'%s' is %d, but must be %d to %d."
                                    .formatted(field, given, least, most),
                            Map.of(
                                    "given", Integer.toString(given),
                                    "least", Integer.toString(least),
                                    "most", Integer.toString(most))));
            return least;
        }
        return given;
    }

    /// The one of `choices` whose code was given.
    public <T> Optional<T> choice(
            String field, String given, T[] choices, Function<T, String> code) {
        var chosen =
                Arrays.stream(choices)
                        .filter(choice -> code.apply(choice).equals(given))
                        .findFirst();
        if (chosen.isEmpty()) {
            var known = Arrays.stream(choices).map(code).collect(Collectors.joining(", "));
            faults.add(
                    new Fault(
                            field,
                            "form.choice",
                            "'%s' must be one of: %s.".formatted(field, known),
                            Map.of("choices", known)));
        }
        return chosen;
    }

    private String wrong(Fault fault) {
        faults.add(fault);
        return "";
    }

    private static Fault required(String field) {
        return new Fault(field, "form.required", "'%s' is missing.".formatted(field), Map.of());
    }

    private static Fault tooShort(String field, int length, int least) {
        return new Fault(
                field,
                "form.too-short",
                "'%s' has %d characters, but needs at least %d.".formatted(field, length, least),
                Map.of("length", Integer.toString(length), "least", Integer.toString(least)));
    }

    private static Fault tooLong(String field, int length, int most) {
        return new Fault(
                field,
                "form.too-long",
                "'%s' has %d characters, but may have at most %d.".formatted(field, length, most),
                Map.of("length", Integer.toString(length), "most", Integer.toString(most)));
    }

    /// What no name needs and a list of cameras could be forged with (Unicode TR 36, CVE-2021-42574).
    /// The two joiners are writing in Persian and several Indian scripts.
    private static boolean unreadable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            case Character.FORMAT -> point != 0x200C && point != 0x200D;
            default -> false;
        };
    }

    /// It names something, and there is no such thing.
    static Fault unknown(String field) {
        return new Fault(
                field,
                "form.unknown",
                "'%s' names nothing that is here.".formatted(field),
                Map.of());
    }

    /// An id as the API writes it.
    static Optional<UUID> uuid(String text) {
        try {
            // UUID.fromString also takes shortened forms; an id has one writing.
            var id = UUID.fromString(text);
            return Optional.of(id).filter(read -> read.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
