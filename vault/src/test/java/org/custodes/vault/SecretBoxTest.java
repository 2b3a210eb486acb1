package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.custodes.vault.CannotOpenException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
    private static final KeyName NAME = new KeyName("audit-person", "Žofie/2026-11");
    private static final byte[] SECRET = Keys.text("rtsp password");
    private static final byte[] ROW = Keys.text("device 7");

    @TempDir Path folder;
    private Vault vault;

    @BeforeEach
    void open() {
        vault = Keys.vault(folder);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void a_secret_opens_with_its_context_also_after_a_restart() {
        var sealed = vault.box(NAME).seal(SECRET, ROW);
        vault.close();
        vault = Keys.vault(folder);

        assertThat(vault.box(NAME).open(sealed, ROW)).isEqualTo(SECRET);
        assertThat(refusal(sealed, Keys.text("device 8"))).isEqualTo(Reason.ALTERED);
    }

    @Test
    void no_two_seals_of_a_secret_are_alike() {
        assertThat(vault.box(NAME).seal(SECRET, ROW))
                .isNotEqualTo(vault.box(NAME).seal(SECRET, ROW));
    }

    @Test
    void every_flipped_byte_and_every_cut_is_refused() {
        var sealed = vault.box(NAME).seal(SECRET, ROW);

        for (var i = 0; i < sealed.length; i++) {
            assertThat(refusal(Keys.flipped(sealed, i), ROW)).isEqualTo(Reason.ALTERED);
            assertThat(refusal(java.util.Arrays.copyOf(sealed, i), ROW)).isEqualTo(Reason.ALTERED);
        }
    }

    @Test
    void one_key_does_not_open_the_secrets_of_another() {
        var sealed = vault.box(new KeyName("audit-person", "other")).seal(SECRET, ROW);

        assertThat(refusal(sealed, ROW)).isEqualTo(Reason.ALTERED);
    }

    @Test
    void a_destroyed_key_opens_nothing_any_more() {
        var box = vault.box(NAME);
        var sealed = box.seal(SECRET, ROW);
        var other = vault.box(new KeyName("audit-person", "other"));

        vault.destroy(NAME);

        assertThat(
                        catchThrowableOfType(CannotOpenException.class, () -> box.open(sealed, ROW))
                                .reason())
                .isEqualTo(Reason.SHUT);
        assertThat(vault.existingBox(NAME)).isEmpty();
        assertThat(refusal(sealed, ROW)).isEqualTo(Reason.ALTERED);
        assertThat(other.open(other.seal(SECRET, ROW), ROW)).isEqualTo(SECRET);
    }

    @Test
    void looking_for_a_key_makes_none() {
        var epoch = vault.epoch();

        assertThat(vault.existingBox(NAME)).isEmpty();
        vault.destroy(NAME);

        assertThat(vault.epoch()).isEqualTo(epoch);
    }

    @Test
    void a_key_is_made_once_and_counted() {
        for (var name : List.of(NAME, NAME, new KeyName("tls", "ca"))) {
            vault.box(name);
        }

        assertThat(vault.check().names()).isEqualTo(2);
        assertThat(vault.epoch()).isEqualTo(3);
    }

    @Test
    void names_are_bounded() {
        assertThatThrownBy(() -> new KeyName("", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyName("a/b", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyName("a", "ž".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Reason refusal(byte[] sealed, byte[] context) {
        return catchThrowableOfType(
                        CannotOpenException.class, () -> vault.box(NAME).open(sealed, context))
                .reason();
    }
}
