package org.custodes.access;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.custodes.media.Bytes;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.KeyName;
import org.custodes.vault.Vault;

/// What opens people's doors, sealed under a key per person: a stolen database can neither be searched
/// for passwords nor make codes, and removing a person ends both for good.
final class Credentials {
    private final Vault vault;

    Credentials(Vault vault) {
        this.vault = vault;
    }

    Bytes sealPassword(PersonId person, String hash) {
        return seal(person, "password", hash.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> password(PersonTable.Row row) {
        return row.password()
                .map(sealed ->
                        new String(
                                open(row.person().id(), "password", sealed),
                                StandardCharsets.UTF_8));
    }

    Bytes sealTotp(PersonId person, byte[] secret) {
        return seal(person, "totp", secret);
    }

    /// Calls `use` with the secret and wipes it.
    <T> T withTotp(PersonId person, Bytes sealed, Function<byte[], T> use) {
        var secret = open(person, "totp", sealed);
        try {
            return use.apply(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    Bytes sealReason(PersonId person, String reason) {
        return seal(person, "reason", reason.getBytes(StandardCharsets.UTF_8));
    }

    /// Nothing, once the person's key is gone.
    String reason(PersonId person, Bytes sealed) {
        return words(person, "reason", sealed);
    }

    Bytes sealNote(PersonId person, String note) {
        return seal(person, "note", note.getBytes(StandardCharsets.UTF_8));
    }

    /// Nothing, once the person's key is gone.
    String note(PersonId person, Bytes sealed) {
        return words(person, "note", sealed);
    }

    private String words(PersonId person, String what, Bytes sealed) {
        try {
            return new String(open(person, what, sealed), StandardCharsets.UTF_8);
        } catch (CannotOpenException e) {
            return "";
        }
    }

    void destroy(PersonId person) {
        vault.destroy(key(person));
    }

    private Bytes seal(PersonId person, String what, byte[] secret) {
        return Bytes.of(vault.box(key(person)).seal(secret, context(person, what)));
    }

    private byte[] open(PersonId person, String what, Bytes sealed) {
        return vault.box(key(person)).open(sealed.array(), context(person, what));
    }

    private static KeyName key(PersonId person) {
        return new KeyName("person", person.toString());
    }

    private static byte[] context(PersonId person, String what) {
        return "%s/%s".formatted(what, person).getBytes(StandardCharsets.US_ASCII);
    }
}
