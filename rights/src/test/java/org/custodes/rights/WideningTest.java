package org.custodes.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.rights.World.ADA;
import static org.custodes.rights.World.BEN;
import static org.custodes.rights.World.CELLAR;
import static org.custodes.rights.World.GATE;
import static org.custodes.rights.World.GUARD;
import static org.custodes.rights.World.HALL;
import static org.custodes.rights.World.HOUSE;
import static org.custodes.rights.World.NOW;
import static org.custodes.rights.World.SAFE;
import static org.custodes.rights.World.SITE;
import static org.custodes.rights.World.given;
import static org.custodes.rights.World.nothing;

import java.time.DayOfWeek;
import java.time.Duration;
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
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.World.Granted;
import org.junit.jupiter.api.Test;

/// To widen a right takes two people, to narrow one works at once (PRIVACY section 6, invariant 17).
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class WideningTest {
    private static final Permit BOUND =
            new Permit(
                    GUARD,
                    EnumSet.of(Right.WATCH_LIVE, Right.PLAY_BACK),
                    new Scope.Groups(Set.of(HOUSE)),
                    Set.of(MediaClass.VEILED, MediaClass.METADATA),
                    World.WORKDAYS,
                    Optional.of(Duration.ofHours(4)),
                    true,
                    Set.of("incident", "theft"),
                    true,
                    OptionalInt.of(720),
                    1,
                    Assurance.PASSWORD_AND_CODE,
                    Optional.of(Duration.ofMinutes(2)),
                    Set.of(World.OFFICE));

    private static final Granted BASE = nothing().and(given(ADA, GUARD)).and(BOUND);

    private static boolean widens(Granted before, Granted after) {
        return Widening.widens(before.snapshot(), after.snapshot());
    }

    @Property(tries = 300)
    void i17_what_is_called_no_widening_allows_nothing_new(
            @ForAll("granted") Granted one,
            @ForAll("granted") Granted other,
            @ForAll("requests") Request request) {
        for (var after :
                List.of(
                        other,
                        new Granted(
                                one.permits(),
                                other.bans(),
                                one.assignments(),
                                one.trainedUntil(),
                                one.restrictions()),
                        new Granted(
                                one.permits(),
                                one.bans(),
                                other.assignments(),
                                other.trainedUntil(),
                                one.restrictions()),
                        new Granted(
                                other.permits(),
                                one.bans(),
                                one.assignments(),
                                one.trainedUntil(),
                                other.restrictions()))) {
            if (!widens(one, after) && Decide.decide(request, after.snapshot(), NOW).allows()) {
                assertThat(Decide.decide(request, one.snapshot(), NOW).allows()).isTrue();
            }
        }
    }

    @Property(tries = 300)
    void i17_groups_that_are_called_no_widening_allow_nothing_new(
            @ForAll("granted") Granted granted,
            @ForAll("groups") List<CameraGroup> before,
            @ForAll("groups") List<CameraGroup> after,
            @ForAll("requests") Request request) {
        var grown = before.stream().map(group -> and(group, SAFE)).toList();
        var parted = after.stream().filter(group -> !group.id().equals(CELLAR)).toList();
        for (var changed : List.of(after, parted, grown)) {
            var then = granted.snapshotIn(before);
            var now = granted.snapshotIn(changed);
            if (!Widening.widens(then, now) && Decide.decide(request, now, NOW).allows()) {
                assertThat(Decide.decide(request, then, NOW).allows()).isTrue();
            }
        }
    }

    @Property(tries = 300)
    void i17_to_take_cameras_out_of_groups_on_which_roles_are_given_is_no_widening(
            @ForAll("groups") List<CameraGroup> groups, @ForAll("assignments") Assignment given) {
        var role = Permit.of(given.role(), Set.of(Right.WATCH_LIVE), new Scope.All());
        var granted = nothing().and(role).and(given);
        for (var one : groups) {
            for (var camera : one.cameras()) {
                var fewer =
                        groups.stream()
                                .map(group -> group.equals(one) ? without(group, camera) : group)
                                .toList();
                var before = granted.snapshotIn(all(groups));
                assertThat(Widening.widens(before, granted.snapshotIn(all(fewer)))).isFalse();
            }
        }
    }

    /// And a site in which every camera lies, as it does: its clocks hang there whatever else is done.
    private static List<CameraGroup> all(List<CameraGroup> groups) {
        var all = new ArrayList<CameraGroup>();
        groups.forEach(group ->
                all.add(
                        new CameraGroup(
                                group.id(), group.parent(), group.cameras(), World.HELSINKI)));
        var site = new GroupId(new UUID(2, 9));
        all.add(new CameraGroup(site, Optional.empty(), Set.copyOf(World.CAMERAS), World.HELSINKI));
        return all;
    }

    private static CameraGroup and(CameraGroup group, CameraId camera) {
        return new CameraGroup(
                group.id(), group.parent(), World.plus(group.cameras(), camera), group.zone());
    }

    private static CameraGroup without(CameraGroup group, CameraId camera) {
        return new CameraGroup(
                group.id(), group.parent(), World.minus(group.cameras(), camera), group.zone());
    }

    /// Ada has a role there.
    private static Granted having(Scope on) {
        var given = given(ADA, GUARD);
        return nothing()
                .and(Permit.of(GUARD, Set.of(Right.WATCH_LIVE), new Scope.All()))
                .and(
                        new Assignment(
                                ADA,
                                GUARD,
                                on,
                                given.since(),
                                given.until(),
                                given.reviewBy(),
                                given.emergency()));
    }

    private static boolean widensFor(Scope on, List<CameraGroup> after) {
        var granted = having(on);
        return Widening.widens(granted.snapshot(), granted.snapshotIn(after));
    }

    private static final CameraGroup SITE_AS_IS = World.GROUPS.getFirst();
    private static final CameraGroup HOUSE_AS_IS = World.GROUPS.get(1);
    private static final CameraGroup CELLAR_AS_IS = World.GROUPS.getLast();

    @Test
    void a_camera_that_comes_into_a_group_widens_for_whoever_has_a_role_on_it_or_around_it() {
        var more = List.of(SITE_AS_IS, HOUSE_AS_IS, and(CELLAR_AS_IS, GATE));

        assertThat(widensFor(new Scope.Groups(Set.of(CELLAR)), more)).isTrue();
        assertThat(widensFor(new Scope.Groups(Set.of(HOUSE)), more)).isTrue();
        assertThat(widensFor(new Scope.Groups(Set.of(SITE)), more))
                .as("the gate lay in the site already")
                .isFalse();
        assertThat(widensFor(new Scope.Groups(Set.of(new GroupId(new UUID(2, 7)))), more))
                .isFalse();
        assertThat(widensFor(new Scope.Cameras(Set.of(HALL)), more)).isFalse();
        assertThat(widensFor(new Scope.All(), more)).isFalse();
    }

    @Test
    void a_group_that_is_moved_takes_its_cameras_along() {
        var apart =
                new CameraGroup(
                        CELLAR, Optional.of(SITE), CELLAR_AS_IS.cameras(), CELLAR_AS_IS.zone());
        var parted = List.of(SITE_AS_IS, HOUSE_AS_IS, apart);
        var house = new Scope.Groups(Set.of(HOUSE));

        assertThat(widensFor(house, parted)).isFalse();
        var granted =
                nothing()
                        .and(Permit.of(GUARD, Set.of(Right.WATCH_LIVE), house))
                        .and(given(ADA, GUARD));
        assertThat(Widening.widens(granted.snapshotIn(parted), granted.snapshot())).isTrue();
        assertThat(Widening.widens(granted.snapshot(), granted.snapshotIn(parted))).isFalse();
    }

    @Test
    void a_group_is_more_than_the_list_of_what_lies_in_it_today() {
        var cellar = having(new Scope.Groups(Set.of(CELLAR)));
        var safe = having(new Scope.Cameras(Set.of(SAFE)));
        var house = having(new Scope.Groups(Set.of(HOUSE)));

        assertThat(widens(safe, cellar)).isTrue();
        assertThat(widens(cellar, safe)).isFalse();
        assertThat(widens(house, cellar)).isFalse();
        assertThat(widens(cellar, house)).isTrue();
        assertThat(widens(having(new Scope.All()), cellar)).isFalse();
    }

    @Test
    void what_is_forbidden_on_a_group_is_forbidden_on_all_that_lay_in_it() {
        var ban =
                new Ban(
                        Optional.empty(),
                        Set.of(Right.WATCH_LIVE),
                        new Scope.Groups(Set.of(CELLAR)),
                        Hours.always());
        var banned = BASE.and(ban);
        var less = List.of(SITE_AS_IS, and(HOUSE_AS_IS, SAFE), without(CELLAR_AS_IS, SAFE));
        var more = List.of(SITE_AS_IS, HOUSE_AS_IS, and(CELLAR_AS_IS, HALL));

        assertThat(Widening.widens(banned.snapshot(), banned.snapshotIn(less))).isTrue();
        assertThat(Widening.widens(banned.snapshot(), banned.snapshotIn(more))).isFalse();
    }

    @Test
    void what_is_changed_in_a_policy_changes_nothing_else() {
        var given = given(BEN, GUARD);
        var moved = List.of(SITE_AS_IS);

        assertThat(BASE.snapshot().and(List.of(given)).hash())
                .isEqualTo(BASE.and(given).snapshot().hash());
        assertThat(BASE.snapshotIn(moved).groups()).containsExactly(SITE_AS_IS);
        assertThat(BASE.snapshotIn(moved).in(World.GROUPS).hash())
                .isEqualTo(BASE.snapshot().hash());
    }

    @Test
    void a_camera_that_hangs_in_fewer_zones_may_be_seen_in_more_hours() {
        var abroad = new CameraGroup(SITE, Optional.empty(), Set.of(GATE), World.TOKYO);
        var both = List.of(abroad, and(HOUSE_AS_IS, GATE), CELLAR_AS_IS);
        var one = List.of(SITE_AS_IS, and(HOUSE_AS_IS, GATE), CELLAR_AS_IS);
        var nowhere = List.of(without(abroad, GATE), HOUSE_AS_IS, CELLAR_AS_IS);

        assertThat(Widening.widens(BASE.snapshotIn(both), BASE.snapshotIn(one))).isTrue();
        assertThat(Widening.widens(BASE.snapshotIn(one), BASE.snapshotIn(both))).isFalse();
        assertThat(Widening.widens(BASE.snapshotIn(both), BASE.snapshotIn(nowhere)))
                .as("outside of all groups the clocks are those of the first site")
                .isTrue();
    }

    @Property
    void i17_to_take_away_or_to_forbid_is_no_widening(
            @ForAll("granted") Granted granted, @ForAll("bans") Ban ban) {
        assertThat(widens(granted, granted)).isFalse();
        assertThat(widens(granted, granted.and(ban))).isFalse();
        granted.permits()
                .forEach(permit -> assertThat(widens(granted, granted.without(permit))).isFalse());
        granted.assignments()
                .forEach(one -> assertThat(widens(granted, granted.without(one))).isFalse());
    }

    private static void narrows(Permit permit) {
        assertThat(widens(BASE, BASE.without(BOUND).and(permit))).as("%s", permit).isFalse();
        assertThat(widens(BASE.without(BOUND).and(permit), BASE)).as("%s", permit).isTrue();
    }

    @Test
    void each_condition_narrows_one_way_and_widens_the_other() {
        var b = BOUND;
        narrows(permit(Set.of(Right.WATCH_LIVE), b.scope(), b.classes(), b.hours()));
        narrows(permit(b.rights(), new Scope.Groups(Set.of(CELLAR)), b.classes(), b.hours()));
        narrows(permit(b.rights(), new Scope.Cameras(Set.of(SAFE)), b.classes(), b.hours()));
        narrows(permit(b.rights(), b.scope(), Set.of(MediaClass.VEILED), b.hours()));
        narrows(permit(b.rights(), b.scope(), b.classes(), new Hours(List.of())));
        narrows(permit(b.rights(), b.scope(), b.classes(), span(DayOfWeek.MONDAY, 8, 18)));
        narrows(seen(Optional.of(Duration.ofHours(3)), true, OptionalInt.of(720)));
        narrows(seen(b.oldest(), true, OptionalInt.of(360)));
        narrows(when(Set.of("theft"), true, 1, b.assurance(), b.freshWithin(), b.from()));
        narrows(when(b.purposes(), true, 2, b.assurance(), b.freshWithin(), b.from()));
        narrows(when(b.purposes(), true, 1, Assurance.PASSKEY, b.freshWithin(), b.from()));
        narrows(
                when(
                        b.purposes(),
                        true,
                        1,
                        b.assurance(),
                        Optional.of(Duration.ofMinutes(1)),
                        b.from()));
        var desk = new Network(World.DESK, 32);
        narrows(when(b.purposes(), true, 1, b.assurance(), b.freshWithin(), Set.of(desk)));
    }

    private static void widensWith(Permit permit) {
        assertThat(widens(BASE, BASE.without(BOUND).and(permit))).as("%s", permit).isTrue();
        assertThat(widens(BASE.without(BOUND).and(permit), BASE)).as("%s", permit).isFalse();
    }

    @Test
    void to_drop_a_condition_widens() {
        var b = BOUND;
        widensWith(permit(b.rights(), new Scope.All(), b.classes(), b.hours()));
        widensWith(permit(b.rights(), new Scope.Groups(Set.of(SITE)), b.classes(), b.hours()));
        widensWith(permit(b.rights(), b.scope(), b.classes(), Hours.always()));
        widensWith(seen(Optional.empty(), true, b.tallest()));
        widensWith(seen(b.oldest(), false, b.tallest()));
        widensWith(seen(b.oldest(), true, OptionalInt.empty()));
        widensWith(when(Set.of(), true, 1, b.assurance(), b.freshWithin(), b.from()));
        widensWith(when(b.purposes(), false, 1, b.assurance(), b.freshWithin(), b.from()));
        widensWith(when(b.purposes(), true, 0, b.assurance(), b.freshWithin(), b.from()));
        widensWith(when(b.purposes(), true, 1, Assurance.LINK, b.freshWithin(), b.from()));
        widensWith(when(b.purposes(), true, 1, b.assurance(), Optional.empty(), b.from()));
        widensWith(when(b.purposes(), true, 1, b.assurance(), b.freshWithin(), Set.of()));
    }

    @Test
    void a_night_is_within_the_same_night_only() {
        var nights = permit(BOUND.rights(), BOUND.scope(), BOUND.classes(), World.NIGHTS);
        var shorter =
                permit(
                        BOUND.rights(),
                        BOUND.scope(),
                        BOUND.classes(),
                        span(DayOfWeek.MONDAY, 23, 5));
        var monday =
                permit(
                        BOUND.rights(),
                        BOUND.scope(),
                        BOUND.classes(),
                        span(DayOfWeek.MONDAY, 22, 6));
        var base = nothing().and(given(ADA, GUARD));

        assertThat(widens(base.and(nights), base.and(monday))).isFalse();
        assertThat(widens(base.and(monday), base.and(nights))).isTrue();
        assertThat(widens(base.and(nights), base.and(shorter)))
                .as("not told apart, so it takes two people")
                .isTrue();
        var until23 =
                permit(
                        BOUND.rights(),
                        BOUND.scope(),
                        BOUND.classes(),
                        span(DayOfWeek.MONDAY, 22, 23));
        assertThat(widens(base.and(until23), base.and(monday))).isTrue();
        assertThat(widens(base.and(monday), base.and(until23))).isTrue();
    }

    @Test
    void a_role_longer_earlier_or_of_somebody_else_widens() {
        var given = given(ADA, GUARD);
        var longer =
                new Assignment(
                        ADA,
                        GUARD,
                        new Scope.All(),
                        given.since(),
                        Optional.empty(),
                        given.reviewBy().plusSeconds(1),
                        false);
        var earlier =
                new Assignment(
                        ADA,
                        GUARD,
                        new Scope.All(),
                        given.since().minusSeconds(1),
                        Optional.empty(),
                        given.reviewBy(),
                        false);
        var ending =
                new Assignment(
                        ADA,
                        GUARD,
                        new Scope.All(),
                        given.since(),
                        Optional.of(NOW.plusSeconds(1)),
                        given.reviewBy(),
                        false);
        var fewer =
                new Assignment(
                        ADA,
                        GUARD,
                        new Scope.Groups(Set.of(HOUSE)),
                        given.since(),
                        Optional.empty(),
                        given.reviewBy(),
                        false);
        var emergency =
                new Assignment(
                        ADA,
                        GUARD,
                        new Scope.All(),
                        given.since(),
                        Optional.empty(),
                        given.reviewBy(),
                        true);

        assertThat(widens(BASE, BASE.and(given(BEN, GUARD)))).isTrue();
        for (var wider : List.of(longer, earlier)) {
            assertThat(widens(BASE, BASE.without(given).and(wider))).isTrue();
            assertThat(widens(BASE.without(given).and(wider), BASE)).isFalse();
        }
        for (var narrower : List.of(ending, fewer, emergency)) {
            assertThat(widens(BASE, BASE.without(given).and(narrower))).isFalse();
            assertThat(widens(BASE.without(given).and(narrower), BASE)).isTrue();
        }
    }

    @Test
    void what_was_recorded_before_counts_from_the_first_time_that_a_role_was_given() {
        var given = given(ADA, GUARD);
        var later =
                new Assignment(
                        ADA,
                        GUARD,
                        new Scope.All(),
                        given.since().plusSeconds(60),
                        Optional.empty(),
                        given.reviewBy(),
                        false);
        assertThat(widens(BASE, BASE.without(given).and(later))).isFalse();
    }

    @Test
    void training_restrictions_groups_and_bans_count_too() {
        var longerTrained =
                new Granted(
                        BASE.permits(),
                        BASE.bans(),
                        BASE.assignments(),
                        Map.of(ADA, NOW.plus(Duration.ofDays(101))),
                        BASE.restrictions());
        assertThat(widens(BASE, longerTrained)).isTrue();
        assertThat(widens(longerTrained, BASE)).isFalse();

        var hidden = BASE.and(new Restriction(HALL, new TimeRange(NOW.minusSeconds(9), NOW)));
        assertThat(widens(BASE, hidden)).isFalse();
        assertThat(widens(hidden, BASE)).isTrue();

        var ban =
                new Ban(
                        Optional.of(ADA),
                        Set.of(Right.EXPORT, Right.PLAY_BACK),
                        new Scope.Cameras(Set.of(HALL, SAFE)),
                        World.WORKDAYS);
        var banned = BASE.and(ban);
        for (var less :
                List.of(
                        new Ban(Optional.of(BEN), ban.rights(), ban.scope(), ban.hours()),
                        new Ban(ban.person(), Set.of(Right.EXPORT), ban.scope(), ban.hours()),
                        new Ban(
                                ban.person(),
                                ban.rights(),
                                new Scope.Cameras(Set.of(HALL, GATE)),
                                ban.hours()),
                        new Ban(ban.person(), ban.rights(), ban.scope(), World.NIGHTS))) {
            assertThat(widens(banned, BASE.and(less))).isTrue();
        }
        for (var more :
                List.of(
                        new Ban(Optional.empty(), ban.rights(), ban.scope(), ban.hours()),
                        new Ban(
                                ban.person(),
                                EnumSet.allOf(Right.class),
                                new Scope.Groups(Set.of(HOUSE)),
                                Hours.always()),
                        new Ban(ban.person(), ban.rights(), new Scope.All(), ban.hours()))) {
            assertThat(widens(banned, BASE.and(more))).isFalse();
        }
        var everybody = new Ban(Optional.empty(), ban.rights(), ban.scope(), ban.hours());
        assertThat(widens(BASE.and(everybody), banned)).isTrue();
    }

    @Test
    void other_groups_or_clocks_widen() {
        var before = BASE.snapshot();
        var elsewhere =
                new PolicySnapshot(
                        NOW,
                        ZoneId.of("Asia/Tokyo"),
                        before.groups(),
                        before.permits(),
                        before.bans(),
                        before.assignments(),
                        BASE.trainedUntil(),
                        before.restrictions());
        var grown =
                new PolicySnapshot(
                        NOW,
                        World.HELSINKI,
                        List.of(
                                new CameraGroup(
                                        HOUSE, Optional.empty(), Set.of(GATE), World.HELSINKI)),
                        before.permits(),
                        before.bans(),
                        before.assignments(),
                        BASE.trainedUntil(),
                        before.restrictions());
        assertThat(Widening.widens(before, elsewhere)).isTrue();
        assertThat(Widening.widens(before, grown)).isTrue();
    }

    private static Permit permit(
            Set<Right> rights, Scope scope, Set<MediaClass> classes, Hours hours) {
        var b = BOUND;
        return new Permit(
                GUARD,
                rights,
                scope,
                classes,
                hours,
                b.oldest(),
                b.sinceGiven(),
                b.purposes(),
                b.needsCase(),
                b.tallest(),
                b.approvals(),
                b.assurance(),
                b.freshWithin(),
                b.from());
    }

    private static Permit seen(Optional<Duration> oldest, boolean since, OptionalInt tallest) {
        var b = BOUND;
        return new Permit(
                GUARD,
                b.rights(),
                b.scope(),
                b.classes(),
                b.hours(),
                oldest,
                since,
                b.purposes(),
                b.needsCase(),
                tallest,
                b.approvals(),
                b.assurance(),
                b.freshWithin(),
                b.from());
    }

    private static Permit when(
            Set<String> purposes,
            boolean needsCase,
            int approvals,
            Assurance assurance,
            Optional<Duration> fresh,
            Set<Network> from) {
        var b = BOUND;
        return new Permit(
                GUARD,
                b.rights(),
                b.scope(),
                b.classes(),
                b.hours(),
                b.oldest(),
                b.sinceGiven(),
                purposes,
                needsCase,
                b.tallest(),
                approvals,
                assurance,
                fresh,
                from);
    }

    private static Hours span(DayOfWeek day, int from, int to) {
        return new Hours(
                List.of(new Hours.Span(Set.of(day), LocalTime.of(from, 0), LocalTime.of(to, 0))));
    }

    @Provide
    Arbitrary<List<CameraGroup>> groups() {
        return World.groups();
    }

    @Provide
    Arbitrary<Assignment> assignments() {
        return World.assignments();
    }

    @Provide
    Arbitrary<Granted> granted() {
        return World.granted();
    }

    @Provide
    Arbitrary<Request> requests() {
        return World.requests();
    }

    @Provide
    Arbitrary<Ban> bans() {
        return World.bans();
    }
}
