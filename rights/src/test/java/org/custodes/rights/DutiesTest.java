package org.custodes.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.rights.World.ADA;
import static org.custodes.rights.World.BEN;
import static org.custodes.rights.World.CHIEF;
import static org.custodes.rights.World.GUARD;
import static org.custodes.rights.World.given;
import static org.custodes.rights.World.nothing;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.custodes.rights.Right.Duty;
import org.junit.jupiter.api.Test;

/// Nobody is all-powerful; and words that others write down.
class DutiesTest {
    private static Permit permit(RoleId role, Right... rights) {
        return Permit.of(role, Set.of(rights), new Scope.All());
    }

    @Test
    void two_duties_do_not_go_together_in_one_person() {
        var granted =
                nothing()
                        .and(permit(GUARD, Right.WATCH_LIVE, Right.LIST_CAMERAS))
                        .and(permit(CHIEF, Right.READ_AUDIT))
                        .and(given(ADA, GUARD))
                        .and(given(BEN, GUARD))
                        .and(given(BEN, CHIEF));

        assertThat(Duties.of(granted.snapshot(), ADA)).containsExactly(Duty.WATCHING);
        assertThat(Duties.goTogether(Duties.of(granted.snapshot(), ADA))).isTrue();
        assertThat(Duties.of(granted.snapshot(), BEN))
                .containsExactlyInAnyOrder(Duty.WATCHING, Duty.OVERSEEING);
        assertThat(Duties.goTogether(Duties.of(granted.snapshot(), BEN))).isFalse();
        assertThat(Duties.goTogether(Set.of())).isTrue();
    }

    @Test
    void whoever_shows_footage_watches() {
        assertThat(Right.values())
                .filteredOn(Right::showsMedia)
                .extracting(Right::duty)
                .containsOnly(Duty.WATCHING);
    }

    @Test
    void an_emergency_leaves_to_watch_to_move_and_to_note() {
        assertThat(Right.values())
                .filteredOn(right -> !right.neverInEmergency())
                .contains(Right.WATCH_LIVE, Right.PLAY_BACK, Right.MOVE_CAMERA)
                .doesNotContain(
                        Right.EXPORT,
                        Right.ERASE,
                        Right.RESTRICT,
                        Right.SEE_RESTRICTED,
                        Right.LIFT_MASK,
                        Right.OPERATE_KEYS,
                        Right.CONFIGURE_CAMERAS,
                        Right.MANAGE_PEOPLE,
                        Right.READ_AUDIT,
                        Right.APPROVE_ERASURE,
                        Right.REVIEW_EMERGENCIES,
                        Right.TAKE_EMERGENCY);
    }

    /// PRIVACY section 8. What takes from somebody is not among it: who has to be quick is quick.
    @Test
    void what_leaves_the_house_or_cannot_be_taken_back_needs_a_fresh_proof() {
        assertThat(Right.values())
                .filteredOn(Right::needsFreshProof)
                .containsExactlyInAnyOrder(
                        Right.EXPORT,
                        Right.LIFT_MASK,
                        Right.ERASE,
                        Right.CONFIGURE_MASKS,
                        Right.CONFIGURE_RETENTION,
                        Right.OPERATE_KEYS,
                        Right.PROPOSE_RIGHTS,
                        Right.READ_AUDIT,
                        Right.EXPORT_AUDIT,
                        Right.SEE_LIFTS);
    }

    @Test
    void a_permit_for_the_freshly_proved_is_otherwise_the_same() {
        var permit = permit(GUARD, Right.READ_AUDIT);
        var proved = permit.ifProvedWithin(Duration.ofMinutes(2));

        assertThat(proved.freshWithin()).contains(Duration.ofMinutes(2));
        assertThat(proved)
                .usingRecursiveComparison()
                .ignoringFields("freshWithin")
                .isEqualTo(permit);
    }

    @Test
    void approvals_and_rights_are_for_others() {
        assertThat(Right.values())
                .filteredOn(Right::impartial)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        Arrays.stream(Right.values()).filter(Right::approves),
                                        Stream.of(
                                                Right.MANAGE_PEOPLE,
                                                Right.MANAGE_RIGHTS,
                                                Right.PROPOSE_RIGHTS,
                                                Right.WIDEN_RIGHTS,
                                                Right.REVIEW_EMERGENCIES))
                                .toList());
        assertThat(Right.values())
                .filteredOn(Right::approves)
                .allMatch(right -> right.code().startsWith("approve-"))
                .hasSize(8);
    }

    @Test
    void each_right_is_found_by_its_word() {
        for (var right : Right.values()) {
            assertThat(Right.of(right.code())).contains(right);
            assertThat(right.code())
                    .isEqualTo(right.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        assertThat(Right.of("everything")).isEqualTo(Optional.empty());
        assertThat(EnumSet.allOf(Ground.class))
                .allMatch(ground ->
                        ground.code()
                                .equals(ground.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        assertThat(EnumSet.allOf(Assurance.class))
                .allMatch(level ->
                        level.code()
                                .equals(level.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    @Test
    void a_role_is_named_by_words_with_hyphens() {
        assertThat(new RoleId("night-guard-2")).hasToString("night-guard-2");
        assertThat(new RoleId("a".repeat(40)).code()).hasSize(40);
        for (var not : List.of("", "Guard", "guard ", "guard--2", "-guard", "a".repeat(41), "2x")) {
            assertThatThrownBy(() -> new RoleId(not))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("40 characters");
        }
        assertThat(World.SITE).hasToString("00000000-0000-0002-0000-000000000001");
        assertThat(World.OFFICE).hasToString("192.0.2.0/24");
    }
}
