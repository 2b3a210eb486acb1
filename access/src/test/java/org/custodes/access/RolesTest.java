package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.faults;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.custodes.access.AccessHouse.Somebody;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.Hours;
import org.custodes.rights.Right;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Roles of one's own, and what their limits do to looks.
class RolesTest {
    private static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;
    private Session officer;

    @BeforeAll
    static void start() {
        database =
                Database.embedded(cluster, DatabaseSwitch.PASSWORD.toCharArray(), _ -> {})
                        .awaitFirstAnswer(Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        house = new AccessHouse(folder, database);
        officer = house.officer().session();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static NewRole role(String name, Optional<Integer> oldestHours) {
        return new NewRole(name, "operator", oldestHours, false, List.of(), List.of(), false);
    }

    private Somebody having(NewRole wanted) {
        var made = done(house.access.addRole(officer, wanted));
        var all = new NewPerson.CameraChoice(true, List.of());
        var invitation =
                done(
                        house.access.invite(
                                officer, new NewPerson("Otto", made.id().code(), all, "a test")));
        return house.enrol(invitation.link().token(), Optional.empty());
    }

    private LookDecision live(Somebody who, Why why) {
        return house.access.openLook(
                who.session(),
                house.lobby,
                MediaClass.ORIGINAL,
                LookKind.LIVE,
                Optional.empty(),
                why);
    }

    private Grant playback(Somebody who) {
        var now = house.clock.instant();
        var decision =
                house.access.openLook(
                        who.session(),
                        house.lobby,
                        MediaClass.ORIGINAL,
                        LookKind.PLAYBACK,
                        Optional.of(
                                new TimeRange(now.minus(Duration.ofDays(3)), now.plusSeconds(60))),
                        Why.UNSAID);
        if (decision instanceof LookDecision.Granted(var grant)) {
            return grant;
        }
        throw new AssertionError("Not granted: " + decision);
    }

    private static Reason refusal(LookDecision decision) {
        if (decision instanceof LookDecision.Refused(var reason)) {
            return reason;
        }
        throw new AssertionError("Not refused: " + decision);
    }

    @Test
    void the_roles_from_the_beginning_come_first_and_nobody_changes_them() {
        done(house.access.addRole(officer, role("Lobby, four hours", Optional.of(4))));

        var roles = done(house.access.allRoles(officer));

        assertThat(roles)
                .extracting(one -> one.id().code())
                .containsExactly(
                        "system-administrator",
                        "security-officer",
                        "operator",
                        "supervisor",
                        "investigator",
                        "data-protection-officer",
                        "auditor",
                        "installer",
                        "emergency",
                        "lobby-four-hours");
        assertThat(roles.getLast().limits().oldest()).contains(Duration.ofHours(4));
        assertThat(
                        refused(
                                house.access.changeRole(
                                        officer, "operator", role("King", Optional.empty()))))
                .isEqualTo(Reason.ROLE_UNKNOWN);
        assertThat(refused(house.access.retireRole(officer, "Not a name!")))
                .isEqualTo(Reason.ROLE_UNKNOWN);
    }

    @Test
    void a_role_tells_all_its_faults_at_once() {
        var absurd =
                new NewRole(
                        "",
                        "security-officer",
                        Optional.of(0),
                        false,
                        List.of(
                                new NewRole.Span(List.of("someday"), "07:00", "19:00"),
                                new NewRole.Span(List.of("monday"), "25:00", "19:00"),
                                new NewRole.Span(List.of(), "07:00", "19:00")),
                        List.of("curiosity"),
                        false);

        assertThat(faults(house.access.addRole(officer, absurd)))
                .containsExactly(
                        "template form.choice",
                        "name form.required",
                        "oldestHours form.range",
                        "purposes form.choice",
                        "hours role.hours",
                        "hours role.hours",
                        "hours role.hours");
        done(house.access.addRole(officer, role("Nights", Optional.empty())));
        assertThat(faults(house.access.addRole(officer, role("NIGHTS", Optional.empty()))))
                .containsExactly("name role.taken");
    }

    @Test
    void a_role_that_is_called_everybody_is_not_what_everybody_has() {
        var made = done(house.access.addRole(officer, role("Everybody", Optional.empty())));

        assertThat(made.id().code()).isEqualTo("everybody-2");
        assertThat(house.access.rights(officer)).doesNotContain(Right.WATCH_LIVE);
    }

    @Test
    void a_name_of_a_role_that_was_retired_is_free_and_its_id_is_not() {
        done(house.access.addRole(officer, role("Nights", Optional.empty())));
        done(house.access.retireRole(officer, "nights"));

        var again = done(house.access.addRole(officer, role("Nights", Optional.empty())));

        assertThat(again.id().code()).isEqualTo("nights-2");
        assertThat(done(house.access.addRole(officer, role("7 – 19", Optional.empty()))).id())
                .hasToString("role-7-19");
    }

    @Test
    void an_installer_comes_for_a_few_days_and_is_gone_by_themselves() {
        var now = house.clock.instant();

        assertThat(faults(house.access.invite(officer, installer(Optional.empty()))))
                .containsExactly("until role.until-needed");
        assertThat(
                        faults(
                                house.access.invite(
                                        officer,
                                        installer(Optional.of(now.plus(Duration.ofDays(31)))))))
                .containsExactly("until role.until-far");
        assertThat(faults(house.access.invite(officer, installer(Optional.of(now)))))
                .containsExactly("until role.until-past");

        var invitation =
                done(
                        house.access.invite(
                                officer, installer(Optional.of(now.plus(Duration.ofHours(2))))));
        var ines = house.enrol(invitation.link().token(), Optional.empty());
        var act = new Act(Act.Kind.ADD_CAMERA, "", "");
        assertThat(house.access.decide(ines.session(), act)).isInstanceOf(Decision.Granted.class);

        house.clock.pass(Duration.ofHours(2));
        var later = house.signedInAgain(ines, "Ines");

        assertThat(house.access.decide(later, act))
                .isEqualTo(new Decision.Refused(Reason.ROLE_ENDED));
        assertThat(house.access.roles(later)).isEmpty();
    }

    private static NewPerson installer(Optional<Instant> until) {
        return new NewPerson(
                "Ines",
                new NewPerson.RoleGift(
                        "installer", NewPerson.CameraChoice.none(), until, "a test"));
    }

    @Test
    void a_role_that_somebody_has_is_not_retired() {
        having(role("Nights", Optional.empty()));

        assertThat(faults(house.access.retireRole(officer, "nights")))
                .containsExactly("role role.in-use");
    }

    @Test
    void footage_that_is_too_old_is_withheld_with_its_reason_and_it_is_on_record() {
        var otto = having(role("Four hours", Optional.of(4)));
        var now = house.clock.instant();

        var grant = playback(otto);

        assertThat(grant.from()).isEqualTo(now.minus(Duration.ofHours(4)));
        assertThat(grant.withheld(now.minus(Duration.ofHours(5))))
                .isEqualTo(new Withheld(Reason.TOO_OLD, true));
        assertThat(house.trail(1)).containsExactly("act.refused REFUSED");
        assertThat(house.entries(1).getFirst().text()).isEqualTo("playback look: too-old");
        var entries = house.entries(1).getFirst().index();
        grant.withheld(now.minus(Duration.ofHours(6)));
        assertThat(house.entries(1).getFirst().index()).isEqualTo(entries);
    }

    @Test
    void what_was_young_enough_grows_too_old_while_it_is_looked_at() {
        var otto = having(role("Four hours", Optional.of(4)));
        var grant = playback(otto);

        house.clock.pass(Duration.ofMinutes(10));

        var allowed = house.clock.instant().minus(Duration.ofHours(4));
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!grant.from().equals(allowed) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(grant.from()).isEqualTo(allowed);
        assertThat(grant.ended()).isFalse();
    }

    @Test
    void only_footage_since_it_was_given_is_another_limit() {
        var otto =
                having(
                        new NewRole(
                                "New here",
                                "operator",
                                Optional.empty(),
                                true,
                                List.of(),
                                List.of(),
                                false));
        house.clock.pass(Duration.ofMinutes(5));

        var grant = playback(otto);

        assertThat(Duration.between(grant.from(), house.clock.instant()))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        assertThat(grant.withheld(house.clock.instant().minus(Duration.ofDays(1))))
                .isEqualTo(new Withheld(Reason.BEFORE_GIVEN, true));
    }

    @Test
    void outside_of_its_hours_by_the_clock_of_the_site_a_role_shows_nothing() {
        var local = house.clock.instant().atZone(ZoneId.of("Europe/Helsinki"));
        var hour = local.getHour();
        var later =
                new NewRole.Span(
                        WEEK,
                        "%02d:00".formatted((hour + 2) % 24),
                        "%02d:00".formatted((hour + 3) % 24));
        var otto =
                having(
                        new NewRole(
                                "Later",
                                "operator",
                                Optional.empty(),
                                false,
                                List.of(later),
                                List.of(),
                                false));
        assertThat(refusal(live(otto, Why.UNSAID))).isEqualTo(Reason.OUTSIDE_HOURS);

        var whole = new NewRole.Span(WEEK, "00:00", "00:00");
        done(
                house.access.changeRole(
                        officer,
                        "later",
                        new NewRole(
                                "Always",
                                "",
                                Optional.empty(),
                                false,
                                List.of(whole),
                                List.of(),
                                false)));

        assertThat(live(otto, Why.UNSAID)).isInstanceOf(LookDecision.Granted.class);
        assertThat(done(house.access.allRoles(officer)).getLast())
                .returns("Always", Role::name)
                .satisfies(role -> assertThat(role.limits().hours()).isEqualTo(Hours.always()));
    }

    @Test
    void a_role_may_ask_what_for_and_for_which_case_and_the_log_keeps_both() {
        var otto =
                having(
                        new NewRole(
                                "With a reason",
                                "operator",
                                Optional.empty(),
                                false,
                                List.of(),
                                List.of("incident", "safety"),
                                true));

        assertThat(refusal(live(otto, Why.UNSAID))).isEqualTo(Reason.PURPOSE_NEEDED);
        assertThat(refusal(live(otto, new Why(Optional.of("evidence"), Optional.of("1")))))
                .isEqualTo(Reason.PURPOSE_NEEDED);
        assertThat(refusal(live(otto, new Why(Optional.of("safety"), Optional.empty()))))
                .isEqualTo(Reason.CASE_NEEDED);
        assertThat(live(otto, new Why(Optional.of("safety"), Optional.of("2026-117"))))
                .isInstanceOf(LookDecision.Granted.class);
        assertThat(house.entries(1).getFirst().purpose()).contains("safety");
        assertThat(house.entries(1).getFirst().caseId()).contains("2026-117");
    }

    @Test
    void whoever_looks_back_without_a_purpose_is_asked_for_it_and_not_for_younger_footage() {
        var otto =
                having(
                        new NewRole(
                                "With a reason",
                                "operator",
                                Optional.of(4),
                                false,
                                List.of(),
                                List.of("incident"),
                                false));
        var now = house.clock.instant();

        var decision =
                house.access.openLook(
                        otto.session(),
                        house.lobby,
                        MediaClass.ORIGINAL,
                        LookKind.PLAYBACK,
                        Optional.of(
                                new TimeRange(now.minus(Duration.ofDays(3)), now.plusSeconds(60))),
                        Why.UNSAID);

        assertThat(refusal(decision)).isEqualTo(Reason.PURPOSE_NEEDED);
    }

    @Test
    void to_narrow_a_role_ends_the_looks_that_it_no_longer_allows_at_once() {
        var otto = having(role("Open", Optional.empty()));
        var decision = live(otto, Why.UNSAID);
        assertThat(decision).isInstanceOf(LookDecision.Granted.class);
        var grant = ((LookDecision.Granted) decision).grant();

        done(
                house.access.changeRole(
                        officer,
                        "open",
                        new NewRole(
                                "Open",
                                "",
                                Optional.empty(),
                                false,
                                List.of(),
                                List.of("incident"),
                                false)));

        assertThat(grant.endedBy()).contains(Reason.PURPOSE_NEEDED);
        assertThat(house.trail(1)).containsExactly("role.changed DONE");
    }

    @Test
    void what_somebody_can_see_at_a_moment_is_told_with_what_stands_against_it() {
        var local = house.clock.instant().atZone(ZoneId.of("Europe/Helsinki"));
        var night = new NewRole.Span(WEEK, "22:00", "06:00");
        var otto =
                having(
                        new NewRole(
                                "Nights",
                                "operator",
                                Optional.of(4),
                                false,
                                List.of(night),
                                List.of(),
                                false));
        done(
                house.access.changeCameras(
                        officer,
                        otto.id(),
                        done(house.access.people(officer)).stream()
                                .filter(person -> person.id().equals(otto.id()))
                                .findFirst()
                                .orElseThrow()
                                .roles()
                                .getFirst()
                                .id(),
                        house.only(house.lobby)));
        var tomorrow = local.plusDays(1).withMinute(0).withSecond(0).withNano(0);
        var atThree = tomorrow.withHour(3).toInstant();
        var atNoon = tomorrow.withHour(12).toInstant();

        var seen = done(house.access.sightsOf(officer, otto.id(), atThree));

        assertThat(seen)
                .filteredOn(sight -> sight.camera().equals(house.lobby))
                .singleElement()
                .returns(List.of(), Sight::live)
                .returns(Optional.of(atThree.minus(Duration.ofHours(4))), Sight::from);
        assertThat(seen)
                .filteredOn(sight -> sight.camera().equals(house.dock))
                .singleElement()
                .returns(List.of(Reason.CAMERA_NOT_GIVEN), Sight::live)
                .returns(Optional.empty(), Sight::from);
        assertThat(done(house.access.sightsOf(officer, otto.id(), atNoon)))
                .filteredOn(sight -> sight.camera().equals(house.lobby))
                .singleElement()
                .returns(List.of(Reason.OUTSIDE_HOURS), Sight::live);
        assertThat(done(house.access.sightsAt(officer, house.lobby, atThree)))
                .extracting(Sight::name)
                .containsExactly("Otto");
        assertThat(done(house.access.sightsAt(officer, house.lobby, atNoon))).isEmpty();
        assertThat(refused(house.access.sightsOf(otto.session(), otto.id(), atNoon)))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.sightsAt(otto.session(), house.lobby, atNoon)))
                .isEqualTo(Reason.RIGHT_MISSING);
    }

    @Test
    void only_a_security_officer_changes_roles_and_whoever_sees_rights_sees_them_too() {
        var otto = having(role("Nights", Optional.empty()));
        var rita =
                house.invited(officer, "Rita", Template.AUDITOR, NewPerson.CameraChoice.none())
                        .session();

        assertThat(done(house.access.allRoles(rita))).extracting(Role::name).contains("Nights");
        assertThat(refused(house.access.addRole(rita, role("Mine", Optional.empty()))))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.allRoles(otto.session()))).isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.addRole(otto.session(), role("Mine", Optional.empty()))))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(
                        refused(
                                house.access.changeRole(
                                        otto.session(), "nights", role("Mine", Optional.empty()))))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.retireRole(otto.session(), "nights")))
                .isEqualTo(Reason.RIGHT_MISSING);
    }
}
