package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldTest {
    private static final byte[] FRAME = Keys.text("frame");
    private static final UUID COURT = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID CASE = UUID.fromString("00000000-0000-4000-8000-000000000002");

    @TempDir Path folder;
    private Vault vault;

    @BeforeEach
    void open() {
        vault = Keys.vault(folder);
        vault.prepare(List.of(Keys.TREE));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void what_is_held_outlives_the_day_it_was_recorded_on_and_the_rest_does_not() {
        var held = sealed(Keys.NOON);
        var free = sealed(Keys.NOON.plusSeconds(60));
        vault.hold(hold(CASE, 0, 60));

        expire();

        assertThat(opens(held)).isTrue();
        assertThat(opens(free)).isFalse();
        assertThat(vault.days(Keys.CAMERA, 0)).isEmpty();
    }

    @Test
    void it_dies_when_the_last_hold_ends() {
        var held = sealed(Keys.NOON);
        vault.hold(hold(CASE, 0, 60));
        expire();
        // From what the first one kept: the tree is gone.
        vault.hold(hold(COURT, 0, 30));

        vault.endHold(CASE);
        assertThat(opens(held)).isTrue();
        vault.endHold(COURT);

        assertThat(opens(held)).isFalse();
        assertThat(vault.living(0)).isEmpty();
    }

    @Test
    void a_hold_that_ends_takes_nothing_from_the_tree() {
        var held = sealed(Keys.NOON);
        vault.hold(hold(CASE, 0, 60));

        vault.endHold(CASE);

        assertThat(opens(held)).isTrue();
    }

    @Test
    void an_opener_forgets_what_an_ended_hold_kept() {
        var held = sealed(Keys.NOON);
        vault.hold(hold(CASE, 0, 60));
        expire();
        var opener = Keys.opener(vault);
        assertThat(opener.open(held)).isEqualTo(FRAME);

        vault.endHold(CASE);

        assertThatThrownBy(() -> opener.open(held)).isInstanceOf(CannotOpenException.class);
    }

    @Test
    void a_puncture_takes_its_slots_out_of_holds_too() {
        var erased = sealed(Keys.NOON);
        var rest = sealed(Keys.NOON.plusSeconds(30));
        vault.hold(hold(CASE, 0, 60));
        expire();

        var proof =
                vault.puncture(
                                new Puncture(
                                        UUID.randomUUID(), Keys.CAMERA, Set.of(0), slots(0, 10)))
                        .proof();

        assertThat(opens(erased)).isFalse();
        assertThat(opens(rest)).isTrue();
        assertThat(proof.faults()).isEmpty();
    }

    @Test
    void retention_at_its_running_edge_leaves_what_is_held() {
        var held = sealed(Keys.NOON);
        var free = sealed(Keys.NOON.plusSeconds(60));
        var kept = sealed(Keys.NOON.plusSeconds(120));
        vault.hold(hold(CASE, 0, 60));

        vault.expire(List.of(new Expiry(Keys.CAMERA, 0, Slots.at(Keys.NOON.plusSeconds(120)))));

        assertThat(opens(held)).isTrue();
        assertThat(opens(free)).isFalse();
        assertThat(opens(kept)).isTrue();
    }

    @Test
    void a_day_of_many_cameras_expires_in_one_turn_without_a_page() {
        var trees =
                IntStream.range(0, 200)
                        .mapToObj(i -> new TreeId(new UUID(7, i), 2, Keys.DAY, 0))
                        .toList();
        vault.prepare(trees);
        var epoch = vault.epoch();

        vault.expire(
                trees.stream()
                        .map(tree -> Expiry.ofDaysBefore(tree.camera(), 2, Keys.DAY.plusDays(1)))
                        .toList());

        assertThat(vault.epoch()).isEqualTo(epoch + 1);
        assertThat(vault.living(2)).isEmpty();
        assertThat(vault.check().partitions()).isEqualTo(1);
    }

    @Test
    void what_lives_names_what_keeps_it() {
        vault.hold(hold(CASE, 0, 60));
        vault.puncture(new Puncture(UUID.randomUUID(), Keys.CAMERA, Set.of(0), slots(20, 30)));
        expire();

        assertThat(vault.living(0))
                .containsExactly(
                        new Living(Keys.CAMERA, 0, slots(0, 20), 0, Optional.of(CASE), false),
                        new Living(Keys.CAMERA, 0, slots(30, 60), 0, Optional.of(CASE), false));
    }

    @Test
    void to_hold_twice_adds_what_is_missing_and_nothing_else() {
        var late = sealed(Keys.NOON.plusSeconds(80));
        vault.hold(hold(CASE, 0, 60));
        var epoch = vault.epoch();

        vault.hold(hold(CASE, 0, 60));
        assertThat(vault.epoch()).isEqualTo(epoch);
        vault.hold(hold(CASE, 30, 90));

        assertThat(vault.epoch()).isEqualTo(epoch + 1);
        expire();
        assertThat(opens(late)).isTrue();
    }

    @Test
    void a_tree_that_is_made_anew_does_not_hide_what_a_hold_kept_of_the_old_one() {
        var held = sealed(Keys.NOON);
        vault.hold(hold(CASE, 0, 60));
        expire();

        vault.prepare(List.of(Keys.TREE));
        var fresh = sealed(Keys.NOON);

        assertThat(opens(held)).isTrue();
        assertThat(opens(fresh)).isTrue();
        vault.endHold(CASE);
        assertThat(opens(held)).isFalse();
        assertThat(opens(fresh)).isTrue();
    }

    private void expire() {
        vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY.plusDays(1));
    }

    private static Hold hold(UUID holder, int from, int to) {
        return new Hold(holder, Keys.CAMERA, Set.of(0), slots(from, to));
    }

    private static Slots slots(int from, int to) {
        return Slots.covering(Keys.NOON.plusSeconds(from), Keys.NOON.plusSeconds(to));
    }

    private Sealed sealed(Instant at) {
        return vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(at), FRAME);
    }

    private boolean opens(Sealed sealed) {
        try {
            return Arrays.equals(Keys.opener(vault).open(sealed), FRAME);
        } catch (CannotOpenException e) {
            return false;
        }
    }
}
