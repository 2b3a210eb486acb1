package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.custodes.access.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Groups of cameras at the door: how they travel, and who is told what of them.
@ExtendWith(House.Door.class)
class GroupsTest {
    private static final String GROUPS = "/api/v1/groups";
    private static int made;

    private final House house;
    private final Client admin;
    private final Client officer;
    private final String lobby;

    GroupsTest(House house) {
        this.house = house;
        this.admin = house.as(Template.SYSTEM_ADMINISTRATOR);
        this.officer = house.as(Template.SECURITY_OFFICER);
        this.lobby = house.camera.id().toString();
    }

    private String site() {
        return admin.get("/api/v1/sites").json().at("/items/0/id").asString();
    }

    private String camera() {
        made++;
        return house.addCamera("In a group " + made, "rtsp://127.0.0.1:9/group/" + made)
                .id()
                .toString();
    }

    private JsonNode group(String name, String... cameras) {
        var answer =
                admin.post(
                        GROUPS,
                        "{\"name\":\"%s %d\",\"parent\":\"%s\"}".formatted(name, ++made, site()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return changed(admin, answer.json().path("id").asString(), cameras).json();
    }

    private static Client.Answer changed(Client by, String group, String... cameras) {
        return by.send(
                "PATCH",
                GROUPS + "/" + group,
                "{\"cameras\":[%s]}"
                        .formatted(
                                String.join(
                                        ",",
                                        List.of(cameras).stream()
                                                .map("\"%s\""::formatted)
                                                .toList())));
    }

    private static List<String> ids(JsonNode cameras) {
        var ids = new ArrayList<String>();
        cameras.forEach(one -> ids.add(one.asString()));
        return ids;
    }

    private static JsonNode found(Client by, String id) {
        for (var one : by.get(GROUPS).json().path("items")) {
            if (one.path("id").asString().equals(id)) {
                return one;
            }
        }
        throw new AssertionError("They are not told of the group " + id);
    }

    @Test
    void a_group_travels_with_its_place_its_cameras_and_how_many_roles_are_on_it() {
        var group = group("Entrance", lobby);

        assertThat(group.path("parent").asString()).isEqualTo(site());
        assertThat(group.path("site").asString()).isEqualTo(site());
        assertThat(ids(group.path("cameras"))).containsExactly(lobby);
        assertThat(group.path("holders").asLong()).isZero();
        assertThat(group.path("waiting").isEmpty()).isTrue();
        assertThat(found(officer, group.path("id").asString())).isEqualTo(group);
    }

    @Test
    void a_role_on_a_group_is_given_and_told_by_the_groups_id() {
        var group = group("Entrance", lobby).path("id").asString();
        var otto = house.newcomers().inGroup("Otto of a group", group);
        var id = otto.get("/api/v1/me").json().at("/person/id").asString();

        assertThat(otto.get("/api/v1/cameras").json().path("items")).hasSize(1);
        for (var person : officer.get("/api/v1/people").json().path("items")) {
            if (person.path("id").asString().equals(id)) {
                assertThat(person.at("/roles/0/cameras").toString())
                        .isEqualTo("{\"groups\":[\"%s\"]}".formatted(group));
            }
        }
        assertThat(found(admin, group).path("holders").asLong()).isEqualTo(1);
    }

    @Test
    void whoever_watches_is_told_of_their_own_cameras_groups_and_of_nobodys_roles() {
        var foreign = camera();
        var mine = group("Mine", lobby, foreign).path("id").asString();
        var theirs = group("Theirs", foreign).path("id").asString();
        var otto = house.newcomers().with(Template.OPERATOR, "Otto of one camera", lobby);

        var told = found(otto, mine);

        assertThat(ids(told.path("cameras"))).containsExactly(lobby);
        assertThat(told.has("holders")).isFalse();
        assertThat(otto.get(GROUPS).text()).doesNotContain(theirs);
    }

    @Test
    void what_changes_somebodys_rights_is_no_administrators_to_do_and_waits_for_two_officers() {
        var more = camera();
        var group = group("Held", lobby).path("id").asString();
        var otto = house.newcomers().inGroup("Otto of a held group", group);

        var refused = changed(admin, group, lobby, more);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/faults/0/key").asString()).isEqualTo("group.held");

        var asked = changed(officer, group, lobby, more);
        assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
        assertThat(ids(asked.json().path("cameras"))).containsExactly(lobby);
        assertThat(ids(asked.json().at("/waiting/0/cameras"))).contains(more);
        assertThat(otto.get("/api/v1/cameras").json().path("items")).hasSize(1);
        house.agree();
        assertThat(otto.get("/api/v1/cameras").json().path("items")).hasSize(2);

        assertThat(changed(officer, group).status()).isEqualTo(200);
        assertThat(otto.get("/api/v1/cameras").json().path("items")).isEmpty();
        assertThat(officer.delete(GROUPS + "/" + group).json().at("/faults/0/key").asString())
                .isEqualTo("group.in-use");
    }

    @Test
    void a_choice_of_cameras_is_all_groups_or_ids_and_nothing_else() {
        for (var choice :
                List.of(
                        "{\"groups\":\"all\"}",
                        "{\"groups\":[],\"more\":1}",
                        "{\"all\":true}",
                        "\"none\"",
                        "{\"groups\":[1]}")) {
            var answer =
                    officer.post(
                            "/api/v1/people",
                            "{\"name\":\"Nobody\",\"role\":\"operator\",\"cameras\":%s,\"reason\":\"a test\"}"
                                    .formatted(choice));
            assertThat(answer.status()).as(choice).isEqualTo(400);
            assertThat(answer.json().at("/faults/0/key").asString()).isEqualTo("form.wrong-type");
            assertThat(answer.json().at("/faults/0/field").asString()).startsWith("cameras");
        }
    }
}
