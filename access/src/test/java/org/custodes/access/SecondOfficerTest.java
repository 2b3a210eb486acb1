package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.access.AccessHouse.DESK;
import static org.custodes.access.AccessHouse.PASSWORD;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.faults;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.custodes.access.AccessHouse.Somebody;
import org.custodes.access.ApprovalRequest.State;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.rights.Right;
import org.custodes.rights.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one officer gives needs another's yes; what one takes does not.
class SecondOfficerTest {
    private static final NewPerson.CameraChoice NONE = NewPerson.CameraChoice.none();

    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;

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
    }

    @AfterEach
    void close() {
        house.close();
    }

    /// Two officers, of whom the second has not agreed to anything yet.
    private Session officer() {
        var officer = house.officer().session();
        house.agreeing = false;
        return officer;
    }

    private NewPerson otto() {
        return new NewPerson("Otto", "operator", house.only(house.lobby), "a test");
    }

    private Person asSeenBy(Session officer, PersonId id) {
        return done(house.access.people(officer)).stream()
                .filter(person -> person.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private ApprovalRequest waiting(Session reader) {
        return done(house.access.approvals(reader)).stream()
                .filter(one -> one.state() == State.WAITING)
                .findFirst()
                .orElseThrow();
    }

    private ApprovalRequest agreed() {
        var deputy = house.deputy().session();
        return done(house.yes(deputy, waiting(deputy).id()));
    }

    @Test
    void somebody_who_is_invited_comes_in_at_once_and_may_nothing_until_another_officer_agrees() {
        var officer = officer();
        var invitation = done(house.access.invite(officer, otto()));
        assertThat(invitation.person().roles()).isEmpty();
        assertThat(invitation.person().waiting())
                .singleElement()
                .satisfies(one -> assertThat(one.role()).isEqualTo(Template.OPERATOR.id()));
        var otto = house.enrol(invitation.link().token(), Optional.empty());
        assertThat(house.access.rights(otto.session()))
                .containsExactlyInAnyOrder(Right.OWN_SESSION, Right.LIST_SITES);
        assertThat(done(house.access.ownSessions(otto.session()))).hasSize(1);

        var asked = waiting(officer);
        assertThat(asked.gain())
                .contains(
                        new Gain.RoleGiven(
                                otto.id(),
                                "Otto",
                                new Gain.RoleName("operator", "operator"),
                                new Scope.Cameras(Set.of(house.lobby)),
                                List.of(),
                                Optional.empty(),
                                false));
        var agreed = agreed();

        assertThat(agreed.gain()).isEqualTo(asked.gain());
        assertThat(agreed.state()).isEqualTo(State.USED);
        assertThat(agreed.concerned()).contains(otto.id());
        assertThat(agreed.told()).startsWith("Otto: operator, 1 cameras");
        assertThat(house.access.rights(otto.session())).contains(Right.WATCH_LIVE);
        assertThat(asSeenBy(officer, otto.id()).waiting()).isEmpty();
        assertThat(house.trail(2))
                .containsExactly("person.rights-changed DONE", "approval.given DONE");
        assertThat(house.entries(1).getFirst().text()).endsWith("(asked for by Olga Officer)");
        assertThat(house.entries(1).getFirst().decision()).isPresent();
    }

    @Test
    void whoever_asked_cannot_agree_and_nor_can_whoever_it_is_about() {
        var officer = officer();
        var deputy = house.deputy();
        var held = asSeenBy(officer, deputy.id()).roles().getFirst();
        assertThat(held.role()).isEqualTo(Template.SECURITY_OFFICER.id());
        done(house.access.invite(officer, otto()));

        assertThat(refused(house.yes(officer, waiting(officer).id()))).isEqualTo(Reason.OWN_AFFAIR);
    }

    @Test
    void no_more_cameras_without_another_officer_and_fewer_at_once() {
        var officer = officer();
        done(house.access.invite(officer, otto()));
        var id = agreed().concerned().orElseThrow();
        var held = asSeenBy(officer, id).roles().getFirst();

        var more =
                done(
                        house.access.changeCameras(
                                officer,
                                id,
                                held.id(),
                                new NewPerson.CameraChoice(true, List.of())));
        assertThat(more.roles()).containsExactly(held);
        assertThat(more.waiting())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.on()).isEqualTo(new Scope.All());
                    assertThat(one.replaces()).contains(held.id());
                });
        agreed();
        var all = asSeenBy(officer, id).roles();
        assertThat(all)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.on()).isEqualTo(new Scope.All());
                    assertThat(one.reviewBy())
                            .isBeforeOrEqualTo(house.clock.instant().plus(Duration.ofDays(180)));
                });

        var fewer =
                done(
                        house.access.changeCameras(
                                officer, id, all.getFirst().id(), house.only(house.dock)));
        assertThat(fewer.waiting()).isEmpty();
        assertThat(fewer.roles().getFirst().on())
                .isEqualTo(new Scope.Cameras(java.util.Set.of(house.dock)));
        done(house.access.endRole(officer, id, fewer.roles().getFirst().id()));
        assertThat(asSeenBy(officer, id).roles()).isEmpty();
    }

    private static NewRole hours(int oldest) {
        return named("Nights", oldest);
    }

    private static NewRole named(String name, int oldest) {
        return new NewRole(
                name, "operator", Optional.of(oldest), false, List.of(), List.of(), false);
    }

    @Test
    void a_role_allows_less_at_once_and_more_when_another_officer_agrees() {
        var officer = officer();
        var role = done(house.access.addRole(officer, hours(4)));
        done(
                house.access.invite(
                        officer,
                        new NewPerson(
                                "Otto", role.id().code(), house.only(house.lobby), "a test")));
        agreed();

        var more = done(house.access.changeRole(officer, "nights", hours(8)));
        assertThat(more.limits().oldest()).contains(Duration.ofHours(4));
        var agreed = agreed();
        assertThat(agreed.told()).startsWith("Nights: operator, 8 h back");
        assertThat(agreed.gain())
                .contains(new Gain.RoleChanged(done(house.access.allRoles(officer)).getLast()));
        assertThat(oldest(officer)).contains(Duration.ofHours(8));

        done(house.access.changeRole(officer, "nights", hours(2)));
        assertThat(oldest(officer)).contains(Duration.ofHours(2));
    }

    private Optional<Duration> oldest(Session officer) {
        return done(house.access.allRoles(officer)).getLast().limits().oldest();
    }

    @Test
    void a_role_that_nobody_has_is_changed_at_once() {
        var officer = officer();
        done(house.access.addRole(officer, hours(4)));

        done(house.access.changeRole(officer, "nights", hours(8)));

        assertThat(oldest(officer)).contains(Duration.ofHours(8));
    }

    /// Else whoever agrees would give more than they read.
    @Test
    void a_role_that_waits_to_be_given_allows_more_only_when_another_officer_agrees() {
        var officer = officer();
        var role = done(house.access.addRole(officer, hours(4)));
        var wanted = new NewPerson("Otto", role.id().code(), house.only(house.lobby), "a test");
        done(house.access.invite(officer, wanted));

        done(house.access.changeRole(officer, "nights", hours(8)));

        assertThat(oldest(officer)).contains(Duration.ofHours(4));
        assertThat(done(house.access.approvals(house.deputy().session()))).hasSize(2);
        done(house.access.changeRole(officer, "nights", hours(2)));
        assertThat(oldest(officer)).contains(Duration.ofHours(2));
    }

    @Test
    void a_role_is_not_called_what_another_is_called_by_now() {
        var officer = officer();
        var role = done(house.access.addRole(officer, hours(4)));
        done(
                house.access.invite(
                        officer,
                        new NewPerson(
                                "Otto", role.id().code(), house.only(house.lobby), "a test")));
        agreed();
        done(house.access.changeRole(officer, "nights", named("Late", 8)));
        done(house.access.addRole(officer, named("late", 1)));
        var deputy = house.deputy().session();

        assertThat(faults(house.yes(deputy, waiting(deputy).id())))
                .containsExactly("yes approval.overtaken");
        assertThat(done(house.access.allRoles(officer)))
                .extracting(Role::name)
                .contains("Nights", "late");
    }

    @Test
    void what_was_overtaken_meanwhile_is_not_made() {
        var officer = officer();
        var invitation = done(house.access.invite(officer, otto()));
        var otto = house.enrol(invitation.link().token(), Optional.empty());
        done(
                house.access.giveRole(
                        officer,
                        otto.id(),
                        new NewPerson.RoleGift("auditor", NONE, Optional.empty(), "a test")));
        var deputy = house.deputy().session();
        var both = done(house.access.approvals(deputy));
        assertThat(both).hasSize(2);
        done(house.yes(deputy, both.getLast().id()));

        var clash = house.yes(deputy, both.getFirst().id());

        assertThat(faults(clash)).containsExactly("role role.clash");
        done(house.access.removePerson(officer, otto.id()));
        assertThat(faults(house.yes(deputy, both.getFirst().id())))
                .containsExactly("yes approval.overtaken");
        done(house.access.deny(deputy, both.getFirst().id()));
    }

    @Test
    void a_widening_is_not_made_when_whoever_asked_may_not_ask_any_more() {
        var officer = officer();
        done(house.access.invite(officer, otto()));
        var deputy = house.deputy().session();
        var olga = asSeenBy(deputy, officer.person());
        done(house.access.endRole(deputy, olga.id(), olga.roles().getFirst().id()));

        var answer = house.yes(deputy, waiting(deputy).id());

        assertThat(refused(answer)).isEqualTo(Reason.RIGHT_MISSING);
    }

    @Test
    void a_lonely_officers_widening_waits_a_day_and_everybody_can_know() {
        var olga = house.lonelyOfficer();
        var invitation = done(house.access.invite(olga.session(), otto()));
        var otto = house.enrol(invitation.link().token(), Optional.empty());
        assertThat(house.access.madeAlone()).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(house.access.lonelyOfficer()).isTrue();
        assertThat(waiting(olga.session()).aloneAt())
                .contains(waiting(olga.session()).askedAt().plus(Duration.ofHours(24)));

        pass(Duration.ofHours(24).minusSeconds(2));
        assertThat(rolesOf(olga, otto)).isEmpty();
        pass(Duration.ofSeconds(1));

        assertThat(rolesOf(olga, otto)).hasSize(1);
        assertThat(house.access.madeAlone()).isZero();
    }

    /// The watch may look whenever it does; this one looks now.
    private void pass(Duration time) {
        house.clock.pass(time);
        for (var round = 0; round < 30; round++) {
            house.access.watchOnce();
        }
    }

    private List<Held> rolesOf(Somebody olga, Somebody person) {
        var officer = house.signedInAgain(olga, "Olga Officer");
        house.clock.pass(Duration.ofSeconds(30));
        return asSeenBy(officer, person.id()).roles();
    }

    @Test
    void a_lonely_officers_widening_waits_for_the_second_one_who_came_meanwhile() {
        var olga = house.lonelyOfficer();
        done(
                house.access.invite(
                        olga.session(), new NewPerson("Dora", "security-officer", NONE, "a test")));
        var invitation = done(house.access.invite(olga.session(), otto()));
        var otto = house.enrol(invitation.link().token(), Optional.empty());
        var dora =
                done(house.access.people(olga.session())).stream()
                        .filter(person -> person.name().equals("Dora"))
                        .findFirst()
                        .orElseThrow();
        var link = done(house.access.inviteAgain(olga.session(), dora.id())).link();
        var deputy = house.enrol(link.token(), Optional.empty());
        assertThat(house.access.rights(deputy.session())).doesNotContain(Right.APPROVE_RIGHTS);
        pass(Duration.ofHours(24));

        // Hers came first, so his waits for her.
        var second = house.signedInAgain(deputy, "Dora");
        assertThat(house.access.rights(second)).contains(Right.APPROVE_RIGHTS);
        pass(Duration.ofSeconds(1));
        assertThat(house.access.lonelyOfficer()).isFalse();
        assertThat(rolesOf(olga, otto)).isEmpty();
        done(house.yes(second, waiting(second).id()));
        assertThat(rolesOf(olga, otto)).hasSize(1);
    }

    @Test
    void why_somebody_has_a_role_stays_with_it_and_whoever_asked_for_it_answers_for_it() {
        var officer = officer();
        var why = "Covers the nights.";
        var wanted = new NewPerson("Otto", "operator", house.only(house.lobby), why);
        var otto = done(house.access.invite(officer, wanted)).person().id();
        assertThat(waiting(house.deputy().session()).reason()).isEqualTo(why);
        agreed();

        var given = asSeenBy(officer, otto).roles().getFirst().id();
        assertThat(done(house.access.grounds(officer)).get(given))
                .isEqualTo(new Grounds(officer.person(), "Olga Officer", why));
        done(house.access.changeCameras(officer, otto, given, NONE));
        var narrowed = asSeenBy(officer, otto).roles().getFirst().id();
        assertThat(narrowed).isNotEqualTo(given);
        assertThat(done(house.access.grounds(officer)).get(narrowed))
                .isEqualTo(new Grounds(officer.person(), "Olga Officer", why));
        var unsaid = new NewPerson.RoleGift("supervisor", NONE, Optional.empty(), " ");
        assertThat(faults(house.access.giveRole(officer, otto, unsaid)))
                .containsExactly("reason form.required");
    }

    @Test
    void nobody_becomes_somebody_else_by_a_link_that_one_officer_makes() {
        var officer = officer();
        var invitation = done(house.access.invite(officer, otto()));
        var otto = house.enrol(invitation.link().token(), Optional.empty());
        agreed();
        assertThat(faults(house.access.inviteAgain(officer, otto.id())))
                .containsExactly("person person.still-in");

        done(house.access.resetSignIn(officer, otto.id()));

        assertThat(faults(house.access.resetSignIn(officer, otto.id())))
                .containsExactly("person person.reset-waits");
        assertThat(waiting(officer).gain()).contains(new Gain.SignInReset(otto.id(), "Otto"));
        assertThat(house.access.stands(otto.session())).isTrue();
        agreed();
        assertThat(house.trail(2))
                .containsExactly("person.sign-in-reset DONE", "approval.given DONE");
        assertThat(house.access.stands(otto.session())).isFalse();
        house.clock.pass(Duration.ofSeconds(30));
        assertThat(refused(house.access.signIn("Otto", PASSWORD, house.code(otto.secret()), DESK)))
                .isEqualTo(Reason.BAD_CREDENTIALS);
        assertThat(asSeenBy(officer, otto.id()).state()).isEqualTo(Person.State.INVITED);
        assertThat(faults(house.access.resetSignIn(officer, otto.id())))
                .containsExactly("person person.not-in");
        var link = done(house.access.inviteAgain(officer, otto.id())).link();
        var again = house.enrol(link.token(), Optional.empty());
        assertThat(again.id()).isEqualTo(otto.id());
        assertThat(asSeenBy(officer, otto.id()).roles()).hasSize(1);
    }

    @Test
    void
            what_the_second_of_two_officers_signs_in_with_is_reset_after_a_day_that_everybody_is_told_of() {
        var officer = officer();
        var deputy = house.deputy();

        done(house.access.resetSignIn(officer, deputy.id()));

        assertThat(house.access.madeAlone()).isEqualTo(1);
        pass(Duration.ofHours(23));
        assertThat(asSeenBy(house.signedInAgain(deputy, AccessHouse.DEPUTY), deputy.id()).state())
                .isEqualTo(Person.State.ACTIVE);
        pass(Duration.ofHours(1));
        assertThat(
                        refused(
                                house.access.signIn(
                                        AccessHouse.DEPUTY,
                                        PASSWORD,
                                        house.code(deputy.secret()),
                                        DESK)))
                .isEqualTo(Reason.BAD_CREDENTIALS);
    }

    @Test
    void a_widening_outlives_a_restart_and_is_taken_back_by_whoever_asked() {
        var officer = officer();
        done(house.access.invite(officer, otto()));
        var asked = waiting(officer).id();

        house.restart();

        var again = house.access.session(house.deputy().signedIn().token()).orElseThrow();
        assertThat(waiting(again).id()).isEqualTo(asked);
        assertThat(refused(house.access.withdrawApproval(again, asked)))
                .isEqualTo(Reason.APPROVAL_UNKNOWN);
        assertThat(refused(house.access.withdrawApproval(again, UUID.randomUUID())))
                .isEqualTo(Reason.APPROVAL_UNKNOWN);
    }

    @Test
    void of_two_roles_that_do_not_go_together_one_is_given_even_if_both_are_agreed_to_at_once()
            throws InterruptedException {
        var officer = officer();
        var invitation = done(house.access.invite(officer, otto()));
        var otto = house.enrol(invitation.link().token(), Optional.empty());
        done(
                house.access.giveRole(
                        officer,
                        otto.id(),
                        new NewPerson.RoleGift("auditor", NONE, Optional.empty(), "a test")));
        var deputy = house.deputy().session();
        var both = done(house.access.approvals(deputy)).stream().map(ApprovalRequest::id).toList();
        assertThat(both).hasSize(2);

        var threads =
                both.stream()
                        .map(id -> Thread.startVirtualThread(() -> house.yes(deputy, id)))
                        .toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(asSeenBy(officer, otto.id()).roles()).hasSize(1);
        assertThat(asSeenBy(officer, otto.id()).waiting()).hasSize(1);
    }
}
