package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.custodes.access.Template;

/// People who are invited and come in, all through the API.
final class Newcomers {
    private final House house;

    Newcomers(House house) {
        this.house = house;
    }

    /// Invites an operator with no cameras and tells the token of the link.
    String invited(String name) {
        return invited(name, "[]");
    }

    private String invited(String name, String cameras) {
        return invited(name, "operator", cameras);
    }

    private String invited(String name, String role, String cameras) {
        var answer =
                house.as(Template.SECURITY_OFFICER)
                        .post(
                                "/api/v1/people",
                                "{\"name\":\"%s\",\"role\":\"%s\",\"cameras\":%s,\"reason\":\"a test\"}"
                                        .formatted(name, role, cameras));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        house.agree();
        var link = answer.json().path("link").asString();
        assertThat(link).startsWith(house.server.address() + "enrol#");
        return link.substring(link.indexOf('#') + 1);
    }

    /// The path of the first role that somebody has.
    static String heldBy(Client officer, String person) {
        for (var one : officer.get("/api/v1/people").json().path("items")) {
            if (one.path("id").asString().equals(person)) {
                return "/api/v1/people/%s/roles/%s"
                        .formatted(person, one.at("/roles/0/id").asString());
            }
        }
        throw new AssertionError("Nobody here has the id " + person);
    }

    Client.Answer look(String token) {
        return house.client()
                .post("/api/v1/enrolments/look", "{\"token\":\"%s\"}".formatted(token));
    }

    Client.Answer accepted(String token) {
        return accepted(token, house.client());
    }

    /// As above, in a browser in which somebody may be signed in.
    Client.Answer accepted(String token, Client browser) {
        return accepted(token, secretOf(token), browser);
    }

    private String secretOf(String token) {
        return look(token).json().path("totpSecret").asString();
    }

    /// The browser of whoever comes in by this link, with their authenticator at hand.
    private Client entered(String token) {
        var secret = secretOf(token);
        return browserOf(accepted(token, secret, house.client()))
                .provingBy(() -> Authenticator.code(secret, house.clock.instant()));
    }

    private Client.Answer accepted(String token, String secret, Client browser) {
        var answer =
                browser.post(
                        "/api/v1/enrolments/accept",
                        "{\"token\":\"%s\",\"password\":\"%s\",\"code\":\"%s\"}"
                                .formatted(
                                        token,
                                        "a long walk by the sea",
                                        Authenticator.code(secret, house.clock.instant())));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    Client browserOf(Client.Answer entered) {
        return house.client().withCookie(entered.cookie().orElseThrow());
    }

    /// Somebody with this role who was given this camera, in a browser.
    Client with(Template role, String name, String camera) {
        return entered(invited(name, role.code(), "[\"%s\"]".formatted(camera)));
    }

    /// An operator who was given what lies in this group, in a browser.
    Client inGroup(String name, String group) {
        return entered(invited(name, "{\"groups\":[\"%s\"]}".formatted(group)));
    }

    /// Somebody with this role, and all that comes with it, in a browser.
    Client somebody(Template role, String name) {
        var answer =
                house.as(Template.SECURITY_OFFICER)
                        .post(
                                "/api/v1/people",
                                "{\"name\":\"%s\",\"role\":\"%s\",\"cameras\":\"all\",\"until\":\"%s\",\"reason\":\"a test\"}"
                                        .formatted(
                                                name,
                                                role.code(),
                                                house.clock.instant().plus(Duration.ofDays(7))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        house.agree();
        var link = answer.json().path("link").asString();
        return entered(link.substring(link.indexOf('#') + 1));
    }

    /// An operator whose role was taken back, in the browser that they had open.
    Client roleless(String name) {
        var browser = operator(name);
        var id = browser.get("/api/v1/me").json().at("/person/id").asString();
        var officer = house.as(Template.SECURITY_OFFICER);
        assertThat(officer.delete(heldBy(officer, id)).status()).isEqualTo(200);
        return browser;
    }

    /// An operator who was given every camera, in a browser.
    Client operator(String name) {
        return entered(invited(name, "\"all\""));
    }

    /// Somebody with this role on every camera, in a browser.
    Client with(String role, String name) {
        return entered(invited(name, role, "\"all\""));
    }

    /// An operator who was given no camera, in a browser.
    Client operatorWithoutCameras(String name) {
        return entered(invited(name));
    }
}
