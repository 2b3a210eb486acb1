package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyTest {
    private static final Argon2Cost CHEAP = new Argon2Cost(1, 1, 1);

    @TempDir Path folder;

    @Test
    void a_new_key_store_makes_its_root_key_file_for_its_owner_alone() throws IOException {
        Keys.vault(folder).close();

        var file = folder.resolve("root.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("custodes-root-key-v1 [0-9a-f]{64}\n");
    }

    @Test
    void without_its_root_key_file_nothing_opens_and_the_message_says_what_to_do()
            throws IOException {
        Keys.vault(folder).close();
        var file = folder.resolve("root.key");
        Files.move(file, folder.resolve("safe"));

        assertThatThrownBy(() -> Keys.vault(folder))
                .isInstanceOf(RootKeyException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Put it back");
        assertThat(file).doesNotExist();

        Files.move(folder.resolve("safe"), file);
        Keys.vault(folder).close();
    }

    @Test
    void another_root_key_opens_nothing() throws IOException {
        Keys.vault(folder).close();
        Files.writeString(
                folder.resolve("root.key"), "custodes-root-key-v1 " + "ab".repeat(32) + "\n");

        assertThatThrownBy(() -> Keys.vault(folder))
                .isInstanceOf(RootKeyException.class)
                .hasMessageContaining("made under another")
                .hasMessageNotContaining("abab");
    }

    @Test
    void a_root_key_file_that_others_may_read_is_refused() throws IOException {
        Keys.vault(folder).close();
        var file = folder.resolve("root.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> Keys.vault(folder))
                .isInstanceOf(RootKeyException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void a_file_that_is_no_root_key_is_refused() throws IOException {
        Keys.vault(folder).close();
        Files.writeString(folder.resolve("root.key"), "x".repeat(10_000));

        assertThatThrownBy(() -> Keys.vault(folder))
                .isInstanceOf(RootKeyException.class)
                .hasMessageContaining("is not a root key file");
    }

    @Test
    void a_passphrase_opens_what_it_closed_at_the_cost_that_is_stored() {
        vault("correct horse", CHEAP).close();

        vault("correct horse", Argon2Cost.STANDARD).close();

        assertThatThrownBy(() -> vault("correct mule", CHEAP))
                .isInstanceOf(RootKeyException.class)
                .hasMessageContaining("does not open with the passphrase")
                .hasMessageNotContaining("mule");
    }

    @Test
    void the_other_kind_of_root_key_is_told_apart() {
        vault("correct horse", CHEAP).close();

        assertThatThrownBy(() -> Keys.vault(folder))
                .isInstanceOf(RootKeyException.class)
                .hasMessageContaining("a passphrase");
    }

    @Test
    void a_forged_cost_is_refused_before_it_is_paid() {
        var parameters = new byte[21];
        parameters[0] = 1;
        parameters[1] = (byte) 0xff;

        var key = RootKey.passphrase("x".toCharArray());

        assertThatThrownBy(() -> key.unlock(parameters))
                .isInstanceOf(RootKeyException.class)
                .hasMessageContaining("damaged or forged");
    }

    @Test
    void a_wrapped_key_opens_only_where_it_was_wrapped() throws Exception {
        var key = RootKey.file(folder.resolve("root.key"));
        key.create(Keys.RANDOM);
        var secret = new byte[32];
        var wrapped = key.wrap(secret, Keys.text("epoch 1"), Keys.RANDOM);

        assertThat(key.unwrap(wrapped, Keys.text("epoch 1"))).isEqualTo(secret);
        assertThatThrownBy(() -> key.unwrap(wrapped, Keys.text("epoch 2")))
                .isInstanceOf(javax.crypto.AEADBadTagException.class);
        assertThat(key.attest()).contains("overwritten");
        assertThat(key.toString()).doesNotContain("-v1");
    }

    private Vault vault(String passphrase, Argon2Cost cost) {
        var root = RootKey.passphrase(passphrase.toCharArray(), cost);
        return Vault.open(List.of(folder.resolve("keys")), root, Keys.RANDOM);
    }
}
