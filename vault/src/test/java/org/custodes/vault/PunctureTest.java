package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.custodes.mishap.SimulatedDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PunctureTest {
    private static final byte[] FRAME = Keys.text("frame");
    private static final TreeId YESTERDAY = new TreeId(Keys.CAMERA, 0, Keys.DAY.minusDays(1), 0);
    private static final TreeId ERA = new TreeId(Keys.CAMERA, 0, Keys.DAY, 3);
    private static final TreeId VEILED = new TreeId(Keys.CAMERA, 1, Keys.DAY, 0);
    private static final TreeId OTHER = new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0);

    @TempDir Path folder;
    private Vault vault;

    @BeforeEach
    void open() {
        vault = Keys.vault(folder);
        vault.prepare(List.of(YESTERDAY, Keys.TREE, ERA, VEILED, OTHER));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void two_minutes_in_the_middle_of_an_hour_die_and_the_rest_opens() {
        var before = sealed(Keys.TREE, Keys.NOON.minusSeconds(1));
        var first = sealed(Keys.TREE, Keys.NOON);
        var last = sealed(Keys.TREE, Keys.NOON.plusSeconds(119));
        var after = sealed(Keys.TREE, Keys.NOON.plusSeconds(120));

        var destruction = vault.puncture(noonAnd(120));

        assertThat(destruction.tookKeys()).isTrue();
        assertThat(destruction.isComplete()).isTrue();
        assertOpen(before, after);
        assertShut(first, last);
        close();
        vault = Keys.vault(folder);
        assertOpen(before, after);
        assertShut(first, last);
    }

    @Test
    void every_era_of_the_interval_dies_and_no_other_class_or_camera() {
        var otherEra = sealed(ERA, Keys.NOON);
        var veiled = sealed(VEILED, Keys.NOON);
        var other = sealed(OTHER, Keys.NOON);

        vault.puncture(noonAnd(10));

        assertShut(otherEra);
        assertOpen(veiled, other);
    }

    @Test
    void several_classes_and_days_are_one_turn() {
        var midnight = Instant.parse("2026-11-22T00:00:00Z");
        var late = sealed(YESTERDAY, midnight.minusSeconds(1));
        var early = sealed(Keys.TREE, midnight);
        var veiled = sealed(VEILED, midnight);
        var epoch = vault.epoch();

        var destruction =
                vault.puncture(
                        order(Set.of(0, 1), midnight.minusSeconds(20), midnight.plusSeconds(20)));

        assertThat(vault.epoch()).isEqualTo(epoch + 1);
        assertShut(late, early, veiled);
        assertThat(destruction.proof().places())
                .extracting(DestructionProof.Place::day)
                .containsExactly(YESTERDAY.day(), Keys.DAY, YESTERDAY.day(), Keys.DAY);
        assertThat(destruction.proof().epochBefore()).isEqualTo(epoch);
        assertThat(destruction.proof().faults()).isEmpty();
    }

    @Test
    void disjoint_intervals_one_after_the_other_leave_what_lies_between() {
        var between = sealed(Keys.TREE, Keys.NOON.plusSeconds(60));
        var second = sealed(Keys.TREE, Keys.NOON.plusSeconds(100));

        vault.puncture(noonAnd(60));
        vault.puncture(order(Set.of(0), Keys.NOON.plusSeconds(90), Keys.NOON.plusSeconds(110)));

        assertOpen(between);
        assertShut(second);
    }

    @Test
    void the_proof_tells_the_nodes_that_went_and_the_roots_follow_each_other() {
        var first = vault.puncture(noonAnd(10)).proof();
        var second =
                vault.puncture(
                                order(
                                        Set.of(0),
                                        Keys.NOON.plusSeconds(60),
                                        Keys.NOON.plusSeconds(70)))
                        .proof();

        var place = first.places().getFirst();
        assertThat(place.removed()).containsExactly(new NodeLabel(0, 0, 0), new NodeLabel(3, 0, 0));
        assertThat(place.after().stream().filter(label -> label.era() == 0)).hasSize(14);
        assertThat(first.rootAfter()).isNotEqualTo(first.rootBefore());
        assertThat(second.rootBefore()).isEqualTo(first.rootAfter());
        assertThat(second.faults()).isEmpty();
    }

    @Test
    void what_is_gone_already_costs_no_turn_and_is_proved_to_be_gone() {
        vault.puncture(noonAnd(120));
        var epoch = vault.epoch();

        var again = vault.puncture(noonAnd(60));

        assertThat(again.tookKeys()).isFalse();
        assertThat(again.proof().rootAfter()).isEqualTo(again.proof().rootBefore());
        assertThat(again.proof().places().getFirst().removed()).isEmpty();
        assertThat(again.proof().faults()).isEmpty();
        assertThat(vault.epoch()).isEqualTo(epoch);
    }

    @Test
    void what_has_expired_or_never_was_is_proved_not_to_be_there() {
        vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY);

        var expired =
                vault.puncture(
                        order(
                                Set.of(0),
                                Keys.NOON.minusSeconds(86_400),
                                Keys.NOON.minusSeconds(86_300)));
        var never =
                vault.puncture(
                        order(
                                Set.of(7),
                                Instant.parse("2001-01-01T00:00:00Z"),
                                Instant.parse("2001-02-01T00:00:00Z")));

        assertThat(List.of(expired, never)).noneMatch(Destruction::tookKeys);
        assertThat(expired.proof().faults()).isEmpty();
        assertThat(never.proof().faults()).isEmpty();
        assertThat(never.proof().places()).hasSize(31).allMatch(p -> p.before().isEmpty());
    }

    @Test
    void a_whole_day_leaves_no_tree_behind() {
        var midnight = Instant.parse("2026-11-22T00:00:00Z");

        vault.puncture(order(Set.of(0), midnight, midnight.plusSeconds(86_400)));

        assertThat(vault.days(Keys.CAMERA, 0)).containsExactly(YESTERDAY.day());
        assertThat(vault.days(Keys.OTHER_CAMERA, 0)).containsExactly(Keys.DAY);
        vault.prepare(List.of(Keys.TREE));
        assertOpen(sealed(Keys.TREE, Keys.NOON));
    }

    @Test
    void the_same_order_is_done_once_and_answers_the_same_until_it_is_settled() {
        var order = noonAnd(60);
        var first = vault.puncture(order);
        vault.prepare(List.of(new TreeId(Keys.OTHER_CAMERA, 2, Keys.DAY, 0)));
        close();
        vault = Keys.vault(folder);

        assertThat(vault.unsettled()).hasSize(1);
        assertThat(vault.unsettled().getFirst().puncture()).isEqualTo(order);
        assertThat(vault.puncture(order).proof().bytes()).isEqualTo(first.proof().bytes());

        vault.settle(order.id());
        assertThat(vault.unsettled()).isEmpty();
        vault.prepare(List.of(new TreeId(Keys.OTHER_CAMERA, 3, Keys.DAY, 0)));
        close();
        vault = Keys.vault(folder);
        assertThat(vault.unsettled()).isEmpty();
        assertThat(vault.puncture(order).tookKeys()).isFalse();
    }

    @Test
    void an_id_that_was_used_for_something_else_is_refused() {
        var order = noonAnd(60);
        vault.puncture(order);

        assertThatThrownBy(() ->
                        vault.puncture(
                                new Puncture(
                                        order.id(), Keys.OTHER_CAMERA, Set.of(0), order.slots())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another id");
    }

    @Test
    void an_opener_that_has_seen_the_interval_forgets_it_and_keeps_the_rest() {
        var gone = sealed(Keys.TREE, Keys.NOON);
        var stays = sealed(Keys.TREE, Keys.NOON.plusSeconds(10));
        var opener = Keys.opener(vault);
        opener.open(gone);
        opener.open(stays);

        vault.puncture(noonAnd(10));

        assertThatThrownBy(() -> opener.open(gone)).isInstanceOf(CannotOpenException.class);
        assertThat(opener.open(stays)).isEqualTo(FRAME);
    }

    @Test
    void a_pack_that_is_being_sealed_tells_its_slot_and_goes_on_after_a_puncture_behind_it() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
        assertThat(vault.runningSlot(Keys.CAMERA, 0)).isEmpty();
        sealer.seal(Keys.key(Keys.NOON), FRAME);
        sealer.seal(Keys.key(Keys.NOON.plusSeconds(60)), FRAME);
        assertThat(vault.runningSlot(Keys.CAMERA, 0)).hasValue(Slots.at(Keys.NOON) + 6);

        vault.puncture(noonAnd(60));

        var after = sealer.seal(Keys.follower(Keys.NOON.plusSeconds(61)), FRAME);
        assertOpen(after);
        assertThatThrownBy(() -> sealer.seal(Keys.key(Keys.NOON.plusSeconds(5)), FRAME))
                .isInstanceOf(NoKeyException.class);
        sealer.end(Keys.micros(Keys.NOON.plusSeconds(62)));
        assertThat(vault.runningSlot(Keys.CAMERA, 0)).isEmpty();
    }

    @Test
    void a_pack_loses_the_slot_it_is_in_and_seals_on_in_the_next() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
        sealer.seal(Keys.key(Keys.NOON), FRAME);

        vault.puncture(noonAnd(10));

        assertThatThrownBy(() -> sealer.seal(Keys.follower(Keys.NOON.plusSeconds(1)), FRAME))
                .isInstanceOf(NoKeyException.class);
        assertOpen(sealer.seal(Keys.key(Keys.NOON.plusSeconds(10)), FRAME));
    }

    @Test
    void a_copy_that_cannot_be_written_leaves_the_destruction_incomplete_until_it_can() {
        var disk = new SimulatedDisk();
        var places = List.of(disk.path("a/keys"), disk.path("b/keys"));
        var root = RootKey.file(disk.path("etc/root.key"));
        try (var two = Vault.open(places, root, Keys.RANDOM)) {
            two.prepare(List.of(Keys.TREE));
            disk.fault(step -> {
                if (step.path().toString().contains("/b/")) {
                    throw new IOException("No space left on device");
                }
            });
            var order = noonAnd(60);

            assertThat(two.puncture(order).isComplete()).isFalse();
            assertThat(two.puncture(order).isComplete()).isFalse();
            disk.heal();
            var complete = two.puncture(order);

            assertThat(complete.isComplete()).isTrue();
            assertThat(complete.tookKeys()).isTrue();
            assertThat(two.check().faults()).isEmpty();
        }
    }

    @Test
    void a_puncture_over_more_than_four_hundred_days_is_refused() {
        assertThatThrownBy(() ->
                        order(Set.of(0), Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("400 days");
    }

    @Test
    void slots_are_widened_outward() {
        assertThat(Slots.covering(Keys.NOON.plusMillis(1), Keys.NOON.plusMillis(10_001)))
                .isEqualTo(new Slots(Slots.at(Keys.NOON), Slots.at(Keys.NOON) + 2));
        assertThat(Slots.covering(Keys.NOON, Keys.NOON.plusSeconds(10)))
                .isEqualTo(new Slots(Slots.at(Keys.NOON), Slots.at(Keys.NOON) + 1));
        assertThat(Slots.covering(Keys.NOON, Keys.NOON.plusSeconds(10)).start())
                .isEqualTo(Keys.NOON);
    }

    @Test
    void what_is_said_of_destroyed_keys_tells_what_a_copied_root_file_would_mean() {
        assertThat(vault.puncture(noonAnd(10)).attestation())
                .contains("file named root")
                .contains("copy of it");
    }

    @Test
    void the_proof_names_the_epoch_whose_key_was_destroyed() throws IOException {
        var root = Files.readAllBytes(folder.resolve("keys/root"));
        var wrapped = RootBlock.parse(Arrays.copyOf(root, RootBlock.SIZE)).orElseThrow();

        var proof = vault.puncture(noonAnd(10)).proof();

        assertThat(proof.epochBefore()).isEqualTo(wrapped.facts().epoch());
        assertThat(proof.epochAfter()).isEqualTo(vault.epoch());
        assertThat(proof.installation()).isEqualTo(vault.installation());
    }

    private static Puncture noonAnd(long seconds) {
        return order(Set.of(0), Keys.NOON, Keys.NOON.plusSeconds(seconds));
    }

    private static Puncture order(Set<Integer> classes, Instant from, Instant to) {
        return new Puncture(UUID.randomUUID(), Keys.CAMERA, classes, Slots.covering(from, to));
    }

    private Sealed sealed(TreeId tree, Instant at) {
        return vault.sealer(Keys.pack(tree), 0).seal(Keys.key(at), FRAME);
    }

    private void assertOpen(Sealed... all) {
        for (var sealed : all) {
            assertThat(opener(sealed).open(sealed)).isEqualTo(FRAME);
        }
    }

    private void assertShut(Sealed... all) {
        for (var sealed : all) {
            assertThatThrownBy(() -> opener(sealed).open(sealed))
                    .isInstanceOf(CannotOpenException.class);
        }
    }

    private Opener opener(Sealed sealed) {
        var tree = sealed.pack().tree();
        return vault.opener(tree.camera(), tree.mediaClass(), Instant.EPOCH, Instant.MAX);
    }
}
