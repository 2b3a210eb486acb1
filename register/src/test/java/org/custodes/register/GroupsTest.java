package org.custodes.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.register.RegisterHouse.camera;
import static org.custodes.register.RegisterHouse.done;
import static org.custodes.register.RegisterHouse.faults;
import static org.custodes.register.RegisterHouse.fits;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.CameraId;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Groups of cameras, one in another, each at one site.
class GroupsTest {
    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private RegisterHouse house;
    private Register register;
    private Camera lobby;
    private Camera vault;

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
        house = new RegisterHouse(folder, database);
        register = house.register;
        lobby = house.added(camera("Lobby", "rtsp://192.0.2.10/1"));
        vault = house.added(camera("Vault", "rtsp://192.0.2.11/1"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Group group(String name, UUID parent) {
        var form = GroupForm.empty(name, parent.toString());
        return done(register.addGroup(fits(register.checkNewGroup(form)), house.receipt()));
    }

    private Group changed(Group group, GroupForm form) {
        return done(
                register.changeGroup(fits(register.checkGroup(group.id(), form)), house.receipt()));
    }

    private static GroupForm with(Camera... cameras) {
        return new GroupForm(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Stream.of(cameras).map(one -> one.id().toString()).toList()));
    }

    private static GroupForm into(UUID parent) {
        return new GroupForm(Optional.empty(), Optional.of(parent.toString()), Optional.empty());
    }

    private static List<String> keys(List<Fault> faults) {
        return faults.stream().map(fault -> fault.field() + " " + fault.key()).toList();
    }

    /// Why a change did not fit any more.
    private static List<Fault> against(Changed<Group> changed) {
        return changed instanceof Changed.Faulty<Group>(var faults) ? faults : List.of();
    }

    @Test
    void a_group_comes_back_after_a_restart_with_its_place_and_its_cameras() {
        var ground = group("  Ground floor ", house.site.id());
        var entrance = changed(group("Entrance", ground.id()), with(lobby, vault));

        try (var again = house.open(database)) {
            assertThat(again.groups()).containsExactly(entrance, ground);
        }
        assertThat(ground.name()).isEqualTo("Ground floor");
        assertThat(ground.outermost()).isTrue();
        assertThat(entrance.parent()).isEqualTo(ground.id());
        assertThat(entrance.site()).isEqualTo(house.site.id());
        assertThat(entrance.cameras()).containsExactlyInAnyOrder(lobby.id(), vault.id());
        assertThat(register.groupsWithin(ground.id())).containsExactly(ground, entrance);
    }

    @Test
    void a_start_without_the_database_knows_the_groups() {
        var group = changed(group("Entrance", house.site.id()), with(lobby));

        try (var line = new DatabaseSwitch(database);
                var unreached = line.database();
                var again = house.open(unreached)) {
            assertThat(again.fromSnapshot()).isTrue();
            assertThat(again.groups()).containsExactly(group);
            var form = GroupForm.empty("Another", house.site.id().toString());
            assertThat(again.addGroup(fits(again.checkNewGroup(form)), house.receipt()))
                    .isInstanceOf(Changed.Unavailable.class);
        }
    }

    @Test
    void what_a_change_leaves_out_stays() {
        var group = changed(group("Entrance", house.site.id()), with(lobby));

        var renamed =
                changed(
                        group,
                        new GroupForm(Optional.of("Door"), Optional.empty(), Optional.empty()));

        assertThat(renamed.cameras()).containsExactly(lobby.id());
        assertThat(changed(renamed, with()).cameras()).isEmpty();
        assertThat(register.group(group.id()).orElseThrow().name()).isEqualTo("Door");
    }

    @Test
    void a_camera_lies_in_as_many_groups_of_its_site_as_one_likes_and_in_none_of_another() {
        var one = changed(group("One", house.site.id()), with(lobby));
        var other = changed(group("Other", house.site.id()), with(lobby));
        assertThat(Stream.of(one, other).flatMap(group -> group.cameras().stream()))
                .containsExactly(lobby.id(), lobby.id());

        var form = new SiteForm("Yard", "Europe/Helsinki", "FI", "Example Oy");
        var yard = done(register.saveSite(fits(register.checkNewSite(form)), house.receipt()));
        var abroad = group("Abroad", yard.id());

        assertThat(keys(faults(register.checkGroup(abroad.id(), with(lobby)))))
                .containsExactly("cameras group.camera");
        assertThat(keys(faults(register.checkGroup(one.id(), into(abroad.id())))))
                .containsExactly("parent group.other-site");
        // Whatever a check let through, the table would not.
        var foreign = new Group(abroad.id(), yard.id(), yard.id(), "Abroad", Set.of(lobby.id()));
        assertThatThrownBy(() -> register.changeGroup(new Draft<>(foreign), house.receipt()))
                .isInstanceOf(JdbiException.class);
        assertThat(register.group(abroad.id()).orElseThrow().cameras()).isEmpty();
    }

    @Test
    void a_name_is_one_groups_within_its_place() {
        var ground = group("Ground floor", house.site.id());
        group("Entrance", ground.id());
        group("Entrance", house.site.id());

        assertThat(
                        keys(
                                faults(
                                        register.checkNewGroup(
                                                GroupForm.empty(
                                                        "ENTRANCE", ground.id().toString())))))
                .containsExactly("name group.taken");
        assertThat(
                        keys(
                                faults(
                                        register.checkNewGroup(
                                                GroupForm.empty(
                                                        "", UUID.randomUUID().toString())))))
                .containsExactly("parent form.unknown", "name form.required");
    }

    @Test
    void groups_lie_in_each_other_eight_deep_and_never_in_a_circle() {
        var path = new ArrayList<Group>();
        var place = house.site.id();
        for (var depth = 1; depth <= GroupForms.DEEPEST; depth++) {
            path.add(group("Depth " + depth, place));
            place = path.getLast().id();
        }
        var tooDeep = GroupForm.empty("Too deep", place.toString());
        assertThat(keys(faults(register.checkNewGroup(tooDeep))))
                .containsExactly("parent group.too-deep");

        var beside = group("Beside", house.site.id());
        assertThat(keys(faults(register.checkGroup(path.getFirst().id(), into(beside.id())))))
                .as("what lies in it counts too")
                .containsExactly("parent group.too-deep");
        for (var inner : List.of(path.getFirst(), path.get(1), path.getLast())) {
            assertThat(keys(faults(register.checkGroup(path.getFirst().id(), into(inner.id())))))
                    .containsExactly("parent group.circle");
        }
    }

    @Test
    void of_two_moves_that_would_make_a_circle_the_second_is_refused() {
        var one = group("One", house.site.id());
        var other = group("Other", house.site.id());
        var first = fits(register.checkGroup(one.id(), into(other.id())));
        var second = fits(register.checkGroup(other.id(), into(one.id())));

        done(register.changeGroup(first, house.receipt()));

        assertThat(keys(against(register.changeGroup(second, house.receipt()))))
                .containsExactly("parent group.circle");
        assertThat(register.group(other.id()).orElseThrow().outermost()).isTrue();
    }

    @Test
    void a_group_that_others_lie_in_is_not_removed_and_its_cameras_stay_when_it_is() {
        var outer = changed(group("Outer", house.site.id()), with(lobby));
        var inner = changed(group("Inner", outer.id()), with(vault));
        assertThat(keys(register.checkNoGroup(outer.id())))
                .containsExactly("group group.not-empty");
        assertThat(keys(against(register.removeGroup(outer.id(), house.receipt()))))
                .containsExactly("group group.not-empty");

        var late = fits(register.checkGroup(inner.id(), with(lobby)));
        done(register.removeGroup(inner.id(), house.receipt()));
        done(register.removeGroup(outer.id(), house.receipt()));

        assertThat(register.groups()).isEmpty();
        assertThat(register.cameras()).containsExactly(lobby, vault);
        assertThat(keys(register.checkNoGroup(inner.id()))).containsExactly("group form.unknown");
        assertThat(keys(against(register.changeGroup(late, house.receipt()))))
                .as("what was taken away does not come back by a late change")
                .containsExactly("group form.unknown");
        try (var again = house.open(database)) {
            assertThat(again.groups()).isEmpty();
        }
        assertThat(rows("removed_at is not null")).isEqualTo(2);
        group("Outer", house.site.id());
    }

    private static long rows(String which) {
        return Jdbi.create(database.dataSource())
                .withHandle(handle ->
                        handle.createQuery(
                                        "select count(*) from register.camera_group where " + which)
                                .mapTo(long.class)
                                .one());
    }

    @Test
    void a_camera_that_was_removed_stays_in_its_groups_for_its_footage() {
        var group = changed(group("Entrance", house.site.id()), with(lobby));

        done(register.removeCamera(lobby.id(), house.receipt()));

        assertThat(register.group(group.id()).orElseThrow().cameras()).containsExactly(lobby.id());
        assertThat(changed(group, with(lobby, vault)).cameras()).hasSize(2);
    }

    @Test
    void listeners_hear_that_cameras_lie_otherwise_and_each_row_says_by_which_entry() {
        var heard = new ArrayList<RegisterChange>();
        register.listen(heard::add);
        var form = GroupForm.empty("Entrance", house.site.id().toString());
        var receipt = house.receipt();

        done(register.addGroup(fits(register.checkNewGroup(form)), receipt));

        assertThat(heard).containsExactly(new RegisterChange.Regrouped());
        assertThat(rows("entry = " + receipt.index())).isEqualTo(1);
    }

    @Test
    void a_camera_that_is_not_there_is_named_once_for_all() {
        var group = group("Entrance", house.site.id());
        var form =
                new GroupForm(
                        Optional.of(" "),
                        Optional.of("nowhere"),
                        Optional.of(
                                List.of(
                                        lobby.id().toString(),
                                        new CameraId(UUID.randomUUID()).toString(),
                                        "not an id")));

        assertThat(keys(faults(register.checkGroup(group.id(), form))))
                .containsExactly(
                        "parent form.unknown", "name form.required", "cameras group.camera");
        assertThat(keys(faults(register.checkGroup(UUID.randomUUID(), with()))))
                .containsExactly("group form.unknown");
    }
}
