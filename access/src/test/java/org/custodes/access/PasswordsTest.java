package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.custodes.register.Fault;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords =
            new Passwords(new PasswordCost(64, 1, 1), 1, new SecureRandom());

    /// From the reference implementation's test.c (phc-winner-argon2).
    @Test
    void argon2id_is_that_of_the_reference_implementation() {
        var salt = "somesalt".getBytes(StandardCharsets.US_ASCII);

        var hash = Passwords.argon2(new PasswordCost(65_536, 2, 1), salt, "password", 32);

        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void the_text_form_of_others_is_read() {
        var kept =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(passwords.verify("password", Optional.of(kept))).contains(true);
        assertThat(passwords.verify("passwore", Optional.of(kept))).contains(false);
    }

    @Test
    void the_usual_cost_is_64_mebibytes_and_three_passes() {
        assertThat(PasswordCost.USUAL).isEqualTo(new PasswordCost(64 * 1_024, 3, 1));
    }

    @Test
    void nobodys_password_fits_nothing() {
        assertThat(passwords.verify("", Optional.empty())).contains(false);
        assertThat(passwords.verify("seven purple kettles", Optional.empty())).contains(false);
    }

    @Test
    void the_same_letters_typed_differently_are_the_same_password() {
        var composed = passwords.hash("grün grün grün grün");

        assertThat(passwords.verify("gru\u0308n gru\u0308n gru\u0308n gru\u0308n", composed))
                .contains(true);
    }

    @Test
    void two_hashes_of_one_password_differ() {
        assertThat(passwords.hash("seven purple kettles"))
                .isNotEqualTo(passwords.hash("seven purple kettles"));
    }

    @Test
    void short_guessed_and_named_passwords_are_not_taken() {
        assertThat(key("fourteen chars")).isEqualTo("password.too-short");
        assertThat(key("x".repeat(257))).isEqualTo("password.too-long");
        assertThat(key("seven\npurple kettles")).isEqualTo("password.characters");
        for (var guessed :
                List.of(
                        "passwordpassword",
                        "Password123456789",
                        "aaaaaaaaaaaaaaaaaaaa",
                        "abababababababab",
                        "qwertyuiopasdfghjkl",
                        "12345678901234567890",
                        "correct horse battery staple",
                        "changemechangeme1")) {
            assertThat(key(guessed)).as(guessed).isEqualTo("password.guessed");
        }
        assertThat(key("my custodes is safe")).isEqualTo("password.name");
        assertThat(key("only Ana.Muller knows")).isEqualTo("password.name");
    }

    @Test
    void a_sentence_is_taken() {
        assertThat(PasswordRules.fault("seven purple kettles sing", "Ana Muller")).isEmpty();
        assertThat(PasswordRules.fault("我喜欢吃很多苹果和香蕉还有梨子", "Ana")).isEmpty();
    }

    @Property
    boolean every_password_gets_an_answer(@ForAll String password, @ForAll String name) {
        return PasswordRules.fault(password, name) != null;
    }

    private static String key(String password) {
        return PasswordRules.fault(password, "Ana Muller").map(Fault::key).orElse("taken");
    }
}
