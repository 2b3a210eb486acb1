package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.custodes.rights.Duties;
import org.custodes.rights.Ground;
import org.custodes.rights.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateTest {
    private static boolean showsMedia(Template role) {
        return Stream.of(Right.values()).anyMatch(right -> right.showsMedia() && role.has(right));
    }

    @Test
    void who_watches_alone_sees_pictures() {
        assertThat(Template.values())
                .filteredOn(TemplateTest::showsMedia)
                .containsExactly(Template.OPERATOR, Template.SUPERVISOR, Template.INVESTIGATOR);
    }

    @Test
    void who_oversees_alone_reads_the_log() {
        assertThat(Template.values())
                .filteredOn(role -> role.has(Right.READ_AUDIT))
                .containsExactly(Template.DATA_PROTECTION_OFFICER, Template.AUDITOR);
    }

    @ParameterizedTest
    @EnumSource
    void no_role_has_two_duties_or_everything(Template role) {
        var rights = EnumSet.allOf(Right.class);
        rights.removeIf(right -> !role.has(right));

        assertThat(rights).hasSizeLessThan(Right.values().length);
        assertThat(
                        rights.stream()
                                .map(Right::duty)
                                .filter(duty -> duty != Right.Duty.NONE)
                                .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_needs_a_fresh_proof_no_role_has_without(Template role) {
        assertThat(role.role().permits())
                .filteredOn(permit -> permit.rights().stream().anyMatch(Right::needsFreshProof))
                .allMatch(permit -> permit.freshWithin().equals(Optional.of(Proofs.FRESH)));
    }

    @Test
    void two_of_them_go_together_if_they_have_one_duty() {
        for (var one : Template.values()) {
            for (var other : Template.values()) {
                var both = EnumSet.copyOf(one.duties());
                both.addAll(other.duties());
                assertThat(Duties.goTogether(both)).isEqualTo(one.duties().equals(other.duties()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_ground_is_told_as_a_reason(Ground ground) {
        assertThat(Reason.of(ground).key()).isEqualTo(ground.code());
    }
}
