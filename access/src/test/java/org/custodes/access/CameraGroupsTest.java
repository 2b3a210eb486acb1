package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.faults;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.custodes.access.AccessHouse.Somebody;
import org.custodes.access.ApprovalRequest.State;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.register.Group;
import org.custodes.register.GroupForm;
import org.custodes.rights.GroupId;
import org.custodes.rights.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Roles that are given on groups of cameras, and what becomes of them when cameras come and go.
class CameraGroupsTest {
    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;
    private Session officer;
    private Session admin;
    private UUID site;

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
        admin =
                house.invited(
                                officer,
                                "Ada Admin",
                                Template.SYSTEM_ADMINISTRATOR,
                                NewPerson.CameraChoice.none())
                        .session();
        site = house.register.sites().getFirst().id();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Group group(String name, UUID parent, CameraId... cameras) {
        var form = GroupForm.empty(name, parent.toString());
        var made = done(house.access.addGroup(admin, form)).group();
        return cameras.length == 0
                ? made
                : done(house.access.changeGroup(admin, made.id(), with(cameras))).group();
    }

    private static GroupForm with(CameraId... cameras) {
        return new GroupForm(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Stream.of(cameras).map(Object::toString).toList()));
    }

    private static GroupForm into(UUID parent) {
        return new GroupForm(Optional.empty(), Optional.of(parent.toString()), Optional.empty());
    }

    private static GroupForm called(String name) {
        return new GroupForm(Optional.of(name), Optional.empty(), Optional.empty());
    }

    private static NewPerson.CameraChoice on(UUID... groups) {
        return NewPerson.CameraChoice.in(Stream.of(groups).map(UUID::toString).toList());
    }

    private Somebody operator(String name, UUID... groups) {
        return house.invited(officer, name, Template.OPERATOR, on(groups));
    }

    private LookDecision live(Somebody who, CameraId camera) {
        return house.access.openLook(
                who.session(),
                camera,
                MediaClass.ORIGINAL,
                LookKind.LIVE,
                Optional.empty(),
                Why.UNSAID);
    }

    private boolean sees(Somebody who, CameraId camera) {
        return switch (live(who, camera)) {
            case LookDecision.Granted(var grant) -> {
                grant.close();
                yield true;
            }
            case LookDecision.Refused(var reason) -> {
                assertThat(reason).isEqualTo(Reason.CAMERA_NOT_GIVEN);
                yield false;
            }
        };
    }

    private Set<CameraId> camerasOf(Group group) {
        return house.register.group(group.id()).orElseThrow().cameras();
    }

    private ApprovalRequest waiting() {
        return done(house.access.approvals(house.deputy().session())).stream()
                .filter(one -> one.state() == State.WAITING)
                .findFirst()
                .orElseThrow();
    }

    private Answer<ApprovalRequest> agree() {
        return house.yes(house.deputy().session(), waiting().id());
    }

    @Test
    void whoever_has_a_role_on_a_group_sees_what_lies_in_it_and_in_its_groups_and_nothing_else() {
        var outer = group("Ground floor", site);
        group("Entrance", outer.id(), house.lobby);
        var otto = operator("Otto", outer.id());

        assertThat(sees(otto, house.lobby)).isTrue();
        assertThat(sees(otto, house.dock)).isFalse();
        house.restart();
        var again = house.access.session(otto.signedIn().token()).orElseThrow();

        assertThat(
                        sees(
                                new Somebody(
                                        new SignedIn(again, otto.signedIn().token()),
                                        otto.secret()),
                                house.lobby))
                .isTrue();
    }

    @Test
    void a_role_on_a_site_reaches_what_is_put_up_there_later() {
        var otto = operator("Otto", site);

        var later = house.camera("Yard", "rtsp://192.0.2.12/1");

        assertThat(sees(otto, house.dock)).isTrue();
        assertThat(sees(otto, later)).isTrue();
    }

    @Test
    void a_camera_that_comes_into_a_group_with_roles_on_it_waits_for_a_second_officer() {
        var group = group("Lobby group", site, house.lobby);
        var otto = operator("Otto", group.id());
        house.agreeing = false;

        var asked =
                done(house.access.changeGroup(officer, group.id(), with(house.lobby, house.dock)));

        assertThat(asked.group()).isEqualTo(group);
        assertThat(asked.holders()).contains(1L);
        assertThat(asked.waiting())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.group().cameras())
                                .containsExactlyInAnyOrder(house.lobby, house.dock));
        assertThat(sees(otto, house.dock)).isFalse();

        var agreed = done(agree());

        assertThat(agreed.told()).isEqualTo("group Lobby group, in Depot: 1 in (Dock)");
        assertThat(agreed.gain())
                .contains(
                        new Gain.GroupChanged(
                                house.register.group(group.id()).orElseThrow(),
                                group,
                                List.of(new Gain.Place(site, "Depot"))));
        assertThat(agreed.concerned()).isEmpty();
        assertThat(sees(otto, house.dock)).isTrue();
        assertThat(house.entries(20).stream().map(entry -> entry.action() + " " + entry.object()))
                .containsSubsequence(
                        "look.live-opened camera/" + house.dock,
                        "group.changed group/" + group.id(),
                        "approval.given ");
        assertThat(done(house.access.groups(officer)).getFirst().waiting()).isEmpty();
    }

    @Test
    void a_camera_that_goes_out_of_a_group_is_lost_at_once() {
        var group = group("Both", site, house.lobby, house.dock);
        var otto = operator("Otto", group.id());
        house.agreeing = false;
        if (!(live(otto, house.dock) instanceof LookDecision.Granted(var grant))) {
            throw new AssertionError("Not granted");
        }

        var changed = done(house.access.changeGroup(officer, group.id(), with(house.lobby)));

        assertThat(changed.waiting()).isEmpty();
        assertThat(grant.endedBy()).contains(Reason.CAMERA_NOT_GIVEN);
        assertThat(sees(otto, house.lobby)).isTrue();
        assertThat(house.entries(5))
                .anySatisfy(entry ->
                        assertThat(entry.text()).isEqualTo("group Both, in Depot: 1 out (Dock)"));
    }

    @Test
    void an_administrator_arranges_what_nobody_has_a_role_on_and_no_more() {
        var group = group("Lobby group", site, house.lobby);
        operator("Otto", group.id());
        house.agreeing = false;

        assertThat(
                        faults(
                                house.access.changeGroup(
                                        admin, group.id(), with(house.lobby, house.dock))))
                .containsExactly("group group.held");
        assertThat(faults(house.access.changeGroup(admin, group.id(), with())))
                .containsExactly("group group.held");
        assertThat(done(house.access.changeGroup(admin, group.id(), called("Hall"))).group())
                .returns("Hall", Group::name)
                .returns(Set.of(house.lobby), Group::cameras);
        var free = group("Free", site, house.dock);
        assertThat(done(house.access.changeGroup(admin, free.id(), with())).group().cameras())
                .isEmpty();
        assertThat(faults(house.access.addGroup(admin, called("Nowhere"))))
                .containsExactly("parent form.required");
    }

    @Test
    void whoever_watches_arranges_nothing_and_unknown_groups_are_unknown() {
        var group = group("Lobby group", site, house.lobby);
        var otto = operator("Otto", group.id());

        assertThat(refused(house.access.addGroup(otto.session(), called("Mine"))))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.changeGroup(otto.session(), group.id(), with())))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.removeGroup(otto.session(), group.id())))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.changeGroup(admin, UUID.randomUUID(), with())))
                .isEqualTo(Reason.GROUP_UNKNOWN);
        assertThat(refused(house.access.removeGroup(officer, UUID.randomUUID())))
                .isEqualTo(Reason.GROUP_UNKNOWN);
        var nowhere = new NewPerson("Nina", "operator", on(UUID.randomUUID()), "a test");
        assertThat(faults(house.access.invite(officer, nowhere)))
                .containsExactly("cameras form.unknown");
    }

    @Test
    void a_role_that_waits_for_a_second_officer_is_asked_for_on_the_group_as_it_is() {
        var group = group("Lobby group", site, house.lobby);
        house.agreeing = false;
        done(
                house.access.invite(
                        officer, new NewPerson("Otto", "operator", on(group.id()), "a test")));

        assertThat(
                        faults(
                                house.access.changeGroup(
                                        admin, group.id(), with(house.lobby, house.dock))))
                .as("or the second officer would agree to another group than the first has seen")
                .containsExactly("group group.held");
        assertThat(faults(house.access.removeGroup(admin, group.id())))
                .containsExactly("group group.in-use");
        assertThat(waiting().told())
                .startsWith("Otto: operator, groups Lobby group, to be confirmed by");
        assertThat(waiting().gain())
                .hasValueSatisfying(gain ->
                        assertThat(gain)
                                .extracting("places")
                                .isEqualTo(List.of(new Gain.Place(group.id(), "Lobby group"))));
    }

    @Test
    void what_somebody_changed_since_it_was_asked_is_asked_anew() {
        var outer = group("Outer", site);
        var inner = group("Inner", site, house.lobby);
        operator("Otto", outer.id());
        house.agreeing = false;
        done(house.access.changeGroup(officer, inner.id(), into(outer.id())));

        // Nobody has anything on it yet, so an administrator may.
        done(house.access.changeGroup(admin, inner.id(), with(house.lobby, house.dock)));

        assertThat(faults(agree())).containsExactly("yes approval.overtaken");
        assertThat(house.register.group(inner.id()).orElseThrow().outermost()).isTrue();
        done(house.access.deny(house.deputy().session(), waiting().id()));
    }

    @Test
    void a_group_that_comes_into_one_with_roles_on_it_takes_its_cameras_along() {
        var outer = group("Outer", site, house.lobby);
        var inner = group("Inner", site, house.dock);
        var otto = operator("Otto", outer.id());
        house.agreeing = false;

        done(house.access.changeGroup(officer, inner.id(), into(outer.id())));
        assertThat(sees(otto, house.dock)).isFalse();
        assertThat(done(agree()).told()).isEqualTo("group Inner, in Outer: before in Depot");
        assertThat(sees(otto, house.dock)).isTrue();

        var out = done(house.access.changeGroup(officer, inner.id(), into(site)));
        assertThat(out.waiting()).isEmpty();
        assertThat(sees(otto, house.dock)).isFalse();
    }

    @Test
    void a_group_is_removed_when_nothing_hangs_on_it_and_its_cameras_stay() {
        var outer = group("Outer", site, house.lobby);
        var inner = group("Inner", outer.id(), house.dock);
        var otto = operator("Otto", outer.id());

        assertThat(faults(house.access.removeGroup(officer, outer.id())))
                .containsExactly("group group.not-empty", "group group.in-use");
        assertThat(faults(house.access.removeGroup(admin, inner.id())))
                .as("Otto would lose the dock by it")
                .containsExactly("group group.held");
        done(house.access.removeGroup(officer, inner.id()));
        assertThat(sees(otto, house.dock)).isFalse();

        var held =
                done(house.access.people(officer)).stream()
                        .filter(person -> person.id().equals(otto.id()))
                        .findFirst()
                        .orElseThrow()
                        .roles()
                        .getFirst();
        done(house.access.endRole(officer, otto.id(), held.id()));
        done(house.access.removeGroup(admin, outer.id()));

        assertThat(done(house.access.groups(admin))).isEmpty();
        assertThat(house.register.cameras()).hasSize(2);
        assertThat(house.entries(1).getFirst().text()).isEqualTo("group Outer, in Depot: removed");
    }

    @Test
    void whoever_watches_knows_of_the_groups_that_their_cameras_lie_in() {
        var outer = group("Outer", site);
        var mine = group("Mine", outer.id(), house.lobby, house.dock);
        group("Theirs", site, house.dock);
        group("Empty", site);
        var otto = house.invited(officer, "Otto", Template.OPERATOR, house.only(house.lobby));

        var known = done(house.access.groups(otto.session()));

        assertThat(known).extracting(one -> one.group().name()).containsExactly("Mine", "Outer");
        assertThat(known.getFirst().group())
                .returns(mine.id(), Group::id)
                .returns(Set.of(house.lobby), Group::cameras);
        assertThat(known).extracting(KnownGroup::holders).containsOnly(Optional.empty());
        assertThat(done(house.access.groups(officer))).hasSize(4);
    }

    @Test
    void somebodys_cameras_are_changed_to_a_group_by_two_and_to_some_of_it_by_one() {
        var group = group("Lobby group", site, house.lobby);
        var otto = house.invited(officer, "Otto", Template.OPERATOR, house.only(house.lobby));
        house.agreeing = false;
        var held = heldBy(otto);

        var asked = done(house.access.changeCameras(officer, otto.id(), held.id(), on(group.id())));
        assertThat(asked.waiting())
                .as("what comes into the group later is theirs too")
                .singleElement()
                .satisfies(one ->
                        assertThat(one.on())
                                .isEqualTo(new Scope.Groups(Set.of(new GroupId(group.id())))));
        done(agree());
        assertThat(heldBy(otto).on()).isInstanceOf(Scope.Groups.class);

        var fewer =
                done(
                        house.access.changeCameras(
                                officer, otto.id(), heldBy(otto).id(), house.only(house.lobby)));
        assertThat(fewer.waiting()).isEmpty();
        assertThat(heldBy(otto).on()).isEqualTo(new Scope.Cameras(Set.of(house.lobby)));
    }

    private Held heldBy(Somebody person) {
        return done(house.access.people(officer)).stream()
                .filter(one -> one.id().equals(person.id()))
                .findFirst()
                .orElseThrow()
                .roles()
                .getFirst();
    }

    @Test
    void what_can_this_person_see_is_answered_by_groups_too() {
        var group = group("Lobby group", site, house.lobby);
        var otto = operator("Otto", group.id());

        assertThat(done(house.access.sightsAt(officer, house.lobby, house.clock.instant())))
                .extracting(Sight::name)
                .containsExactly("Otto");
        assertThat(done(house.access.sightsOf(officer, otto.id(), house.clock.instant())))
                .filteredOn(sight -> sight.camera().equals(house.dock))
                .singleElement()
                .returns(List.of(Reason.CAMERA_NOT_GIVEN), Sight::live);
    }

    @Test
    void nothing_is_arranged_while_the_database_does_not_answer() {
        var group = group("Lobby group", site, house.lobby);

        house.line.turnOff();

        assertThat(refused(house.access.changeGroup(admin, group.id(), with())))
                .isEqualTo(Reason.DATABASE_UNAVAILABLE);
        assertThat(camerasOf(group)).containsExactly(house.lobby);
    }
}
