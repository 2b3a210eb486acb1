package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.custodes.vault.CannotOpenException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenerTest {
    private static final byte[] FRAME = Keys.text("frame");

    @TempDir Path folder;
    private Vault vault;

    @BeforeEach
    void open() {
        vault = Keys.vault(folder);
        vault.prepare(List.of(Keys.TREE, new TreeId(Keys.CAMERA, 1, Keys.DAY, 0)));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void an_interval_is_widened_to_slot_edges_and_no_further() {
        var opener =
                vault.opener(
                        Keys.CAMERA, 0, Keys.NOON.plusSeconds(15), Keys.NOON.plusMillis(30_001));

        assertThat(refusal(opener, sealedAt(Keys.NOON.plusMillis(9_999))))
                .isEqualTo(Reason.OUTSIDE);
        assertThat(opener.open(sealedAt(Keys.NOON.plusSeconds(10)))).isEqualTo(FRAME);
        assertThat(opener.open(sealedAt(Keys.NOON.plusMillis(39_999)))).isEqualTo(FRAME);
        assertThat(refusal(opener, sealedAt(Keys.NOON.plusSeconds(40)))).isEqualTo(Reason.OUTSIDE);
    }

    @Test
    void an_interval_that_ends_on_a_slot_edge_stops_there() {
        var opener = vault.opener(Keys.CAMERA, 0, Keys.NOON, Keys.NOON.plusSeconds(10));

        assertThat(opener.open(sealedAt(Keys.NOON))).isEqualTo(FRAME);
        assertThat(refusal(opener, sealedAt(Keys.NOON.plusSeconds(10)))).isEqualTo(Reason.OUTSIDE);
    }

    @Test
    void an_interval_can_be_made_to_begin_later_and_never_earlier() {
        var opener = vault.opener(Keys.CAMERA, 0, Keys.NOON, Keys.NOON.plusSeconds(60));
        assertThat(opener.open(sealedAt(Keys.NOON))).isEqualTo(FRAME);

        opener.narrow(Keys.NOON.plusSeconds(25));
        opener.narrow(Keys.NOON);

        assertThat(refusal(opener, sealedAt(Keys.NOON.plusMillis(19_999))))
                .isEqualTo(Reason.OUTSIDE);
        assertThat(opener.open(sealedAt(Keys.NOON.plusSeconds(20)))).isEqualTo(FRAME);
    }

    @Test
    void another_camera_or_class_stays_closed() {
        var sealed = sealedAt(Keys.NOON);

        var other = vault.opener(Keys.OTHER_CAMERA, 0, Instant.EPOCH, Instant.MAX);
        var veiled = vault.opener(Keys.CAMERA, 1, Instant.EPOCH, Instant.MAX);

        assertThat(refusal(other, sealed)).isEqualTo(Reason.OUTSIDE);
        assertThat(refusal(veiled, sealed)).isEqualTo(Reason.OUTSIDE);
    }

    @Test
    void a_live_look_goes_on_into_a_day_whose_tree_is_prepared_later() {
        var midnight = Instant.parse("2026-11-23T00:00:00Z");
        var opener = vault.opener(Keys.CAMERA, 0, midnight.minusSeconds(60), Instant.MAX);
        assertThat(opener.open(sealedAt(midnight.minusSeconds(1)))).isEqualTo(FRAME);

        var tomorrow = new TreeId(Keys.CAMERA, 0, Keys.DAY.plusDays(1), 0);
        vault.prepare(List.of(tomorrow));
        var sealed = vault.sealer(Keys.pack(tomorrow), 0).seal(Keys.key(midnight), FRAME);

        assertThat(opener.open(sealed)).isEqualTo(FRAME);
    }

    @Test
    void a_tree_that_does_not_exist_is_told_as_no_key_and_found_once_it_does() {
        var era = new TreeId(Keys.CAMERA, 0, Keys.DAY, 7);
        var opener = Keys.opener(vault);
        var pack = Keys.pack(era);
        var guess = sealedAt(Keys.NOON);
        var forged = new Sealed(pack, guess.header(), guess.commitment(), guess.body());
        assertThat(refusal(opener, forged)).isEqualTo(Reason.NO_KEY);
        assertThat(refusal(opener, forged)).isEqualTo(Reason.NO_KEY);

        vault.prepare(List.of(era));
        var sealed = vault.sealer(pack, 0).seal(Keys.key(Keys.NOON), FRAME);

        assertThat(opener.open(sealed)).isEqualTo(FRAME);
    }

    @Test
    void nothing_opens_after_it_is_shut() {
        var sealed = sealedAt(Keys.NOON);
        var opener = Keys.opener(vault);
        assertThat(opener.open(sealed)).isEqualTo(FRAME);

        opener.shut();

        assertThat(refusal(opener, sealed)).isEqualTo(Reason.SHUT);
    }

    @Test
    void closing_the_vault_shuts_its_openers() {
        var sealed = sealedAt(Keys.NOON);
        var opener = Keys.opener(vault);

        vault.close();

        assertThat(refusal(opener, sealed)).isEqualTo(Reason.SHUT);
    }

    @Test
    void dropping_a_day_closes_it_for_openers_that_have_seen_it_already() {
        var sealed = sealedAt(Keys.NOON);
        var opener = Keys.opener(vault);
        assertThat(opener.open(sealed)).isEqualTo(FRAME);

        vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY.plusDays(1));

        assertThat(refusal(opener, sealed)).isEqualTo(Reason.NO_KEY);
    }

    @Test
    void an_empty_interval_is_refused() {
        assertThatThrownBy(() -> vault.opener(Keys.CAMERA, 0, Keys.NOON, Keys.NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void many_threads_open_at_once_while_the_key_store_turns() throws Exception {
        var sealed = new ArrayList<Sealed>();
        for (var i = 0; i < 40; i++) {
            sealed.add(sealedAt(Keys.NOON.plusSeconds(7L * i)));
        }
        var opener = Keys.opener(vault);

        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (var thread = 0; thread < 4; thread++) {
                all.add(threads.submit(() -> sealed.forEach(s -> opener.open(s))));
                all.add(threads.submit(() -> sealed.forEach(s -> Keys.opener(vault).open(s))));
            }
            for (var era = 1; era < 15; era++) {
                vault.prepare(List.of(new TreeId(Keys.CAMERA, 0, Keys.DAY, era)));
            }
            for (var each : all) {
                each.get();
            }
        }

        assertThat(vault.check().clean()).isTrue();
    }

    @Test
    void neither_keys_nor_footage_show_in_words() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);

        assertThat(sealer.toString()).doesNotContain("key");
        assertThat(Keys.opener(vault).toString()).startsWith("Opener for class 0");
        assertThat(vault.box(new KeyName("tls", "ca")).toString())
                .isEqualTo("SecretBox of kind tls");
    }

    private Sealed sealedAt(Instant at) {
        return vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(at), FRAME);
    }

    private static Reason refusal(Opener opener, Sealed sealed) {
        return catchThrowableOfType(CannotOpenException.class, () -> opener.open(sealed)).reason();
    }
}
