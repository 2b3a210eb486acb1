package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.Stream;
import org.custodes.rights.Ground;
import org.custodes.rights.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    private static boolean showsMedia(Role role) {
        return Stream.of(Right.values()).anyMatch(right -> right.showsMedia() && role.has(right));
    }

    @Test
    void operators_alone_see_pictures() {
        assertThat(Role.values()).filteredOn(RoleTest::showsMedia).containsExactly(Role.OPERATOR);
    }

    @Test
    void the_data_protection_officer_alone_reads_the_log() {
        assertThat(Role.values())
                .filteredOn(role -> role.has(Right.READ_AUDIT))
                .containsExactly(Role.DATA_PROTECTION_OFFICER);
    }

    @ParameterizedTest
    @EnumSource
    void no_role_has_two_duties_or_everything(Role role) {
        var rights = EnumSet.allOf(Right.class);
        rights.removeIf(right -> !role.has(right));

        assertThat(rights).hasSizeLessThan(Right.values().length);
        assertThat(
                        rights.stream()
                                .map(Right::duty)
                                .filter(duty -> duty != Right.Duty.NONE)
                                .distinct())
                .hasSize(1);
        assertThat(Role.goTogether(role.id(), role.id())).isTrue();
    }

    @Test
    void no_two_of_them_go_together() {
        for (var one : Role.values()) {
            for (var other : Role.values()) {
                assertThat(Role.goTogether(one.id(), other.id())).isEqualTo(one == other);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_ground_is_told_as_a_reason(Ground ground) {
        assertThat(Reason.of(ground).key()).isEqualTo(ground.code());
    }
}
