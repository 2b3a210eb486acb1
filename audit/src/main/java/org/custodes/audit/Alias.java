package org.custodes.audit;

import java.time.YearMonth;
import java.util.HexFormat;
import java.util.Optional;
import org.custodes.media.Bytes;
import org.custodes.vault.KeyName;

/// Whose entry it is, as far as the disk may know: a person's random name for one month, or the
/// system, or somebody who is not signed in.
///
/// The key is named by the pseudonym and not by the person, so that an entry names its key without
/// naming anybody, and no list of who is who has to exist (decision 2026-11-22-audit-keys).
///
/// @param pseudonym 16 random bytes if it is a person, else empty
/// @param month of UTC
record Alias(Kind kind, Optional<Bytes> pseudonym, YearMonth month) {
    static final int PSEUDONYM_BYTES = 16;

    /// What kind of actor; the number is what stands in the log.
    enum Kind {
        SYSTEM(0, "audit-system"),
        PERSON(1, "audit-person"),
        STRANGER(2, "audit-stranger");

        private final int number;
        private final String keyKind;

        Kind(int number, String keyKind) {
            this.number = number;
            this.keyKind = keyKind;
        }

        int number() {
            return number;
        }

        static Kind of(long number) {
            for (var kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            throw new MalformedEntryException("A kind of actor is 0 to 2, but got " + number);
        }
    }

    Alias {
        if ((kind == Kind.PERSON) != pseudonym.isPresent()
                || pseudonym.filter(name -> name.length() != PSEUDONYM_BYTES).isPresent()) {
            throw new MalformedEntryException(
                    "A person, and nobody else, has a pseudonym of %d bytes"
                            .formatted(PSEUDONYM_BYTES));
        }
    }

    KeyName keyName() {
        var prefix = pseudonym.map(name -> HexFormat.of().formatHex(name.array()) + "/").orElse("");
        return new KeyName(kind.keyKind, prefix + month);
    }
}
