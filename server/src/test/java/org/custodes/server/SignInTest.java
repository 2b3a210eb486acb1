package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.UUID;
import org.custodes.access.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Coming in, being somebody, going out; people and their cameras.
@ExtendWith(House.Door.class)
class SignInTest {
    private final House house;

    SignInTest(House house) {
        this.house = house;
    }

    @Test
    void whoever_asks_sees_where_they_are_signed_in_and_what_the_log_has_of_them_alone() {
        var browser = house.newcomers().operator("looks at themselves");
        var me = browser.get("/api/v1/me").json().at("/person/id").asString();

        var sessions = browser.get("/api/v1/me/sessions").json().path("items");
        var entries = browser.get("/api/v1/me/entries?limit=500").json().path("items");

        assertThat(sessions).hasSize(1);
        assertThat(sessions.get(0).path("current").asBoolean()).isTrue();
        assertThat(sessions.get(0).has("token")).isFalse();
        assertThat(entries)
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.path("person").asString()).isEqualTo(me));
        assertThat(entries.get(0).path("action").asString()).isEqualTo("audit.own-read");
        assertThat(browser.delete("/api/v1/me/sessions/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(browser.delete("/api/v1/me/sessions").json().path("ended").asInt()).isZero();
    }

    @Test
    void tells_who_i_am_and_what_i_may_do() {
        var me = house.as(Template.OPERATOR).get("/api/v1/me").json();

        assertThat(me.at("/person/roles/0/id").asString()).isEqualTo("operator");
        var rights = new ArrayList<String>();
        me.path("rights").forEach(right -> rights.add(right.asString()));
        assertThat(rights).contains("watch-live", "play-back").doesNotContain("manage-people");
        assertThat(me.path("demo").asBoolean()).isTrue();
        assertThat(me.has("endsAt")).isTrue();
    }

    @Test
    void gives_a_cookie_that_no_script_and_no_other_site_can_use() {
        var person = invited("cookie");

        var answer = accepted(person);

        assertThat(answer.header("Set-Cookie").orElseThrow())
                .startsWith("__Host-custodes=")
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Domain");
        assertThat(answer.text()).doesNotContain("token");
    }

    @Test
    void signs_out_for_good() {
        var browser = browserOf(accepted(invited("leaver")));

        var out = browser.post("/api/v1/sign-out", "");

        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void refuses_a_wrong_password_and_an_unknown_name_alike() {
        var wrong =
                house.client()
                        .post(
                                "/api/v1/sign-in",
                                "{\"name\":\"nobody\",\"password\":\"x\",\"code\":\"000000\"}");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.key()).isEqualTo("problem.bad-credentials");
        assertThat(wrong.json().path("next").asString()).isNotBlank();
    }

    @Test
    void an_invitation_is_good_once() {
        var token = invited("once");
        var _ = accepted(token);

        assertThat(look(token).key()).isEqualTo("problem.link-not-good");
    }

    @Test
    void removing_a_person_ends_their_session() {
        var officer = house.as(Template.SECURITY_OFFICER);
        var accepted = accepted(invited("gone soon"));
        var browser = browserOf(accepted);
        var id = accepted.json().at("/person/id").asString();

        assertThat(officer.delete("/api/v1/people/" + id).status()).isEqualTo(204);

        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void pairs_a_command_line_that_a_person_approves_in_the_browser() {
        var asked = house.client().post("/api/v1/pairings", "{\"device\":\"laptop\"}").json();
        var code = asked.path("code").asString();
        var claim = "{\"secret\":\"%s\"}".formatted(asked.path("secret").asString());
        var path = "/api/v1/pairings/" + code;

        assertThat(asked.path("approveAt").asString())
                .isEqualTo(house.server.address() + "pair/" + code);
        assertThat(house.client().post(path + "/claim", claim).status()).isEqualTo(202);
        assertThat(
                        house.as(Template.SYSTEM_ADMINISTRATOR)
                                .get(path)
                                .json()
                                .path("device")
                                .asString())
                .isEqualTo("laptop");
        assertThat(house.as(Template.SYSTEM_ADMINISTRATOR).post(path + "/approve", "").status())
                .isEqualTo(204);
        var claimed = house.client().post(path + "/claim", claim).json();
        var token = claimed.path("token").asString();

        assertThat(claimed.at("/person/roles/0/id").asString()).isEqualTo("system-administrator");
        assertThat(house.client().withBearer(token).get("/api/v1/me").status()).isEqualTo(200);
        assertThat(house.client().withCookie(token).get("/api/v1/me").status()).isEqualTo(401);
        assertThat(house.client().post(path + "/claim", claim).key())
                .isEqualTo("problem.pairing-unknown");
    }

    @Test
    void a_command_line_changes_things_without_an_origin() {
        var asked = house.client().post("/api/v1/pairings", "{\"device\":\"laptop\"}").json();
        var path = "/api/v1/pairings/" + asked.path("code").asString();
        var _ = house.as(Template.OPERATOR).post(path + "/approve", "");
        var claim = "{\"secret\":\"%s\"}".formatted(asked.path("secret").asString());
        var token = house.client().post(path + "/claim", claim).json().path("token").asString();
        var commandLine = house.client().withBearer(token);

        assertThat(commandLine.send(commandLine.bare("POST", "/api/v1/sign-out")).status())
                .isEqualTo(204);
    }

    private Client.Answer look(String token) {
        return house.newcomers().look(token);
    }

    private String invited(String name) {
        return house.newcomers().invited(name);
    }

    private Client.Answer accepted(String token) {
        return house.newcomers().accepted(token);
    }

    private Client browserOf(Client.Answer entered) {
        return house.newcomers().browserOf(entered);
    }
}
