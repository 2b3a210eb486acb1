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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestrictionTest {
    private static final byte[] FRAME = Keys.text("frame");
    private static final UUID ANNA = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID BERT = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID CASE = UUID.fromString("00000000-0000-4000-8000-000000000003");

    @TempDir Path folder;
    private Vault vault;
    private Sealed inside;
    private Sealed outside;

    @BeforeEach
    void open() {
        vault = Keys.vault(folder);
        vault.prepare(List.of(Keys.TREE));
        inside = sealed(Keys.NOON);
        outside = sealed(Keys.NOON.plusSeconds(60));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void what_is_restricted_opens_for_nobody_but_whoever_asked_for_the_restricted() {
        var before = Keys.opener(vault);
        assertThat(before.open(inside)).isEqualTo(FRAME);

        vault.restrict(of(ANNA, 0, 60));

        assertThatThrownBy(() -> before.open(inside)).isInstanceOf(CannotOpenException.class);
        assertThat(opens(inside)).isFalse();
        assertThat(opens(outside)).isTrue();
        assertThat(opensRestricted(inside)).isTrue();
        assertThat(vault.check().faults()).isEmpty();
    }

    @Test
    void it_opens_again_when_the_last_restriction_ends() {
        vault.restrict(of(ANNA, 0, 60));
        vault.restrict(of(BERT, 0, 10));

        vault.endRestriction(ANNA);
        assertThat(opens(inside)).isFalse();
        vault.endRestriction(BERT);

        assertThat(opens(inside)).isTrue();
        assertThat(vault.living(0)).hasSize(1).allMatch(each -> !each.restricted());
        assertThat(vault.check().faults()).isEmpty();
    }

    @Test
    void retention_does_not_reach_it_and_takes_it_when_the_restriction_is_over() {
        vault.restrict(of(ANNA, 0, 60));
        expire();
        assertThat(opensRestricted(inside)).isTrue();
        assertThat(opens(outside)).isFalse();
        assertThat(vault.living(0))
                .containsExactly(
                        new Living(Keys.CAMERA, 0, slots(0, 60), 0, Optional.empty(), true));

        vault.endRestriction(ANNA);
        expire();

        assertThat(opensRestricted(inside)).isFalse();
        assertThat(vault.living(0)).isEmpty();
    }

    @Test
    void a_hold_that_ends_under_a_restriction_destroys_nothing() {
        vault.hold(of(CASE, 0, 60));
        expire();
        vault.restrict(of(ANNA, 0, 60));

        vault.endHold(CASE);
        assertThat(opensRestricted(inside)).isTrue();
        assertThat(opens(inside)).isFalse();
        vault.endRestriction(ANNA);
        expire();

        assertThat(opensRestricted(inside)).isFalse();
    }

    @Test
    void a_hold_that_begins_under_a_restriction_keeps_and_does_not_show() {
        vault.restrict(of(ANNA, 0, 60));
        vault.hold(of(CASE, 0, 60));
        expire();
        assertThat(opens(inside)).isFalse();

        vault.endRestriction(ANNA);
        expire();

        assertThat(opens(inside)).isTrue();
    }

    @Test
    void a_puncture_takes_what_is_restricted_too() {
        vault.restrict(of(ANNA, 0, 60));

        var destruction =
                vault.puncture(
                        new Puncture(UUID.randomUUID(), Keys.CAMERA, Set.of(0), slots(0, 60)));

        assertThat(destruction.tookKeys()).isTrue();
        assertThat(destruction.proof().faults()).isEmpty();
        assertThat(opensRestricted(inside)).isFalse();
        vault.endRestriction(ANNA);
        assertThat(opens(inside)).isFalse();
        assertThat(opens(outside)).isTrue();
    }

    @Test
    void recording_goes_on_behind_a_restriction() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
        vault.restrict(of(ANNA, 0, 60));

        assertThat(opens(sealer.seal(Keys.key(Keys.NOON.plusSeconds(70)), FRAME))).isTrue();
        assertThat(opens(sealed(Keys.NOON.plusSeconds(80)))).isTrue();
        vault.endRestriction(ANNA);
        assertThat(opens(sealed(Keys.NOON.plusSeconds(90)))).isTrue();
    }

    private void expire() {
        vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY.plusDays(1));
    }

    private static Hold of(UUID holder, int from, int to) {
        return new Hold(holder, Keys.CAMERA, Set.of(0), slots(from, to));
    }

    private static Slots slots(int from, int to) {
        return Slots.covering(Keys.NOON.plusSeconds(from), Keys.NOON.plusSeconds(to));
    }

    private Sealed sealed(Instant at) {
        return vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(at), FRAME);
    }

    private boolean opens(Sealed sealed) {
        return opens(Keys.opener(vault), sealed);
    }

    private boolean opensRestricted(Sealed sealed) {
        return opens(
                vault.openerOfRestricted(
                        Keys.CAMERA, 0, Keys.NOON.minusSeconds(3600), Keys.NOON.plusSeconds(3600)),
                sealed);
    }

    private static boolean opens(Opener opener, Sealed sealed) {
        try {
            return Arrays.equals(opener.open(sealed), FRAME);
        } catch (CannotOpenException e) {
            return false;
        }
    }
}
