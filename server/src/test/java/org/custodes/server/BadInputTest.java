package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.custodes.access.Template;
import org.custodes.server.Client.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every route of the list, told everything that it should not be told: each answer is a refusal in
/// words, and none is ours to be ashamed of.
@ExtendWith(House.Door.class)
class BadInputTest {
    private static final String UNKNOWN_ID = "0b4c7c0e-1111-4222-8333-123456789abc";
    private static final Json JSON = new Json(8 << 20);

    /// Texts that may well be meant: whether they fit is the room's to say, and they do no harm.
    private static final List<String> ODD_TEXTS =
            List.of(
                    "../../../../etc/passwd",
                    "'; drop schema access cascade; --",
                    "\u202egnp.exe",
                    "<img src=x onerror=alert(1)>",
                    "=cmd|' /C calc'!A0");

    /// What fits no field.
    private static final Map<String, Object> VALUES =
            Map.of(
                    "10,000 characters",
                    "x".repeat(10_000),
                    "a number",
                    99_999_999_999L,
                    "a list",
                    List.of(1, List.of(2)),
                    "an object",
                    Map.of("a", Map.of("b", "c")),
                    "control characters",
                    "a\u0000\r\n\u001b[31mb",
                    "nothing",
                    "");

    private final House house;

    BadInputTest(House house) {
        this.house = house;
    }

    @Test
    void every_field_of_every_body_refuses_what_does_not_fit() {
        for (var route : bodies()) {
            for (var component : route.takes().type().getRecordComponents()) {
                VALUES.forEach((what, value) ->
                        refused(
                                send(route, JSON.text(Map.of(component.getName(), value))),
                                "%s %s with %s as %s"
                                        .formatted(
                                                route.method(),
                                                route.path(),
                                                what,
                                                component.getName())));
            }
        }
    }

    @Test
    void no_field_is_harmed_by_an_odd_text() {
        for (var route : bodies()) {
            for (var component : route.takes().type().getRecordComponents()) {
                for (var text : ODD_TEXTS) {
                    var answer = send(route, JSON.text(Map.of(component.getName(), text)));

                    assertThat(answer.status())
                            .as("%s %s: %s", route.path(), component.getName(), answer)
                            .isLessThan(500);
                }
            }
        }
    }

    @Test
    void every_body_refuses_what_is_no_form_of_ours() {
        var deep = "{\"a\":".repeat(500) + "1" + "}".repeat(500);
        for (var route : bodies()) {
            for (var body :
                    List.of(
                            "",
                            "null",
                            "[]",
                            "7",
                            "{",
                            "{}",
                            "{\"a\":1}",
                            "{\"token\":\"a\",\"token\":\"b\"}",
                            "<xml/>",
                            "{\"n\":" + "9".repeat(5_000) + "}",
                            deep)) {
                refused(
                        send(route, body),
                        route.method() + " " + route.path() + " with " + cut(body));
            }
        }
    }

    @Test
    void every_body_has_a_bound() {
        for (var route : bodies()) {
            var answer = send(route, "{\"name\":\"%s\"}".formatted("x".repeat(70_000)));

            assertThat(answer.status()).as(route.path()).isEqualTo(413);
        }
    }

    @Test
    void every_body_is_json_by_its_own_word() {
        for (var route : bodies()) {
            var client = clientFor(route);
            var request =
                    Client.withBody(
                                    client.request(route.method().name(), pathOf(route)),
                                    route.method().name(),
                                    "{}")
                            .header("Content-Type", "text/plain");

            assertThat(client.send(request).status()).as(route.path()).isEqualTo(415);
        }
    }

    @Test
    void every_query_refuses_what_does_not_fit() {
        for (var route : routes()) {
            if (!(route.takes() instanceof Route.Takes.Query<?>)) {
                continue;
            }
            var client = clientFor(route);
            for (var query :
                    List.of("unknown=1", "camera=x&camera=y", "limit=-1", "from=%00", "q=%0d%0a")) {
                refused(
                        client.send(
                                client.request(route.method().name(), pathOf(route) + "?" + query)),
                        route.method() + " " + route.path() + "?" + query);
            }
        }
    }

    @Test
    void every_id_that_names_nothing_is_not_found_however_it_is_written() {
        for (var route : routes()) {
            if (!route.path().contains("{id}")) {
                continue;
            }
            for (var id : List.of(UNKNOWN_ID, "1-1-1-1-1", "x", "%2e%2e", "0".repeat(2_000))) {
                var client = clientFor(route);
                var path = route.path().replace("{id}", id).replace("{role}", id);
                var answer = client.send(route.method().name(), path, wholeBody(route));

                assertThat(answer.status())
                        .as("%s %s: %s", route.method(), path, answer)
                        .isIn(400, 404);
                if (id.equals(UNKNOWN_ID)) {
                    assertThat(answer.key()).as(path).isEqualTo("problem.not-found");
                }
            }
        }
    }

    private static String wholeBody(Route<?> route) {
        return switch (route.path()) {
            case "/api/v1/sites/{id}" ->
                    "{\"name\":\"a\",\"zone\":\"UTC\",\"country\":\"FI\",\"controller\":\"b\"}";
            case "/api/v1/walls/{id}" ->
                    route.method().name().equals("PUT")
                            ? "{\"name\":\"a\",\"grid\":\"1\",\"tiles\":[null]}"
                            : "";
            case "/api/v1/cameras/{id}/certificate" ->
                    "{\"certificate\":\"%s\"}".formatted("ab".repeat(32));
            case "/api/v1/cameras/{id}/plain-exception" ->
                    "{\"until\":\"2030-01-01T00:00:00Z\",\"reason\":\"why\"}";
            case "/api/v1/alarms/{id}/acknowledge" -> "{\"note\":\"seen\"}";
            case "/api/v1/people/{id}/roles/{role}/cameras" -> "{\"cameras\":\"all\"}";
            case "/api/v1/cameras/{id}/removal" -> "{\"reason\":\"broken\"}";
            case "/api/v1/approvals/{id}/yes" -> "{\"proof\":{\"way\":\"nothing\"}}";
            case "/api/v1/emergencies/{id}/review" -> "{\"note\":\"there was smoke\"}";
            case "/api/v1/people/{id}/roles" ->
                    "{\"role\":\"operator\",\"cameras\":\"all\",\"reason\":\"a test\"}";
            default -> route.method().name().equals("PATCH") ? "{\"name\":\"a\"}" : "";
        };
    }

    /// A refusal in words that a client can show, without a word of how we are made.
    private static void refused(Answer answer, String what) {
        assertThat(answer.status()).as("%s: %s", what, answer).isBetween(400, 499);
        assertThat(answer.header("Content-Type")).as(what).contains("application/problem+json");
        var problem = answer.json();
        assertThat(problem.path("detail").asString()).as(what).isNotBlank();
        assertThat(problem.path("key").asString()).as(what).startsWith("problem.");
        assertThat(answer.text()).as(what).doesNotContain("Exception", "java.", "org.", "xxxxxxxx");
    }

    private Answer send(Route<?> route, String body) {
        return clientFor(route).send(route.method().name(), pathOf(route), body);
    }

    private static String pathOf(Route<?> route) {
        return route.path().replaceAll("\\{[a-z]+}", UNKNOWN_ID);
    }

    /// Somebody who may use the route.
    private Client clientFor(Route<?> route) {
        return switch (route.who()) {
            case Who.Anybody _ -> house.client();
            case Who.Having(var right) ->
                    Stream.of(Template.values())
                            .filter(role -> role.has(right))
                            .findFirst()
                            .map(house::as)
                            .orElseThrow();
        };
    }

    private List<Route<?>> routes() {
        return house.server.context().getBean(RouteList.class).routes();
    }

    private List<Route<?>> bodies() {
        var bodies = new ArrayList<Route<?>>();
        for (var route : routes()) {
            if (route.takes() instanceof Route.Takes.Body<?>) {
                bodies.add(route);
            }
        }
        return bodies;
    }

    private static String cut(String text) {
        return Optional.of(text).filter(t -> t.length() < 40).orElse(text.length() + " characters");
    }
}
