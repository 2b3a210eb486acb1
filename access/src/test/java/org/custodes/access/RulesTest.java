package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.custodes.media.CameraId;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final CameraId ONE = new CameraId(UUID.randomUUID());
    private static final CameraId OTHER = new CameraId(UUID.randomUUID());
    private static final RightsTable BUILT_IN = RightsTable.builtIn();

    private static boolean may(
            RightsTable table, Role role, CameraScope cameras, Right right, CameraId camera) {
        return Rules.refusal(table, role, cameras, right, Optional.of(camera)).isEmpty();
    }

    @Property
    boolean what_no_table_names_is_denied(
            @ForAll Role role,
            @ForAll Right right,
            @ForAll("scopes") CameraScope cameras,
            @ForAll boolean some) {
        var camera = some ? Optional.of(ONE) : Optional.<CameraId>empty();
        return Rules.refusal(new RightsTable(Map.of()), role, cameras, right, camera)
                .equals(Optional.of(Reason.RIGHT_MISSING));
    }

    @Property
    boolean to_take_a_right_away_never_allows_more(
            @ForAll Role role,
            @ForAll Right right,
            @ForAll Role from,
            @ForAll Right taken,
            @ForAll("scopes") CameraScope cameras) {
        return may(BUILT_IN, role, cameras, right, ONE)
                || !may(BUILT_IN.without(from, taken), role, cameras, right, ONE);
    }

    @Property
    boolean to_take_a_camera_away_never_allows_more(
            @ForAll Role role, @ForAll Right right, @ForAll("scopes") CameraScope cameras) {
        var fewer =
                switch (cameras) {
                    case CameraScope.All() -> new CameraScope.Listed(Set.of(OTHER));
                    case CameraScope.Listed(var listed) ->
                            new CameraScope.Listed(
                                    listed.stream()
                                            .filter(camera -> !camera.equals(ONE))
                                            .collect(Collectors.toSet()));
                };
        return may(BUILT_IN, role, cameras, right, ONE) || !may(BUILT_IN, role, fewer, right, ONE);
    }

    @Property
    boolean an_operator_sees_only_cameras_that_were_given(
            @ForAll Right right, @ForAll("scopes") CameraScope cameras) {
        return !right.ofCamera()
                || cameras.covers(ONE)
                || !may(BUILT_IN, Role.OPERATOR, cameras, right, ONE);
    }

    @Property
    boolean pictures_need_a_camera_that_was_given_whatever_a_table_says(
            @ForAll Role role, @ForAll Right right, @ForAll("scopes") CameraScope cameras) {
        var everything =
                new RightsTable(
                        Stream.of(Role.values())
                                .collect(
                                        Collectors.toMap(
                                                each -> each, _ -> EnumSet.allOf(Right.class))));
        return !right.showsPictures()
                || cameras.covers(ONE)
                || !may(everything, role, cameras, right, ONE);
    }

    @Test
    void operators_alone_see_pictures() {
        for (var role : Role.values()) {
            var pictures = BUILT_IN.of(role).stream().anyMatch(Right::showsPictures);
            assertThat(pictures).as(role.code()).isEqualTo(role == Role.OPERATOR);
        }
    }

    @Test
    void no_role_has_both_pictures_and_administration() {
        var administration =
                EnumSet.of(
                        Right.CONFIGURE_CAMERAS,
                        Right.CONFIGURE_SITES,
                        Right.MANAGE_PEOPLE,
                        Right.READ_AUDIT);

        for (var role : Role.values()) {
            var rights = BUILT_IN.of(role);
            var both =
                    rights.stream().anyMatch(Right::showsPictures)
                            && rights.stream().anyMatch(administration::contains);
            assertThat(both).as(role.code()).isFalse();
        }
    }

    @Test
    void the_data_protection_officer_alone_reads_the_log() {
        assertThat(Role.values())
                .filteredOn(role -> BUILT_IN.allows(role, Right.READ_AUDIT))
                .containsExactly(Role.DATA_PROTECTION_OFFICER);
    }

    @Test
    void there_is_no_all_powerful_account() {
        for (var role : Role.values()) {
            assertThat(BUILT_IN.of(role)).hasSizeLessThan(Right.values().length);
        }
    }

    @Provide
    Arbitrary<CameraScope> scopes() {
        return Arbitraries.of(
                new CameraScope.All(),
                CameraScope.none(),
                new CameraScope.Listed(Set.of(ONE)),
                new CameraScope.Listed(Set.of(OTHER)),
                new CameraScope.Listed(Set.of(ONE, OTHER)));
    }
}
