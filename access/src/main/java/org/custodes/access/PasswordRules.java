package org.custodes.access;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.custodes.register.Fault;

/// Which passwords are taken: long ones that are not guessed first (SP 800-63B-4 section 3.1.1). No
/// rule about kinds of characters, and no expiry. Pure.
final class PasswordRules {
    private static final int LEAST = 15;
    private static final int MOST = 256;
    private static final int LEAST_DIFFERENT = 6;

    /// What is left of the usual lists at 15 characters: rows of keys, repeated words, phrases.
    private static final List<String> GUESSED_FIRST =
            List.of(
                    "password",
                    "passwort",
                    "passphrase",
                    "letmein",
                    "welcome",
                    "administrator",
                    "qwertyuiop",
                    "qwertzuiop",
                    "asdfghjkl",
                    "1234567890",
                    "12345678",
                    "0987654321",
                    "abcdefghij",
                    "iloveyou",
                    "changeme",
                    "surveillance",
                    "videoueberwachung",
                    "correcthorsebatterystaple");

    private PasswordRules() {}

    /// What is wrong with this password of somebody called so; empty if it is taken.
    static Optional<Fault> fault(String password, String name) {
        var length = password.codePointCount(0, password.length());
        if (length < LEAST) {
            return fault(
                    "password.too-short",
                    "The password has %d characters, but needs at least %d. A sentence is easy to remember."
                            .formatted(length, LEAST),
                    Map.of("length", Integer.toString(length), "least", Integer.toString(LEAST)));
        }
        if (length > MOST) {
            return fault(
                    "password.too-long",
                    "The password has %d characters, but may have at most %d."
                            .formatted(length, MOST),
                    Map.of("length", Integer.toString(length), "most", Integer.toString(MOST)));
        }
        if (password.chars().anyMatch(Character::isISOControl)) {
            return fault(
                    "password.characters",
                    "The password contains a control character. Type it anew.",
                    Map.of());
        }
        var plain = plain(password);
        if (plain.codePoints().distinct().count() < LEAST_DIFFERENT || mostlyGuessed(plain)) {
            return fault(
                    "password.guessed",
                    "This password is one of the first that somebody would try. Take several words that"
                            + " do not belong together.",
                    Map.of());
        }
        if (holdsName(plain, name)) {
            return fault(
                    "password.name",
                    "The password contains your name or the name of this system. Take other words.",
                    Map.of());
        }
        return Optional.empty();
    }

    /// Whether little is left when what is guessed first is taken out, as often as it stands there.
    private static boolean mostlyGuessed(String plain) {
        var rest = plain;
        for (var word : GUESSED_FIRST) {
            rest = rest.replace(word, "");
        }
        return rest.length() < LEAST / 2 && rest.length() < plain.length();
    }

    private static boolean holdsName(String plain, String name) {
        var own = plain(name);
        return plain.contains("custodes") || (own.length() >= 4 && plain.contains(own));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s._-]", "");
    }

    private static Optional<Fault> fault(String key, String detail, Map<String, String> values) {
        return Optional.of(new Fault("password", key, detail, values));
    }
}
