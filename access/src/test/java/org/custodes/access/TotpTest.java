package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TotpTest {
    /// The secret of RFC 6238 appendix B.
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109);

    @Test
    void codes_are_those_of_rfc_6238_appendix_b() {
        var vectors =
                Map.of(
                        59L, "94287082",
                        1_111_111_109L, "07081804",
                        1_111_111_111L, "14050471",
                        1_234_567_890L, "89005924",
                        2_000_000_000L, "69279037",
                        20_000_000_000L, "65353130");

        vectors.forEach(
                (second, code) -> assertThat(Totp.code(SECRET, second / 30, 8)).isEqualTo(code));
    }

    @Test
    void a_code_is_good_one_step_to_either_side_and_no_further() {
        var present = NOW.getEpochSecond() / 30;

        for (var step = present - 3; step <= present + 3; step++) {
            var found = Totp.step(SECRET, Totp.code(SECRET, step, 6), NOW, 0);
            assertThat(found.isPresent()).isEqualTo(Math.abs(step - present) <= 1);
        }
    }

    @Test
    void a_code_that_was_used_is_not_good_again_and_neither_are_older_ones() {
        var present = NOW.getEpochSecond() / 30;

        assertThat(Totp.step(SECRET, Totp.code(SECRET, present, 6), NOW, present)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, present - 1, 6), NOW, present)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, present + 1, 6), NOW, present)).isPresent();
    }

    @Test
    void an_authenticator_reads_name_and_secret_from_the_uri() {
        assertThat(Totp.uri("Custodes", "Ana Müller & co", SECRET))
                .isEqualTo(
                        "otpauth://totp/Custodes:Ana%20M%C3%BCller%20%26%20co"
                                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Custodes"
                                + "&algorithm=SHA1&digits=6&period=30");
    }

    @Property
    boolean base32_comes_back(@ForAll byte[] bytes) {
        return Arrays.equals(Base32.decode(Base32.encode(bytes)), bytes);
    }

    @Property
    boolean whatever_is_typed_gets_an_answer(@ForAll String code) {
        return Totp.step(SECRET, code, NOW, 0) != null;
    }
}
