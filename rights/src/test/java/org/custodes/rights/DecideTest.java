package org.custodes.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.rights.World.ADA;
import static org.custodes.rights.World.BEN;
import static org.custodes.rights.World.CELLAR;
import static org.custodes.rights.World.CLEO;
import static org.custodes.rights.World.GATE;
import static org.custodes.rights.World.GUARD;
import static org.custodes.rights.World.HALL;
import static org.custodes.rights.World.HELSINKI;
import static org.custodes.rights.World.HOUSE;
import static org.custodes.rights.World.NOW;
import static org.custodes.rights.World.SAFE;
import static org.custodes.rights.World.SITE;
import static org.custodes.rights.World.given;
import static org.custodes.rights.World.nothing;
import static org.custodes.rights.World.yes;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.World.Granted;
import org.junit.jupiter.api.Test;

/// The invariants of PRIVACY section 6, by their numbers there, and each condition that a rule can have.
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class DecideTest {
    private static final Permit WATCH_HALL =
            Permit.of(
                    GUARD,
                    EnumSet.of(Right.WATCH_LIVE, Right.PLAY_BACK),
                    new Scope.Cameras(Set.of(HALL)));

    private static final Granted ADA_GUARDS = nothing().and(given(ADA, GUARD));

    private static Decision decide(Request request, Granted granted) {
        return Decide.decide(request, granted.snapshot(), NOW);
    }

    private static List<Ground> grounds(Request request, Granted granted) {
        return decide(request, granted) instanceof Decision.Refused(var grounds)
                ? grounds
                : List.of();
    }

    private static boolean allows(Request request, Granted granted) {
        return decide(request, granted).allows();
    }

    // The invariants.

    @Property
    void i1_nothing_granted_is_nothing_allowed(@ForAll("requests") Request request) {
        var decision = Decide.decide(request, PolicySnapshot.empty(NOW, HELSINKI), NOW);

        assertThat(decision.allows()).isFalse();
    }

    @Property
    void i2_a_ban_more_never_allows_more(
            @ForAll("granted") Granted granted,
            @ForAll("requests") Request request,
            @ForAll("bans") Ban ban) {
        Statistics.label("allowed")
                .collect(allows(request, granted))
                .coverage(all -> all.check(true).percentage(share -> share > 5));
        if (allows(request, granted.and(ban))) {
            assertThat(allows(request, granted)).isTrue();
        }
    }

    @Property
    void i3_a_permit_or_a_role_less_never_allows_more(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        if (!allows(request, granted)) {
            for (var permit : granted.permits()) {
                assertThat(allows(request, granted.without(permit))).isFalse();
            }
            for (var given : granted.assignments()) {
                assertThat(allows(request, granted.without(given))).isFalse();
            }
        }
    }

    @Property
    void i4_neither_order_nor_repetition_changes_anything(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var turned =
                new PolicySnapshot(
                        NOW,
                        HELSINKI,
                        twice(granted.snapshot().groups()),
                        twice(granted.permits()),
                        twice(granted.bans()),
                        twice(granted.assignments()),
                        granted.trainedUntil(),
                        twice(granted.restrictions()));

        assertThat(Decide.decide(request, turned, NOW)).isEqualTo(decide(request, granted));
        assertThat(turned.hash()).isEqualTo(granted.snapshot().hash());
    }

    private static <T> List<T> twice(Set<T> all) {
        var twice = new ArrayList<>(all);
        twice.addAll(World.turned(all));
        return twice;
    }

    @Property
    void i5_there_is_always_an_answer(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var ends = new TimeRange(Instant.MIN, Instant.MAX);
        var extreme = withInterval(request, Optional.of(ends));

        for (var now : List.of(NOW, Instant.MIN, Instant.MAX, NOW.plusSeconds(600))) {
            assertThat(Decide.decide(request, granted.snapshot(), now)).isNotNull();
            assertThat(Decide.decide(extreme, granted.snapshot(), now)).isNotNull();
        }
    }

    @Property
    void i6_without_a_right_to_footage_no_footage(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var blind =
                granted.permits().stream()
                        .map(permit -> withRights(permit, blind(permit.rights())))
                        .collect(Collectors.toSet());
        var without =
                new Granted(
                        blind,
                        granted.bans(),
                        granted.assignments(),
                        granted.trainedUntil(),
                        granted.restrictions());

        assertThat(request.right().showsMedia() && allows(request, without)).isFalse();
    }

    private static Set<Right> blind(Set<Right> rights) {
        return rights.stream().filter(right -> !right.showsMedia()).collect(Collectors.toSet());
    }

    @Property
    void i7_nobody_decides_about_their_own_affair(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var own = withConcerned(request, Set.of(request.subject().person()));

        assertThat(request.right().impartial() && allows(own, granted)).isFalse();
    }

    @Test
    void i7_an_own_affair_is_told_as_that() {
        var approver =
                ADA_GUARDS.and(Permit.of(GUARD, Set.of(Right.APPROVE_EXPORT), new Scope.All()));
        var request = withRight(World.live(), Right.APPROVE_EXPORT);

        assertThat(grounds(withConcerned(request, Set.of(BEN)), approver)).isEmpty();
        assertThat(grounds(withConcerned(request, Set.of(ADA)), approver))
                .containsExactly(Ground.OWN_AFFAIR);
    }

    @Test
    void i8_an_approval_is_for_exactly_what_was_asked() {
        var asked = World.back(Duration.ofHours(3), Duration.ofHours(2));
        var granted = ADA_GUARDS.and(needing(1)).and(needing(1, new Scope.All()));
        var approval = List.of(yes(BEN, asked));
        assertThat(grounds(asked, granted)).containsExactly(Ground.APPROVAL_NEEDED);
        assertThat(allows(asked.with(approval), granted)).isTrue();

        var subject = asked.subject();
        var otherCredential =
                new Subject(
                        ADA,
                        "another of hers",
                        subject.assurance(),
                        subject.provedAt(),
                        subject.address());
        for (var other :
                List.of(
                        withCamera(asked, GATE),
                        withRight(asked, Right.WATCH_LIVE),
                        withInterval(
                                asked,
                                Optional.of(
                                        new TimeRange(
                                                NOW.minus(Duration.ofHours(3)),
                                                NOW.minus(Duration.ofHours(1))))),
                        withInterval(
                                asked,
                                Optional.of(
                                        new TimeRange(
                                                NOW.minus(Duration.ofHours(3)).minusNanos(1),
                                                NOW.minus(Duration.ofHours(2))))),
                        withInterval(asked, Optional.empty()),
                        withLines(asked, OptionalInt.of(360)),
                        withPurpose(asked, Optional.of("incident")),
                        withCase(asked, Optional.of("2026-17")),
                        withAbout(asked, "something else"),
                        withConcerned(asked, Set.of(CLEO)),
                        withSubject(asked, otherCredential))) {
            assertThat(other.hash()).as("%s", other).isNotEqualTo(asked.hash());
            assertThat(allows(other.with(approval), granted)).as("%s", other).isFalse();
        }
        assertThat(withShown(asked, MediaClass.METADATA).hash()).isNotEqualTo(asked.hash());
        assertThat(withSubject(asked, World.subject(CLEO)).hash()).isNotEqualTo(asked.hash());
        assertThat(asked.with(approval).hash()).isEqualTo(asked.hash());
    }

    @Test
    void i8_an_approval_is_good_for_ten_minutes_and_comes_from_somebody_else() {
        var asked = World.live();
        var granted = ADA_GUARDS.and(needing(1));
        var at = NOW.minus(Approval.GOOD_FOR);

        assertThat(allows(asked.with(List.of(said(BEN, "key", asked, at))), granted)).isFalse();
        assertThat(allows(asked.with(List.of(said(BEN, "key", asked, at.plusNanos(1)))), granted))
                .isTrue();
        assertThat(allows(asked.with(List.of(said(BEN, "key", asked, NOW))), granted)).isTrue();
        assertThat(allows(asked.with(List.of(said(BEN, "key", asked, NOW.plusNanos(1)))), granted))
                .isFalse();
        assertThat(allows(asked.with(List.of(said(ADA, "key", asked, NOW))), granted)).isFalse();
        var hers = asked.subject().credential();
        assertThat(allows(asked.with(List.of(said(BEN, hers, asked, NOW))), granted)).isFalse();
        var concerned = withConcerned(asked, Set.of(BEN));
        assertThat(allows(concerned.with(List.of(yes(BEN, concerned))), granted)).isFalse();
        assertThat(allows(concerned.with(List.of(yes(CLEO, concerned))), granted)).isTrue();
    }

    @Test
    void i8_what_was_used_within_ten_minutes_goes_on() {
        var asked = World.live();
        var granted = ADA_GUARDS.and(needing(1));
        var said = NOW.minus(Duration.ofHours(1));

        assertThat(allows(asked.with(used(asked, said, said)), granted)).isTrue();
        var last = said.plus(Approval.GOOD_FOR).minusNanos(1);
        assertThat(allows(asked.with(used(asked, said, last)), granted)).isTrue();
        assertThat(allows(asked.with(used(asked, said, last.plusNanos(1))), granted)).isFalse();
        assertThat(allows(asked.with(used(asked, said, said.minusNanos(1))), granted)).isFalse();
        assertThat(allows(asked.with(used(asked, NOW, NOW)), granted)).isTrue();
        assertThat(allows(asked.with(used(asked, NOW, NOW.plusNanos(1))), granted)).isFalse();
    }

    private static List<Approval> used(Request to, Instant at, Instant usedAt) {
        return List.of(new Approval(BEN, "key", to.hash(), at, Optional.of(usedAt)));
    }

    @Test
    void what_they_may_unaided_counts_no_permit_that_needs_another() {
        var asked = World.live();
        var helped = ADA_GUARDS.and(needing(1));
        var yes = asked.with(List.of(yes(BEN, asked)));

        assertThat(allows(yes, helped)).isTrue();
        assertThat(Decide.unaided(yes, helped.snapshot(), NOW))
                .isEqualTo(new Decision.Refused(List.of(Ground.RIGHT_MISSING)));
        assertThat(Decide.unaided(asked, ADA_GUARDS.and(needing(0)).snapshot(), NOW).allows())
                .isTrue();
    }

    @Test
    void i8_two_approvals_come_from_two_people_with_two_credentials() {
        var asked = World.live();
        var granted = ADA_GUARDS.and(needing(2));

        assertThat(allows(asked.with(List.of(yes(BEN, asked))), granted)).isFalse();
        assertThat(allows(asked.with(List.of(yes(BEN, asked), yes(BEN, asked))), granted))
                .isFalse();
        var twoKeys = List.of(said(BEN, "a", asked, NOW), said(BEN, "b", asked, NOW));
        assertThat(allows(asked.with(twoKeys), granted)).isFalse();
        var oneKey = List.of(said(BEN, "a", asked, NOW), said(CLEO, "a", asked, NOW));
        assertThat(allows(asked.with(oneKey), granted)).isFalse();
        var two = List.of(said(BEN, "a", asked, NOW), said(CLEO, "b", asked, NOW));
        assertThat(allows(asked.with(two), granted)).isTrue();
    }

    @Property
    void i9_older_footage_is_never_allowed_where_younger_is_not(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var unrestricted =
                new Granted(
                        granted.permits(),
                        granted.bans(),
                        granted.assignments(),
                        granted.trainedUntil(),
                        Set.of());
        var asked = request.with(List.of());
        var older =
                withInterval(
                        asked,
                        asked.interval()
                                .map(range ->
                                        new TimeRange(
                                                range.start().minus(Duration.ofMinutes(70)),
                                                range.end())));
        if (allows(older, unrestricted)) {
            assertThat(allows(asked, unrestricted)).isTrue();
        }
    }

    @Test
    void i9_footage_is_refused_as_soon_as_it_is_older_than_may_be() {
        var granted = ADA_GUARDS.and(withOldest(WATCH_HALL, Duration.ofHours(4)));
        var justIn = World.back(Duration.ofHours(4), Duration.ofHours(1));
        var justOut = World.back(Duration.ofHours(4).plusNanos(1), Duration.ofHours(1));

        assertThat(grounds(justIn, granted)).isEmpty();
        assertThat(grounds(justOut, granted)).containsExactly(Ground.TOO_OLD);
        assertThat(allows(World.live(), granted)).isTrue();
    }

    @Property
    void i10_an_interval_is_allowed_if_each_part_of_it_is(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var asked = request.with(List.of());
        if (asked.interval().isEmpty()) {
            return;
        }
        var whole = asked.interval().get();
        var step = whole.length().dividedBy(6);
        var parts = true;
        for (var part = 0; part < 6; part++) {
            var start = whole.start().plus(step.multipliedBy(part));
            var end = part == 5 ? whole.end() : start.plus(step);
            parts &= allows(withInterval(asked, Optional.of(new TimeRange(start, end))), granted);
        }
        assertThat(allows(asked, granted)).isEqualTo(parts);
    }

    @Property
    void i12_the_original_needs_a_permit_for_it_and_one_to_lift_the_mask(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var original = withShown(request, MediaClass.ORIGINAL).with(List.of());
        if (original.right().showsMedia() && allows(original, granted)) {
            assertThat(allowing(original, granted))
                    .anyMatch(permit -> permit.rights().contains(Right.LIFT_MASK))
                    .anyMatch(permit -> permit.rights().contains(original.right()))
                    .allMatch(permit -> permit.classes().contains(MediaClass.ORIGINAL));
        }
    }

    @Test
    void i12_a_permit_for_the_original_alone_lifts_no_mask() {
        var original = withShown(World.live(), MediaClass.ORIGINAL);
        var watching = ADA_GUARDS.and(withClasses(WATCH_HALL, MediaClass.ORIGINAL));
        assertThat(grounds(original, watching)).containsExactly(Ground.CLASS_NOT_GIVEN);

        var lifting =
                withClasses(withRights(WATCH_HALL, Set.of(Right.LIFT_MASK)), MediaClass.ORIGINAL);
        assertThat(allows(original, watching.and(lifting))).isTrue();
        assertThat(grounds(original, ADA_GUARDS.and(lifting)))
                .containsExactly(Ground.RIGHT_MISSING);
        assertThat(grounds(original, ADA_GUARDS.and(WATCH_HALL).and(lifting)))
                .containsExactly(Ground.CLASS_NOT_GIVEN);
    }

    @Property
    void i13_without_training_there_is_oneself_and_nothing_else(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var person = request.subject().person();
        for (var until : List.of(Map.<UUID, Instant>of(), Map.of(person, NOW))) {
            var untrained =
                    new Granted(
                            granted.permits(),
                            granted.bans(),
                            granted.assignments(),
                            until,
                            granted.restrictions());
            if (allows(request, untrained)) {
                assertThat(request.right()).isEqualTo(Right.OWN_SESSION);
            }
        }
    }

    @Test
    void i13_training_that_has_run_out_is_told() {
        var granted =
                new Granted(
                        Set.of(WATCH_HALL),
                        Set.of(),
                        Set.of(given(ADA, GUARD)),
                        Map.of(ADA, NOW),
                        Set.of());
        assertThat(grounds(World.live(), granted)).containsExactly(Ground.TRAINING_EXPIRED);

        var own = Permit.of(GUARD, Set.of(Right.OWN_SESSION), Scope.none());
        var oneself = Request.of(World.subject(ADA), Right.OWN_SESSION);
        assertThat(allows(oneself, granted.and(own))).isTrue();
    }

    @Property
    void i14_what_is_restricted_needs_the_right_to_it(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var asked = request.with(List.of());
        if (!asked.right().showsMedia() || asked.camera().isEmpty() || asked.interval().isEmpty()) {
            return;
        }
        var restricted = granted.and(new Restriction(asked.camera().get(), asked.interval().get()));
        if (allows(asked, restricted)) {
            assertThat(allowing(asked, restricted))
                    .anyMatch(permit -> permit.rights().contains(Right.SEE_RESTRICTED));
        }
    }

    @Test
    void i14_a_restriction_is_of_one_camera_and_one_time() {
        var hidden = new TimeRange(NOW.minus(Duration.ofHours(3)), NOW.minus(Duration.ofHours(2)));
        var granted = ADA_GUARDS.and(WATCH_HALL).and(new Restriction(HALL, hidden));

        assertThat(grounds(World.back(Duration.ofHours(4), Duration.ofMinutes(121)), granted))
                .containsExactly(Ground.RESTRICTED);
        assertThat(grounds(World.back(Duration.ofHours(2), Duration.ofHours(1)), granted))
                .isEmpty();
        assertThat(grounds(World.live(), granted)).isEmpty();
        var elsewhere = ADA_GUARDS.and(WATCH_HALL).and(new Restriction(GATE, hidden));
        assertThat(grounds(World.back(Duration.ofHours(4), Duration.ofHours(1)), elsewhere))
                .isEmpty();
        var may = withRights(WATCH_HALL, Set.of(Right.SEE_RESTRICTED));
        assertThat(allows(World.back(Duration.ofHours(4), Duration.ofHours(1)), granted.and(may)))
                .isTrue();
    }

    @Test
    void i15_a_group_covers_what_lies_in_it_and_nothing_around_it() {
        for (var group : List.of(SITE, HOUSE, CELLAR)) {
            var permit =
                    Permit.of(GUARD, Set.of(Right.WATCH_LIVE), new Scope.Groups(Set.of(group)));
            var covered =
                    World.CAMERAS.stream()
                            .filter(camera ->
                                    allows(
                                            withCamera(World.live(), camera),
                                            ADA_GUARDS.and(permit)))
                            .toList();
            var wanted =
                    group.equals(SITE)
                            ? List.of(GATE, HALL, SAFE)
                            : group.equals(HOUSE) ? List.of(HALL, SAFE) : List.of(SAFE);
            assertThat(covered).isEqualTo(wanted);
        }
    }

    @Test
    void a_role_is_given_for_cameras_and_covers_no_more_than_it_would_on_all() {
        var given = given(ADA, GUARD);
        for (var on : List.of(new Scope.Groups(Set.of(HOUSE)), new Scope.Cameras(Set.of(SAFE)))) {
            var some =
                    new Assignment(
                            ADA,
                            GUARD,
                            on,
                            given.since(),
                            Optional.empty(),
                            given.reviewBy(),
                            false);
            var granted = nothing().and(some).and(withScope(WATCH_HALL, new Scope.All()));
            assertThat(grounds(withCamera(World.live(), GATE), granted))
                    .containsExactly(Ground.CAMERA_NOT_GIVEN);
            assertThat(allows(withCamera(World.live(), SAFE), granted)).isTrue();
            assertThat(grounds(withCamera(World.live(), SAFE), nothing().and(some).and(WATCH_HALL)))
                    .containsExactly(Ground.CAMERA_NOT_GIVEN);
        }
    }

    @Test
    void i15_groups_that_lie_in_each_other_end_somewhere() {
        var one = new CameraGroup(HOUSE, Optional.of(CELLAR), Set.of(HALL), HELSINKI);
        var other = new CameraGroup(CELLAR, Optional.of(HOUSE), Set.of(SAFE), HELSINKI);
        var policy =
                new PolicySnapshot(
                        NOW,
                        HELSINKI,
                        List.of(one, other),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Map.of(),
                        Set.of());

        assertThat(policy.covers(new Scope.Groups(Set.of(HOUSE)), SAFE)).isTrue();
        assertThat(policy.covers(new Scope.Groups(Set.of(SITE)), SAFE)).isFalse();
    }

    @Property
    void i16_the_same_question_gets_the_same_answer(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        assertThat(decide(request, granted)).isEqualTo(decide(request, granted));
    }

    @Property
    void i18_an_emergency_never_exports_erases_gives_rights_or_reads_the_log(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var emergency =
                new Granted(
                        granted.permits(),
                        granted.bans(),
                        granted.assignments().stream()
                                .map(one ->
                                        new Assignment(
                                                one.person(),
                                                one.role(),
                                                one.on(),
                                                one.since(),
                                                one.until(),
                                                one.reviewBy(),
                                                true))
                                .collect(Collectors.toSet()),
                        granted.trainedUntil(),
                        granted.restrictions());
        if (allows(request, emergency)) {
            assertThat(request.right())
                    .isNotIn(
                            Right.EXPORT,
                            Right.ERASE,
                            Right.RESTRICT,
                            Right.READ_AUDIT,
                            Right.EXPORT_AUDIT,
                            Right.MANAGE_PEOPLE,
                            Right.MANAGE_RIGHTS,
                            Right.APPROVE_RIGHTS,
                            Right.REVIEW_EMERGENCIES,
                            Right.TAKE_EMERGENCY);
        }
    }

    @Property
    void i18_an_emergency_that_is_over_allows_what_was_allowed_without_it_and_no_more(
            @ForAll("granted") Granted granted,
            @ForAll("assignments") Assignment taken,
            @ForAll("requests") Request request) {
        var over =
                new Assignment(
                        taken.person(),
                        taken.role(),
                        taken.on(),
                        NOW.minus(Duration.ofMinutes(60)),
                        Optional.of(NOW),
                        taken.reviewBy(),
                        true);

        assertThat(allows(request, granted.and(over))).isEqualTo(allows(request, granted));
    }

    @Test
    void i18_an_emergency_watches() {
        var given = given(ADA, GUARD);
        var emergency =
                new Assignment(
                        ADA,
                        GUARD,
                        new Scope.All(),
                        given.since(),
                        Optional.empty(),
                        given.reviewBy(),
                        true);
        var granted =
                nothing()
                        .and(emergency)
                        .and(Permit.of(GUARD, EnumSet.allOf(Right.class), new Scope.All()));

        assertThat(allows(World.live(), granted)).isTrue();
        assertThat(grounds(withRight(World.live(), Right.READ_AUDIT), granted))
                .containsExactly(Ground.EMERGENCY_ONLY);
    }

    // Each condition by itself.

    @Test
    void a_policy_that_is_too_old_or_of_tomorrow_decides_nothing_but_that_a_guard_sees_on() {
        var granted = ADA_GUARDS.and(WATCH_HALL);
        var back = World.back(Duration.ofHours(2), Duration.ofHours(1));

        assertThat(at(NOW.plus(PolicySnapshot.GOOD_FOR), back, granted)).isEmpty();
        assertThat(at(NOW.plus(PolicySnapshot.GOOD_FOR).plusNanos(1), back, granted))
                .containsExactly(Ground.POLICY_STALE);
        assertThat(at(NOW.plus(PolicySnapshot.GOOD_FOR_LIVE), World.live(), granted)).isEmpty();
        assertThat(at(NOW.plus(PolicySnapshot.GOOD_FOR_LIVE).plusNanos(1), World.live(), granted))
                .containsExactly(Ground.POLICY_STALE);
        var original = withShown(World.live(), MediaClass.ORIGINAL);
        assertThat(at(NOW.plus(PolicySnapshot.GOOD_FOR).plusNanos(1), original, granted))
                .containsExactly(Ground.POLICY_STALE);
        assertThat(at(NOW.minusNanos(1), World.live(), granted))
                .containsExactly(Ground.POLICY_STALE);
    }

    private static List<Ground> at(Instant now, Request request, Granted granted) {
        return Decide.decide(request, granted.snapshot(), now) instanceof Decision.Refused(var g)
                ? g
                : List.of();
    }

    @Test
    void a_request_names_what_its_right_is_about() {
        var granted = ADA_GUARDS.and(Permit.of(GUARD, EnumSet.allOf(Right.class), new Scope.All()));
        var bare = Request.of(World.subject(ADA), Right.WATCH_LIVE);
        var noClass =
                new Request(
                        bare.subject(),
                        Right.WATCH_LIVE,
                        Optional.of(HALL),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Set.of(),
                        List.of());

        for (var lacking : List.of(bare, noClass, withRight(World.live(), Right.PLAY_BACK))) {
            assertThat(grounds(lacking, granted)).containsExactly(Ground.REQUEST_INCOMPLETE);
        }
        assertThat(grounds(Request.of(World.subject(ADA), Right.LIST_SITES), granted)).isEmpty();
        assertThat(grounds(withRight(noClass, Right.SEE_TIMELINE), granted)).isEmpty();
        assertThat(grounds(withRight(bare, Right.SEE_TIMELINE), granted))
                .containsExactly(Ground.REQUEST_INCOMPLETE);
    }

    @Test
    void a_ban_wins_for_its_person_right_camera_and_hours() {
        var granted = ADA_GUARDS.and(WATCH_HALL);
        var live = Set.of(Right.WATCH_LIVE);
        var all = new Scope.All();

        for (var ban :
                List.of(
                        new Ban(Optional.empty(), live, all, Hours.always()),
                        new Ban(Optional.of(ADA), live, all, Hours.always()),
                        new Ban(
                                Optional.of(ADA),
                                live,
                                new Scope.Groups(Set.of(HOUSE)),
                                World.WORKDAYS))) {
            assertThat(grounds(World.live(), granted.and(ban))).containsExactly(Ground.FORBIDDEN);
        }
        for (var other :
                List.of(
                        new Ban(Optional.of(BEN), live, all, Hours.always()),
                        new Ban(Optional.empty(), Set.of(Right.PLAY_BACK), all, Hours.always()),
                        new Ban(
                                Optional.empty(),
                                live,
                                new Scope.Cameras(Set.of(GATE)),
                                Hours.always()),
                        new Ban(Optional.empty(), live, all, World.NIGHTS))) {
            assertThat(allows(World.live(), granted.and(other))).isTrue();
        }
        var sites = Request.of(World.subject(ADA), Right.LIST_SITES);
        var may = granted.and(Permit.of(GUARD, Set.of(Right.LIST_SITES), Scope.none()));
        var forbids =
                new Ban(Optional.empty(), Set.of(Right.LIST_SITES), Scope.none(), Hours.always());
        assertThat(allows(sites, may)).isTrue();
        assertThat(grounds(sites, may.and(forbids))).containsExactly(Ground.FORBIDDEN);
    }

    @Test
    void a_role_holds_from_its_beginning_to_its_end_and_lapses_unless_it_is_confirmed() {
        var review = NOW.plusSeconds(1);
        for (var holds :
                List.of(
                        new Assignment(
                                ADA, GUARD, new Scope.All(), NOW, Optional.empty(), review, false),
                        new Assignment(
                                ADA,
                                GUARD,
                                new Scope.All(),
                                NOW,
                                Optional.of(review),
                                review,
                                false))) {
            assertThat(allows(World.live(), nothing().and(WATCH_HALL).and(holds))).isTrue();
        }
        for (var not :
                List.of(
                        new Assignment(
                                ADA,
                                GUARD,
                                new Scope.All(),
                                NOW.plusNanos(1),
                                Optional.empty(),
                                review,
                                false),
                        new Assignment(
                                ADA, GUARD, new Scope.All(), NOW, Optional.of(NOW), review, false),
                        new Assignment(
                                ADA, GUARD, new Scope.All(), NOW, Optional.empty(), NOW, false))) {
            assertThat(grounds(World.live(), nothing().and(WATCH_HALL).and(not)))
                    .containsExactly(Ground.ROLE_ENDED);
        }
    }

    @Test
    void what_was_recorded_before_the_role_was_given_stays_unseen_where_the_role_says_so() {
        var since =
                new Permit(
                        GUARD,
                        WATCH_HALL.rights(),
                        WATCH_HALL.scope(),
                        WATCH_HALL.classes(),
                        Hours.always(),
                        Optional.empty(),
                        true,
                        Set.of(),
                        false,
                        OptionalInt.empty(),
                        0,
                        Assurance.LINK,
                        Optional.empty(),
                        Set.of());
        var granted = ADA_GUARDS.and(since);

        assertThat(grounds(World.back(Duration.ofDays(10), Duration.ofDays(9)), granted)).isEmpty();
        assertThat(
                        grounds(
                                World.back(Duration.ofDays(10).plusNanos(1), Duration.ofDays(9)),
                                granted))
                .containsExactly(Ground.BEFORE_GIVEN);
        assertThat(
                        allows(
                                World.back(Duration.ofDays(10).plusNanos(1), Duration.ofDays(9)),
                                ADA_GUARDS.and(WATCH_HALL)))
                .isTrue();
    }

    @Test
    void each_other_condition_is_told_by_its_ground() {
        assertThat(grounds(World.live(), ADA_GUARDS)).containsExactly(Ground.RIGHT_MISSING);
        var circumstances =
                new Permit(
                        GUARD,
                        WATCH_HALL.rights(),
                        WATCH_HALL.scope(),
                        WATCH_HALL.classes(),
                        World.NIGHTS,
                        Optional.empty(),
                        false,
                        Set.of("incident"),
                        true,
                        OptionalInt.of(360),
                        1,
                        Assurance.PASSKEY,
                        Optional.of(Duration.ofSeconds(29)),
                        Set.of(World.OFFICE));
        var weak =
                new Subject(
                        ADA,
                        "a password",
                        Assurance.PASSWORD_AND_CODE,
                        NOW.minusSeconds(30),
                        World.OUTSIDE);
        var request =
                withLines(withCamera(withSubject(World.live(), weak), GATE), OptionalInt.of(361));

        assertThat(grounds(request, ADA_GUARDS.and(circumstances)))
                .containsExactly(
                        Ground.CAMERA_NOT_GIVEN,
                        Ground.NETWORK_NOT_GIVEN,
                        Ground.OUTSIDE_HOURS,
                        Ground.TOO_TALL,
                        Ground.ASSURANCE_TOO_LOW,
                        Ground.PROOF_TOO_OLD,
                        Ground.PURPOSE_NEEDED,
                        Ground.CASE_NEEDED,
                        Ground.APPROVAL_NEEDED);
        assertThat(
                        grounds(
                                withPurpose(
                                        withCase(request, Optional.of(" ")),
                                        Optional.of("curiosity")),
                                ADA_GUARDS.and(circumstances)))
                .contains(Ground.PURPOSE_NEEDED, Ground.CASE_NEEDED);
    }

    @Test
    void all_conditions_that_are_met_are_a_yes_with_what_it_is_bound_to() {
        var bound =
                new Permit(
                        GUARD,
                        WATCH_HALL.rights(),
                        WATCH_HALL.scope(),
                        WATCH_HALL.classes(),
                        World.WORKDAYS,
                        Optional.of(Duration.ofHours(1)),
                        true,
                        Set.of("incident"),
                        true,
                        OptionalInt.of(360),
                        1,
                        Assurance.PASSKEY,
                        Optional.of(Duration.ofSeconds(30)),
                        Set.of(World.OFFICE));
        var asked =
                withLines(
                        withPurpose(
                                withCase(World.live(), Optional.of("2026-17")),
                                Optional.of("incident")),
                        OptionalInt.of(360));
        var request = asked.with(List.of(yes(BEN, asked)));

        // Seven in the evening in Helsinki.
        assertThat(decide(request, ADA_GUARDS.and(bound)))
                .isEqualTo(
                        new Decision.Allowed(
                                Set.of(bound),
                                OptionalInt.of(360),
                                Instant.parse("2026-11-25T17:00:00Z")));
        assertThat(decide(withLines(asked, OptionalInt.empty()), ADA_GUARDS.and(bound)).allows())
                .isFalse();
    }

    @Test
    void of_several_permits_the_most_generous_counts() {
        var small = withTallest(WATCH_HALL, 360);
        var large = withTallest(WATCH_HALL, 720);

        assertThat(tallest(ADA_GUARDS.and(small))).hasValue(360);
        assertThat(tallest(ADA_GUARDS.and(small).and(large))).hasValue(720);
        assertThat(tallest(ADA_GUARDS.and(small).and(WATCH_HALL))).isEmpty();
        var lifted = withRights(withClasses(small, MediaClass.ORIGINAL), Set.of(Right.LIFT_MASK));
        var shown = withClasses(large, MediaClass.ORIGINAL);
        var both =
                decide(
                        withShown(World.live(), MediaClass.ORIGINAL),
                        ADA_GUARDS.and(lifted).and(shown));
        assertThat(both)
                .isInstanceOfSatisfying(
                        Decision.Allowed.class,
                        allowed -> assertThat(allowed.tallest()).hasValue(360));
        var unbounded = withClasses(WATCH_HALL, MediaClass.ORIGINAL);
        assertThat(
                        decide(
                                withShown(World.live(), MediaClass.ORIGINAL),
                                ADA_GUARDS.and(lifted).and(unbounded)))
                .isInstanceOfSatisfying(
                        Decision.Allowed.class,
                        allowed -> assertThat(allowed.tallest()).hasValue(360));
    }

    private static OptionalInt tallest(Granted granted) {
        return decide(World.live(), granted) instanceof Decision.Allowed allowed
                ? allowed.tallest()
                : OptionalInt.of(-1);
    }

    @Test
    void a_yes_ends_with_the_first_of_role_review_hours_and_training_and_the_last_of_permits() {
        var soon = NOW.plus(Duration.ofHours(1));
        var later = NOW.plus(Duration.ofDays(2));

        assertThat(until(soon, later, later)).isEqualTo(soon);
        assertThat(until(later, soon, later)).isEqualTo(soon);
        assertThat(until(later, later, soon)).isEqualTo(soon);
        assertThat(until(soon, later, later, withTallest(WATCH_HALL, 3))).isEqualTo(soon);
        var workdays = withHours(WATCH_HALL, World.WORKDAYS);
        var given =
                new Assignment(ADA, GUARD, new Scope.All(), NOW, Optional.of(later), later, false);
        var granted =
                new Granted(Set.of(workdays), Set.of(), Set.of(given), World.trained(), Set.of());
        assertThat(end(granted)).isEqualTo(Instant.parse("2026-11-25T17:00:00Z"));
        assertThat(end(granted.and(WATCH_HALL))).isEqualTo(later);
    }

    private static Instant until(
            Instant roleEnds, Instant review, Instant training, Permit... more) {
        var given =
                new Assignment(
                        ADA, GUARD, new Scope.All(), NOW, Optional.of(roleEnds), review, false);
        var granted =
                new Granted(
                        Set.of(WATCH_HALL),
                        Set.of(),
                        Set.of(given),
                        Map.of(ADA, training),
                        Set.of());
        for (var permit : more) {
            granted = granted.and(permit);
        }
        return end(granted);
    }

    private static Instant end(Granted granted) {
        return decide(World.live(), granted) instanceof Decision.Allowed allowed
                ? allowed.until()
                : Instant.MIN;
    }

    @Test
    void hours_are_those_of_every_site_that_a_camera_lies_in() {
        var both = new GroupId(new UUID(2, 9));
        var far = new CameraGroup(both, Optional.empty(), Set.of(HALL), ZoneId.of("Asia/Tokyo"));
        var near = new CameraGroup(SITE, Optional.empty(), Set.of(HALL), HELSINKI);
        var permit = withHours(WATCH_HALL, World.WORKDAYS);
        // Noon in Helsinki, seven in the evening in Tokyo.
        for (var groups : List.of(List.of(near), List.of(near, far))) {
            var policy =
                    new PolicySnapshot(
                            NOW,
                            HELSINKI,
                            groups,
                            Set.of(permit),
                            Set.of(),
                            Set.of(given(ADA, GUARD)),
                            World.trained(),
                            Set.of());
            assertThat(Decide.decide(World.live(), policy, NOW).allows())
                    .isEqualTo(groups.size() == 1);
        }
    }

    @Test
    void the_refusal_that_is_told_is_the_one_of_the_nearest_permit() {
        var other = Permit.of(GUARD, Set.of(Right.WATCH_LIVE), new Scope.Cameras(Set.of(GATE)));
        var night = withHours(WATCH_HALL, World.NIGHTS);

        assertThat(grounds(World.live(), ADA_GUARDS.and(other).and(night)))
                .containsExactly(Ground.OUTSIDE_HOURS);
        var nightAndCase =
                new Permit(
                        GUARD,
                        night.rights(),
                        night.scope(),
                        night.classes(),
                        World.NIGHTS,
                        Optional.empty(),
                        false,
                        Set.of(),
                        true,
                        OptionalInt.empty(),
                        0,
                        Assurance.LINK,
                        Optional.empty(),
                        Set.of());
        assertThat(grounds(World.live(), ADA_GUARDS.and(nightAndCase).and(night)))
                .containsExactly(Ground.OUTSIDE_HOURS);
    }

    @Test
    void whatever_differs_in_what_was_granted_has_another_hash() {
        var base = ADA_GUARDS.and(WATCH_HALL);
        var snapshot = base.snapshot();
        var different = new ArrayList<PolicySnapshot>();
        different.add(snapshot);
        permits().forEach(permit -> different.add(base.and(permit).snapshot()));
        bans().forEach(ban -> different.add(base.and(ban).snapshot()));
        assignments().forEach(given -> different.add(base.and(given).snapshot()));
        var hidden = new TimeRange(NOW.minusSeconds(9), NOW);
        different.add(base.and(new Restriction(HALL, hidden)).snapshot());
        different.add(base.and(new Restriction(GATE, hidden)).snapshot());
        var shifted = new TimeRange(NOW.minusSeconds(8), NOW);
        different.add(base.and(new Restriction(HALL, shifted)).snapshot());
        var longer = new TimeRange(NOW.minusSeconds(9), NOW.plusNanos(1));
        different.add(base.and(new Restriction(HALL, longer)).snapshot());
        different.add(
                new Granted(
                                base.permits(),
                                base.bans(),
                                base.assignments(),
                                Map.of(ADA, NOW),
                                base.restrictions())
                        .snapshot());
        var tokyo = ZoneId.of("Asia/Tokyo");
        for (var groups :
                List.of(
                        Set.<CameraGroup>of(),
                        Set.of(new CameraGroup(SITE, Optional.empty(), Set.of(), HELSINKI)),
                        Set.of(new CameraGroup(HOUSE, Optional.empty(), Set.of(), HELSINKI)),
                        Set.of(new CameraGroup(HOUSE, Optional.of(SITE), Set.of(), HELSINKI)),
                        Set.of(new CameraGroup(HOUSE, Optional.of(CELLAR), Set.of(), HELSINKI)),
                        Set.of(new CameraGroup(SITE, Optional.empty(), Set.of(HALL), HELSINKI)),
                        Set.of(new CameraGroup(SITE, Optional.empty(), Set.of(GATE), HELSINKI)),
                        Set.of(new CameraGroup(SITE, Optional.empty(), Set.of(), tokyo)))) {
            different.add(grouped(base, groups, HELSINKI));
        }
        different.add(grouped(base, snapshot.groups(), tokyo));

        assertThat(different.stream().map(PolicySnapshot::hash).distinct())
                .hasSize(different.size());
        assertThat(base.snapshotOf(NOW.minusSeconds(5)).hash()).isEqualTo(snapshot.hash());
        assertThat(snapshot.takenAt()).isEqualTo(NOW);
    }

    private static PolicySnapshot grouped(Granted base, Set<CameraGroup> groups, ZoneId zone) {
        return new PolicySnapshot(
                NOW,
                zone,
                groups,
                base.permits(),
                base.bans(),
                base.assignments(),
                base.trainedUntil(),
                base.restrictions());
    }

    /// Each differs from each other in one thing.
    private static List<Permit> permits() {
        var base = WATCH_HALL;
        var monday = Set.of(DayOfWeek.MONDAY);
        var noon = LocalTime.NOON;
        return List.of(
                withRights(base, Set.of(Right.EXPORT)),
                withRights(base, Set.of()),
                withScope(base, new Scope.All()),
                withScope(base, Scope.none()),
                withScope(base, new Scope.Groups(Set.of())),
                withScope(base, new Scope.Groups(Set.of(HOUSE))),
                withScope(base, new Scope.Cameras(Set.of(GATE))),
                withClasses(base),
                withClasses(base, MediaClass.AUDIO),
                withClasses(base, MediaClass.AUDIO, MediaClass.VEILED),
                withHours(base, new Hours(List.of())),
                withHours(base, new Hours(List.of(new Hours.Span(monday, noon, noon)))),
                withHours(
                        base, new Hours(List.of(new Hours.Span(monday, noon, noon.plusNanos(1))))),
                withHours(
                        base, new Hours(List.of(new Hours.Span(monday, noon.plusNanos(1), noon)))),
                withHours(
                        base,
                        new Hours(List.of(new Hours.Span(Set.of(DayOfWeek.SUNDAY), noon, noon)))),
                withOldest(base, Duration.ofHours(1)),
                withOldest(base, Duration.ofHours(1).plusNanos(1)),
                withOldest(base, Duration.ofHours(2)),
                withTallest(base, 360),
                withTallest(base, 720),
                needing(1),
                needing(2),
                when(true, Set.of(), false, Assurance.LINK, Optional.empty(), Set.of()),
                when(false, Set.of("a"), false, Assurance.LINK, Optional.empty(), Set.of()),
                when(false, Set.of("b"), false, Assurance.LINK, Optional.empty(), Set.of()),
                when(false, Set.of(), true, Assurance.LINK, Optional.empty(), Set.of()),
                when(false, Set.of(), false, Assurance.PASSKEY, Optional.empty(), Set.of()),
                when(
                        false,
                        Set.of(),
                        false,
                        Assurance.LINK,
                        Optional.of(Duration.ofSeconds(1)),
                        Set.of()),
                when(
                        false,
                        Set.of(),
                        false,
                        Assurance.LINK,
                        Optional.of(Duration.ofSeconds(2)),
                        Set.of()),
                when(
                        false,
                        Set.of(),
                        false,
                        Assurance.LINK,
                        Optional.empty(),
                        Set.of(World.OFFICE)),
                when(
                        false,
                        Set.of(),
                        false,
                        Assurance.LINK,
                        Optional.empty(),
                        Set.of(new Network(World.OFFICE.address(), 25))),
                when(
                        false,
                        Set.of(),
                        false,
                        Assurance.LINK,
                        Optional.empty(),
                        Set.of(new Network(World.DESK, 24))),
                Permit.of(World.CHIEF, base.rights(), base.scope()));
    }

    private static Permit when(
            boolean sinceGiven,
            Set<String> purposes,
            boolean needsCase,
            Assurance assurance,
            Optional<Duration> fresh,
            Set<Network> from) {
        return new Permit(
                GUARD,
                WATCH_HALL.rights(),
                WATCH_HALL.scope(),
                WATCH_HALL.classes(),
                Hours.always(),
                Optional.empty(),
                sinceGiven,
                purposes,
                needsCase,
                OptionalInt.empty(),
                0,
                assurance,
                fresh,
                from);
    }

    private static List<Ban> bans() {
        var export = Set.of(Right.EXPORT);
        var all = new Scope.All();
        return List.of(
                new Ban(Optional.of(BEN), export, all, Hours.always()),
                new Ban(Optional.of(CLEO), export, all, Hours.always()),
                new Ban(Optional.empty(), export, all, Hours.always()),
                new Ban(Optional.empty(), Set.of(Right.ERASE), all, Hours.always()),
                new Ban(Optional.empty(), export, Scope.none(), Hours.always()),
                new Ban(Optional.empty(), export, all, World.NIGHTS));
    }

    private static List<Assignment> assignments() {
        var end = NOW.plusSeconds(60);
        return List.of(
                new Assignment(BEN, GUARD, new Scope.All(), NOW, Optional.empty(), end, false),
                new Assignment(CLEO, GUARD, new Scope.All(), NOW, Optional.empty(), end, false),
                new Assignment(
                        BEN, World.CHIEF, new Scope.All(), NOW, Optional.empty(), end, false),
                new Assignment(BEN, GUARD, Scope.none(), NOW, Optional.empty(), end, false),
                new Assignment(
                        BEN,
                        GUARD,
                        new Scope.All(),
                        NOW.plusNanos(1),
                        Optional.empty(),
                        end,
                        false),
                new Assignment(BEN, GUARD, new Scope.All(), NOW, Optional.of(end), end, false),
                new Assignment(BEN, GUARD, new Scope.All(), NOW, Optional.of(NOW), end, false),
                new Assignment(BEN, GUARD, new Scope.All(), NOW, Optional.empty(), NOW, false),
                new Assignment(BEN, GUARD, new Scope.All(), NOW, Optional.empty(), end, true));
    }

    @Test
    void whatever_differs_in_a_request_has_another_hash() {
        var base = World.back(Duration.ofHours(3), Duration.ofHours(2));
        var different =
                List.of(
                        base,
                        withSubject(base, World.subject(BEN)),
                        withRight(base, Right.EXPORT),
                        withCamera(base, GATE),
                        withShown(base, MediaClass.AUDIO),
                        withInterval(base, Optional.empty()),
                        World.back(Duration.ofHours(4), Duration.ofHours(2)),
                        World.back(Duration.ofHours(3), Duration.ofHours(1)),
                        withLines(base, OptionalInt.of(360)),
                        withLines(base, OptionalInt.of(720)),
                        withPurpose(base, Optional.of("incident")),
                        withPurpose(base, Optional.of("theft")),
                        withCase(base, Optional.of("2026-17")),
                        withCase(base, Optional.of("2026-18")),
                        withAbout(base, "a"),
                        withConcerned(base, Set.of(BEN)),
                        withConcerned(base, Set.of(CLEO)));

        assertThat(different.stream().map(Request::hash).distinct()).hasSize(different.size());
        assertThat(withRight(World.live(), Right.PLAY_BACK).hash())
                .isEqualTo(withInterval(base, Optional.empty()).hash());
    }

    @Test
    void a_moment_that_no_calendar_knows_is_refused() {
        for (var never : List.of(Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.MAX)) {
            assertThatThrownBy(() -> PolicySnapshot.empty(never, HELSINKI))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("9999");
        }
        assertThat(PolicySnapshot.empty(Instant.EPOCH, HELSINKI).takenAt())
                .isEqualTo(Instant.EPOCH);
    }

    @Provide
    Arbitrary<Granted> granted() {
        return World.granted();
    }

    @Provide
    Arbitrary<Request> requests() {
        return World.requests();
    }

    @Provide("bans")
    Arbitrary<Ban> anyBans() {
        return World.bans();
    }

    @Provide("assignments")
    Arbitrary<Assignment> anyAssignments() {
        return World.assignments();
    }

    private static Set<Permit> allowing(Request request, Granted granted) {
        return decide(request, granted) instanceof Decision.Allowed allowed
                ? allowed.by()
                : Set.of();
    }

    private static Approval said(UUID by, String credential, Request to, Instant at) {
        return new Approval(by, credential, to.hash(), at);
    }

    private static Permit needing(int approvals) {
        return needing(approvals, WATCH_HALL.scope());
    }

    private static Permit needing(int approvals, Scope scope) {
        return new Permit(
                GUARD,
                WATCH_HALL.rights(),
                scope,
                WATCH_HALL.classes(),
                Hours.always(),
                Optional.empty(),
                false,
                Set.of(),
                false,
                OptionalInt.empty(),
                approvals,
                Assurance.LINK,
                Optional.empty(),
                Set.of());
    }

    private static Permit withRights(Permit p, Set<Right> rights) {
        return new Permit(
                p.role(),
                rights,
                p.scope(),
                p.classes(),
                p.hours(),
                p.oldest(),
                p.sinceGiven(),
                p.purposes(),
                p.needsCase(),
                p.tallest(),
                p.approvals(),
                p.assurance(),
                p.freshWithin(),
                p.from());
    }

    private static Permit withScope(Permit p, Scope scope) {
        return new Permit(
                p.role(),
                p.rights(),
                scope,
                p.classes(),
                p.hours(),
                p.oldest(),
                p.sinceGiven(),
                p.purposes(),
                p.needsCase(),
                p.tallest(),
                p.approvals(),
                p.assurance(),
                p.freshWithin(),
                p.from());
    }

    private static Permit withClasses(Permit p, MediaClass... classes) {
        return new Permit(
                p.role(),
                p.rights(),
                p.scope(),
                Set.of(classes),
                p.hours(),
                p.oldest(),
                p.sinceGiven(),
                p.purposes(),
                p.needsCase(),
                p.tallest(),
                p.approvals(),
                p.assurance(),
                p.freshWithin(),
                p.from());
    }

    private static Permit withHours(Permit p, Hours hours) {
        return new Permit(
                p.role(),
                p.rights(),
                p.scope(),
                p.classes(),
                hours,
                p.oldest(),
                p.sinceGiven(),
                p.purposes(),
                p.needsCase(),
                p.tallest(),
                p.approvals(),
                p.assurance(),
                p.freshWithin(),
                p.from());
    }

    private static Permit withOldest(Permit p, Duration oldest) {
        return new Permit(
                p.role(),
                p.rights(),
                p.scope(),
                p.classes(),
                p.hours(),
                Optional.of(oldest),
                p.sinceGiven(),
                p.purposes(),
                p.needsCase(),
                p.tallest(),
                p.approvals(),
                p.assurance(),
                p.freshWithin(),
                p.from());
    }

    private static Permit withTallest(Permit p, int lines) {
        return new Permit(
                p.role(),
                p.rights(),
                p.scope(),
                p.classes(),
                p.hours(),
                p.oldest(),
                p.sinceGiven(),
                p.purposes(),
                p.needsCase(),
                OptionalInt.of(lines),
                p.approvals(),
                p.assurance(),
                p.freshWithin(),
                p.from());
    }

    private static Request withSubject(Request r, Subject subject) {
        return new Request(
                subject,
                r.right(),
                r.camera(),
                r.shown(),
                r.interval(),
                r.lines(),
                r.purpose(),
                r.caseNumber(),
                r.about(),
                r.concerned(),
                r.approvals());
    }

    private static Request withRight(Request r, Right right) {
        return new Request(
                r.subject(),
                right,
                r.camera(),
                r.shown(),
                r.interval(),
                r.lines(),
                r.purpose(),
                r.caseNumber(),
                r.about(),
                r.concerned(),
                r.approvals());
    }

    private static Request withCamera(Request r, CameraId camera) {
        return new Request(
                r.subject(),
                r.right(),
                Optional.of(camera),
                r.shown(),
                r.interval(),
                r.lines(),
                r.purpose(),
                r.caseNumber(),
                r.about(),
                r.concerned(),
                r.approvals());
    }

    private static Request withShown(Request r, MediaClass shown) {
        return new Request(
                r.subject(),
                r.right(),
                r.camera(),
                Optional.of(shown),
                r.interval(),
                r.lines(),
                r.purpose(),
                r.caseNumber(),
                r.about(),
                r.concerned(),
                r.approvals());
    }

    private static Request withInterval(Request r, Optional<TimeRange> interval) {
        return new Request(
                r.subject(),
                r.right(),
                r.camera(),
                r.shown(),
                interval,
                r.lines(),
                r.purpose(),
                r.caseNumber(),
                r.about(),
                r.concerned(),
                r.approvals());
    }

    private static Request withLines(Request r, OptionalInt lines) {
        return new Request(
                r.subject(),
                r.right(),
                r.camera(),
                r.shown(),
                r.interval(),
                lines,
                r.purpose(),
                r.caseNumber(),
                r.about(),
                r.concerned(),
                r.approvals());
    }

    private static Request withPurpose(Request r, Optional<String> purpose) {
        return new Request(
                r.subject(),
                r.right(),
                r.camera(),
                r.shown(),
                r.interval(),
                r.lines(),
                purpose,
                r.caseNumber(),
                r.about(),
                r.concerned(),
                r.approvals());
    }

    private static Request withCase(Request r, Optional<String> number) {
        return new Request(
                r.subject(),
                r.right(),
                r.camera(),
                r.shown(),
                r.interval(),
                r.lines(),
                r.purpose(),
                number,
                r.about(),
                r.concerned(),
                r.approvals());
    }

    private static Request withAbout(Request r, String about) {
        return new Request(
                r.subject(),
                r.right(),
                r.camera(),
                r.shown(),
                r.interval(),
                r.lines(),
                r.purpose(),
                r.caseNumber(),
                about,
                r.concerned(),
                r.approvals());
    }

    private static Request withConcerned(Request r, Set<UUID> concerned) {
        return new Request(
                r.subject(),
                r.right(),
                r.camera(),
                r.shown(),
                r.interval(),
                r.lines(),
                r.purpose(),
                r.caseNumber(),
                r.about(),
                concerned,
                r.approvals());
    }
}
