package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.custodes.access.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An operator whose role shows one hour asks to see more, and a supervisor answers.
@ExtendWith(House.Door.class)
class AskForMoreTest {
    private final House house;

    AskForMoreTest(House house) {
        this.house = house;
    }

    private Client narrowed(String name) {
        var role =
                house.as(Template.SECURITY_OFFICER)
                        .post(
                                "/api/v1/roles",
                                "{\"name\":\"%s\",\"template\":\"operator\",\"oldestHours\":1}"
                                        .formatted(name));
        assertThat(role.status()).as(role.toString()).isEqualTo(201);
        return house.newcomers().with(role.json().path("id").asString(), name + " person");
    }

    private String wanted(Instant from, Instant to) {
        return "{\"camera\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"purpose\":\"incident\",\"reason\":\"A bicycle was taken\"}"
                .formatted(house.camera.id(), from, to);
    }

    private String playback(int channel, String approval) {
        return "{\"type\":\"playback\",\"channel\":%d,\"camera\":\"%s\",\"stream\":\"record\"%s}"
                .formatted(channel, house.camera.id(), approval);
    }

    private static String approval(String id) {
        return ",\"approval\":\"%s\"".formatted(id);
    }

    private static String play(int channel, Instant from) {
        return "{\"type\":\"play\",\"channel\":%d,\"seq\":1,\"from\":\"%s\",\"direction\":1,\"frames\":\"all\",\"credit\":1000000}"
                .formatted(channel, from);
    }

    private static String back(int channel, Instant from) {
        return "{\"type\":\"play\",\"channel\":%d,\"seq\":2,\"from\":\"%s\",\"direction\":-1,\"frames\":\"all\",\"credit\":1000000}"
                .formatted(channel, from);
    }

    private Instant recorded() {
        var start = house.nextQuietMoment();
        house.footage().record(start, 12, 500);
        return start;
    }

    @Test
    void what_was_approved_is_shown_from_its_first_to_its_last_moment_once() {
        var start = recorded();
        var operator = narrowed("shown once");
        var supervisor = house.as(Template.SUPERVISOR);
        try (var guard = Viewer.opened(operator);
                var desk = Viewer.opened(supervisor)) {
            guard.say(playback(1, ""));
            var _ = guard.text("channel");
            guard.say(play(1, start));
            var gap = guard.textAmong("gap");
            assertThat(gap.path("cause").asString()).isEqualTo("too-old");
            assertThat(gap.path("askable").asBoolean()).isTrue();

            var asked =
                    operator.post(
                            "/api/v1/approvals",
                            wanted(start.plusSeconds(1), start.plusSeconds(2)));
            assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
            var id = asked.json().path("id").asString();
            var _ = desk.textAmong("approvals");
            assertThat(waiting(supervisor, id)).isTrue();
            var yes =
                    supervisor.post(
                            "/api/v1/approvals/" + id + "/yes",
                            "{\"proof\":{\"way\":\"nothing\"}}");
            assertThat(yes.json().path("state").asString())
                    .as(yes.toString())
                    .isEqualTo("approved");
            var _ = guard.textAmong("approvals");

            guard.say(playback(2, approval(id)));
            var _ = guard.textAmong("channel");
            guard.say(play(2, start));
            for (var number = 4; number < 8; number++) {
                var frame = guard.frame();
                assertThat(frame.number()).isEqualTo(number);
                assertThat(frame.shown()).isTrue();
            }
            var _ = guard.textAmong("end");
            guard.say(back(2, start.plusMillis(1_700)));
            assertThat(guard.frame().shown()).isTrue();
            var _ = guard.textAmong("end");

            guard.say(playback(3, approval(id)));
            assertThat(guard.textAmong("closed").at("/problem/key").asString())
                    .isEqualTo("problem.approval-over");
        }
    }

    private boolean waiting(Client client, String id) {
        for (var one : client.get("/api/v1/approvals").json().path("items")) {
            if (one.path("id").asString().equals(id)) {
                return one.path("mayAnswer").asBoolean();
            }
        }
        return false;
    }

    @Test
    void a_stolen_approval_and_one_that_never_was_are_refused_alike() {
        var start = recorded();
        var operator = narrowed("stolen from");
        var thief = narrowed("thief");
        var id =
                operator.post("/api/v1/approvals", wanted(start, start.plusSeconds(2)))
                        .json()
                        .path("id")
                        .asString();
        house.as(Template.SUPERVISOR)
                .post("/api/v1/approvals/" + id + "/yes", "{\"proof\":{\"way\":\"nothing\"}}");

        try (var viewer = Viewer.opened(thief)) {
            viewer.say(playback(1, approval(id)));
            var stolen = viewer.textAmong("closed");
            viewer.say(playback(1, approval(UUID.randomUUID().toString())));
            var absent = viewer.textAmong("closed");

            assertThat(stolen).isEqualTo(absent);
            assertThat(stolen.at("/problem/key").asString()).isEqualTo("problem.not-found");
        }
        var foreign =
                thief.post("/api/v1/approvals/" + id + "/yes", "{\"proof\":{\"way\":\"nothing\"}}");
        var unknown =
                thief.post(
                        "/api/v1/approvals/" + UUID.randomUUID() + "/yes",
                        "{\"proof\":{\"way\":\"nothing\"}}");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.json()).isEqualTo(unknown.json());
        assertThat(thief.delete("/api/v1/approvals/" + id).status()).isEqualTo(404);
    }

    @Test
    void what_is_over_is_told_so() {
        var start = recorded();
        var operator = narrowed("changes their mind");
        var id =
                operator.post("/api/v1/approvals", wanted(start, start.plusSeconds(2)))
                        .json()
                        .path("id")
                        .asString();

        assertThat(operator.delete("/api/v1/approvals/" + id).status()).isEqualTo(200);

        var late =
                house.as(Template.SUPERVISOR)
                        .post(
                                "/api/v1/approvals/" + id + "/yes",
                                "{\"proof\":{\"way\":\"nothing\"}}");
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.key()).isEqualTo("problem.approval-over");
    }

    @Test
    void a_camera_with_footage_is_removed_by_a_supervisors_yes_once() {
        var camera = house.addCamera("Removed with a yes", "rtsp://127.0.0.1:9/removed");
        house.footage(camera.id()).record(house.nextQuietMoment(), 4, 500);
        var path = "/api/v1/cameras/" + camera.id();
        var administrator = house.as(Template.SYSTEM_ADMINISTRATOR);

        var alone = administrator.delete(path);
        assertThat(alone.status()).isEqualTo(403);
        assertThat(alone.key()).isEqualTo("problem.approval-needed");
        var id =
                administrator
                        .post(path + "/removal", "{\"reason\":\"It is broken\"}")
                        .json()
                        .path("id")
                        .asString();
        var early = administrator.delete(path + "?approval=" + id);
        assertThat(early.key()).isEqualTo("problem.approval-over");
        var yes =
                house.as(Template.SUPERVISOR)
                        .post(
                                "/api/v1/approvals/" + id + "/yes",
                                "{\"proof\":{\"way\":\"nothing\"}}");
        assertThat(yes.json().path("state").asString()).as(yes.toString()).isEqualTo("approved");
        var other = house.addCamera("Kept", "rtsp://127.0.0.1:9/kept");
        house.footage(other.id()).record(house.nextQuietMoment(), 4, 500);
        assertThat(
                        administrator
                                .delete("/api/v1/cameras/" + other.id() + "?approval=" + id)
                                .status())
                .isEqualTo(404);

        assertThat(administrator.delete(path + "?approval=" + id).status()).isEqualTo(204);
        assertThat(administrator.delete(path + "?approval=" + id).status()).isEqualTo(404);
    }

    @Test
    void a_yes_needs_a_proof_and_says_what_is_missing() {
        var start = recorded();
        var id =
                narrowed("asks in vain")
                        .post("/api/v1/approvals", wanted(start, start.plusSeconds(2)))
                        .json()
                        .path("id")
                        .asString();
        var supervisor = house.as(Template.SUPERVISOR);
        var path = "/api/v1/approvals/" + id;

        var nothing = supervisor.post(path + "/yes", "{}");
        assertThat(nothing.status()).isEqualTo(400);
        assertThat(nothing.json().at("/faults/0/key").asString()).isEqualTo("form.required");
        var noCode = supervisor.post(path + "/yes", "{\"proof\":{\"way\":\"code\"}}");
        assertThat(noCode.json().at("/faults/0/field").asString()).isEqualTo("code");
        var wrong =
                supervisor.post(
                        path + "/yes", "{\"proof\":{\"way\":\"code\",\"code\":\"123456\"}}");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(waiting(supervisor, id)).isTrue();
        assertThat(supervisor.post(path + "/proof", "").json().at("/ways/0").asString())
                .isEqualTo("nothing");
    }
}
