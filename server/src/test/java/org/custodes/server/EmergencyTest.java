package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.custodes.access.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Somebody takes, with a passkey, what was given to them for emergencies, and others look at it afterwards.
@ExtendWith(House.Door.class)
class EmergencyTest {
    private static final String OWN = "/api/v1/me/emergency";
    private static final String ALL = "/api/v1/emergencies";

    private final House house;

    EmergencyTest(House house) {
        this.house = house;
    }

    private String live(int channel) {
        return "{\"type\":\"live\",\"channel\":%d,\"camera\":\"%s\",\"stream\":\"record\"}"
                .formatted(channel, house.camera.id());
    }

    private JsonNode seenBy(Template reviewer, String id) {
        for (var one : house.as(reviewer).get(ALL).json().path("items")) {
            if (one.path("id").asString().equals(id)) {
                return one;
            }
        }
        throw new AssertionError(reviewer + " does not see " + id);
    }

    private static String review(String note) {
        return "{\"note\":\"%s\"}".formatted(note);
    }

    @Test
    void what_is_taken_shows_pictures_and_is_told_to_whoever_oversees_in_their_open_tabs() {
        var taker = Taker.of(house, "is told of");
        try (var guard = Viewer.opened(taker.browser());
                var desk = Viewer.opened(house.as(Template.DATA_PROTECTION_OFFICER))) {
            guard.say(live(1));
            assertThat(guard.textAmong("closed").at("/problem/key").asString())
                    .isEqualTo("problem.right-missing");
            assertThat(taker.browser().get("/api/v1/cameras").status()).isEqualTo(403);

            var taken = taker.takes(Taker.REASON);

            assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
            var _ = desk.textAmong("emergencies");
            var id = taken.json().path("id").asString();
            guard.say(live(2));
            assertThat(guard.textAmong("channel").path("mode").asString()).isEqualTo("live");
            house.footage().record(house.clock.instant(), 4, 500);
            assertThat(guard.frame().channel()).isEqualTo(2);
            var told = seenBy(Template.DATA_PROTECTION_OFFICER, id);
            assertThat(told.at("/by/name").asString()).isEqualTo("is told of");
            assertThat(told.path("reason").asString()).isEqualTo(Taker.REASON);
            assertThat(told.path("cameras").asString()).isEqualTo("all");
            assertThat(told.at("/looked/0/camera").asString())
                    .isEqualTo(house.camera.id().toString());
            assertThat(told.path("mayReview").asBoolean()).isFalse();
            assertThat(taker.browser().get(OWN).json().at("/running/id").asString()).isEqualTo(id);

            var begun = System.nanoTime();
            assertThat(taker.ends().status()).isEqualTo(200);
            assertThat(guard.textAmong("closed").at("/problem/key").asString())
                    .isEqualTo("problem.emergency-over");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(taker.ends().status()).isEqualTo(410);
        }
    }

    @Test
    void a_security_officer_ends_it_by_taking_the_role_back() {
        var taker = Taker.of(house, "is stopped");
        assertThat(taker.takes(Taker.REASON).status()).isEqualTo(201);
        var me = taker.browser().get("/api/v1/me").json().at("/person/id").asString();
        try (var guard = Viewer.opened(taker.browser())) {
            guard.say(live(1));
            var _ = guard.textAmong("channel");

            var officer = house.as(Template.SECURITY_OFFICER);
            assertThat(officer.delete(Newcomers.heldBy(officer, me)).status()).isEqualTo(200);

            assertThat(guard.textAmong("closed").at("/problem/key").asString())
                    .isEqualTo("problem.emergency-over");
        }
        assertThat(taker.browser().get(OWN).status()).isEqualTo(403);
    }

    @Test
    void it_is_taken_with_a_passkey_for_the_reason_that_it_signed_for_and_no_other_way() {
        var enrolled = house.newcomers().with(Template.EMERGENCY.code(), "has no passkey");
        var none = enrolled.post(OWN + "/proof", "{\"reason\":\"smoke in the lobby\"}");
        assertThat(none.status()).isEqualTo(403);
        assertThat(none.key()).isEqualTo("problem.passkey-needed");
        assertThat(none.json().path("next").asString()).contains("What is kept of you");

        var taker = Taker.of(house, "takes it with a passkey");
        var asked = taker.asks(Taker.REASON);
        assertThat(asked.json().path("ways")).hasSize(1);
        assertThat(asked.json().at("/ways/0").asString()).isEqualTo("passkey");
        var other = taker.takes("somebody is lying on the floor", asked);
        assertThat(other.key()).isEqualTo("problem.not-proved");
        var code =
                taker.browser()
                        .post(
                                OWN,
                                "{\"reason\":\"smoke in the lobby\",\"proof\":{\"way\":\"code\",\"code\":\"123456\"}}");
        assertThat(code.key()).isEqualTo("problem.passkey-needed");
        var tooShort = taker.asks("fire");
        assertThat(tooShort.status()).isEqualTo(400);
        assertThat(tooShort.json().at("/faults/0/key").asString()).isEqualTo("form.too-short");
        assertThat(taker.takes(Taker.REASON).status()).isEqualTo(201);
        assertThat(taker.takes(Taker.REASON).key()).isEqualTo("problem.emergency-runs");
    }

    @Test
    void what_is_over_is_reviewed_by_whoever_oversees_and_only_once() {
        var id = Taker.of(house, "is reviewed").over();
        var officer = house.as(Template.SECURITY_OFFICER);
        var path = ALL + "/" + id + "/review";

        assertThat(officer.post(path, review("ok")).json().at("/faults/0/key").asString())
                .isEqualTo("form.too-short");
        var reviewed =
                house.as(Template.DATA_PROTECTION_OFFICER)
                        .post(path, review("there was smoke, it was right"));

        assertThat(reviewed.status()).as(reviewed.toString()).isEqualTo(200);
        assertThat(seenBy(Template.AUDITOR, id).at("/review/note").asString())
                .isEqualTo("there was smoke, it was right");
        var late = officer.post(path, review("there was no smoke at all"));
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.key()).isEqualTo("problem.emergency-reviewed");
        var absent =
                officer.post(ALL + "/" + UUID.randomUUID() + "/review", review("nothing at all"));
        assertThat(absent.status()).isEqualTo(404);
    }
}
