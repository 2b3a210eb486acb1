package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.custodes.access.Ceremonies.Verdict;
import org.custodes.simulator.SoftPasskey;
import org.custodes.simulator.SoftPasskey.Algorithm;
import org.junit.jupiter.api.Test;

class CeremoniesTest {
    private static final RelyingParty HOME = RelyingParty.of("localhost", 8443);
    private static final PersonId PERSON = new PersonId(new UUID(1, 2));
    private static final String CHALLENGE =
            Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    private static final Ceremonies CEREMONIES = new Ceremonies();
    private static final SoftPasskey PASSKEY =
            new SoftPasskey(
                    Algorithm.ES256,
                    HOME.id(),
                    HOME.origin(),
                    Ceremonies.text(Ceremonies.user(PERSON)));
    private static final PasskeyTable.Row KNOWN = known(PASSKEY);

    @Test
    void what_was_signed_holds() {
        assertThat(verdict(assertion(PASSKEY.signed(CHALLENGE))))
                .isEqualTo(new Verdict.Holds(0, false));
    }

    @Property(tries = 300)
    void one_byte_that_is_another_anywhere_in_what_was_signed_and_it_does_not_hold(
            @ForAll @IntRange(max = 2) int part,
            @ForAll @IntRange(max = 10_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int turned) {
        var signed = PASSKEY.signed(CHALLENGE);

        var harmed =
                new SoftPasskey.Signed(
                        signed.credential(),
                        part == 0
                                ? harmed(signed.clientData(), place, turned)
                                : signed.clientData(),
                        part == 1
                                ? harmed(signed.authenticatorData(), place, turned)
                                : signed.authenticatorData(),
                        part == 2 ? harmed(signed.signature(), place, turned) : signed.signature(),
                        signed.user());

        assertThat(verdict(assertion(harmed))).isEqualTo(new Verdict.Fails());
    }

    @Property(tries = 300)
    void a_new_passkey_with_one_byte_that_is_another_gets_an_answer(
            @ForAll @IntRange(max = 10_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int turned) {
        var made = PASSKEY.made(CHALLENGE);

        var answer =
                CEREMONIES.made(
                        new NewPasskey(
                                HOME,
                                "key",
                                made.clientData(),
                                harmed(made.attestation(), place, turned)),
                        _ -> true);

        answer.ifPresent(passkey -> assertThat(passkey.publicKey().length()).isPositive());
    }

    @Property(tries = 300)
    boolean whatever_is_sent_gets_an_answer(
            @ForAll @Size(max = 500) byte[] client, @ForAll @Size(max = 500) byte[] rest) {
        var encoder = Base64.getUrlEncoder();
        var clientData = encoder.encodeToString(client);
        var other = encoder.encodeToString(rest);
        var read =
                CEREMONIES.read(
                        new Assertion(
                                HOME, other, clientData, other, other, Optional.of(clientData)));
        var made = CEREMONIES.made(new NewPasskey(HOME, "key", clientData, other), _ -> true);
        return read.isEmpty() && made.isEmpty();
    }

    @Test
    void a_body_nested_without_end_is_no_answer_of_an_authenticator() {
        var encoder = Base64.getUrlEncoder();
        var json =
                encoder.encodeToString("{\"a\":".repeat(2_000).getBytes(StandardCharsets.US_ASCII));
        var cbor = new byte[8_000];
        Arrays.fill(cbor, (byte) 0x81);

        assertThat(
                        CEREMONIES.made(
                                new NewPasskey(HOME, "key", json, encoder.encodeToString(cbor)),
                                _ -> true))
                .isEmpty();
        assertThat(
                        CEREMONIES.made(
                                new NewPasskey(
                                        HOME,
                                        "key",
                                        PASSKEY.made(CHALLENGE).clientData(),
                                        encoder.encodeToString(cbor)),
                                _ -> true))
                .isEmpty();
    }

    private static Verdict verdict(Assertion assertion) {
        return CEREMONIES
                .read(assertion)
                .map(signed -> CEREMONIES.verdict(signed, KNOWN))
                .orElseGet(Verdict.Fails::new);
    }

    private static PasskeyTable.Row known(SoftPasskey passkey) {
        var made = passkey.made(CHALLENGE);
        var kept =
                CEREMONIES
                        .made(
                                new NewPasskey(HOME, "key", made.clientData(), made.attestation()),
                                _ -> true)
                        .orElseThrow();
        return new PasskeyTable.Row(
                new Passkey(UUID.randomUUID(), "key", false, Instant.EPOCH, Optional.empty()),
                PERSON,
                kept.credential(),
                kept.publicKey(),
                kept.signatures(),
                kept.backupEligible());
    }

    private static Assertion assertion(SoftPasskey.Signed signed) {
        return new Assertion(
                HOME,
                signed.credential(),
                signed.clientData(),
                signed.authenticatorData(),
                signed.signature(),
                Optional.of(signed.user()));
    }

    private static String harmed(String text, int place, int turned) {
        var bytes = Base64.getUrlDecoder().decode(text);
        bytes[place % bytes.length] ^= (byte) turned;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
