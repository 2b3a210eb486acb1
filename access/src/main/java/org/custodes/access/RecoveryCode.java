package org.custodes.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.custodes.media.Bytes;

/// A code on paper that signs in once in the place of an authenticator's: 80 bits of chance in base32, in
/// four groups of four.
final class RecoveryCode {
    private static final int BYTES = 10;
    private static final int LONGEST_TYPED = 40;
    private static final Pattern LETTERS = Pattern.compile("[A-Z2-7]{16}");

    private final String letters;

    private RecoveryCode(String letters) {
        this.letters = letters;
    }

    static RecoveryCode fresh(SecureRandom random) {
        var chance = new byte[BYTES];
        random.nextBytes(chance);
        return new RecoveryCode(Base32.encode(chance));
    }

    /// However it is typed; empty if it cannot be one.
    static Optional<RecoveryCode> typed(String text) {
        return Optional.of(text)
                .filter(given -> given.length() <= LONGEST_TYPED)
                .map(given -> given.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", ""))
                .filter(letters -> LETTERS.matcher(letters).matches())
                .map(RecoveryCode::new);
    }

    /// What is shown once.
    String shown() {
        return letters.replaceAll("(.{4})(?=.)", "$1-");
    }

    /// What is kept of it. With 80 bits a plain hash cannot be searched.
    Bytes hash(PersonId person) {
        var hash = Challenges.sha256();
        hash.update(person.toString().getBytes(StandardCharsets.US_ASCII));
        return Bytes.of(hash.digest(letters.getBytes(StandardCharsets.US_ASCII)));
    }

    /// Tells no secret.
    @Override
    public String toString() {
        return "RecoveryCode";
    }
}
