package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.custodes.access.Template;
import org.custodes.register.Camera;
import org.custodes.rights.Right;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import tools.jackson.databind.JsonNode;

/// What each route that names an object is asked for: an object that whoever may use the route may use
/// it on, one that is there and not theirs, and one that does not exist.
final class Samples {

    enum Whose {
        OWN,
        FOREIGN,
        ABSENT
    }

    /// What is sent.
    ///
    /// @param by who sends it, if it is not the caller themselves but somebody like them
    record Asked(String path, String body, Optional<Client> by) {
        private Asked(String path, String body) {
            this(path, body, Optional.empty());
        }

        private Asked(String path) {
            this(path, "");
        }
    }

    /// One route's sample.
    interface Sample {
        /// Each time another object, so that it may be used up.
        Asked of(Caller caller, Whose whose);
    }

    private static final String API = "/api/v1";
    static final String ABSENT = "0b4c7c0e-1111-4222-8333-123456789abc";

    private final House house;
    private final String given;
    private final Client helper;
    private final Map<String, Sample> samples = new HashMap<>();
    private String narrow = "";
    private int made;

    /// @param given the camera that the operator has
    /// @param withheld one that they have not
    Samples(House house, String given, String withheld) {
        this.house = house;
        this.given = given;
        this.helper = house.newcomers().operator("pairs");
        cameras();
        people();
        pairings();
        sessions();
        approvals();
        passkeys();
        var group = on("/groups/%s", this::group, this::removedGroup);
        samples.put("PATCH /api/v1/groups/{id}", group.with("{\"name\":\"Renamed %d\"}"));
        samples.put("DELETE /api/v1/groups/{id}", group);
        samples.put(
                "POST /api/v1/emergencies/{id}/review",
                new Plain((caller, whose) ->
                        new Asked(
                                "%s/emergencies/%s/review"
                                        .formatted(API, emergency(caller, whose))))
                        .with("{\"note\":\"it was right, said in a test\"}"));
        samples.put(
                "PUT /api/v1/sites/{id}",
                on("/sites/%s", this::site, () -> given)
                        .with(
                                "{\"name\":\"Depot\",\"zone\":\"Europe/Helsinki\",\"country\":\"FI\",\"controller\":\"Example Oy\"}"));
        samples.put(
                "GET /api/v1/timeline",
                on(
                        "/timeline?camera=%s&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z",
                        () -> given, () -> withheld));
        samples.put(
                "POST /api/v1/alarms/{id}/acknowledge",
                on("/alarms/%s/acknowledge", this::alarm, () -> given).with("{\"note\":\"seen\"}"));
        samples.put(
                "PUT /api/v1/walls/{id}",
                wall().with("{\"name\":\"a\",\"grid\":\"1\",\"tiles\":[null]}"));
        samples.put("DELETE /api/v1/walls/{id}", wall());
        samples.put(
                "PUT /api/v1/roles/{name}",
                on("/roles/%s", this::roleOfOnesOwn, () -> "operator")
                        .with("{\"name\":\"Night watch %d\"}"));
        samples.put(
                "DELETE /api/v1/roles/{name}",
                on("/roles/%s", this::roleOfOnesOwn, () -> "operator"));
    }

    Optional<Sample> of(Route<?> route) {
        return Optional.ofNullable(samples.get(RouteTable.nameOf(route)));
    }

    private void cameras() {
        var one = on("/cameras/%s", this::camera, this::removedCamera);
        samples.put("PATCH /api/v1/cameras/{id}", one.with("{\"name\":\"Lobby %d\"}"));
        samples.put("DELETE /api/v1/cameras/{id}", one);
        samples.put(
                "PUT /api/v1/cameras/{id}/certificate",
                on("/cameras/%s/certificate", this::camera, this::removedCamera)
                        .with("{\"certificate\":\"%s\"}".formatted("ab".repeat(32))));
        samples.put(
                "PUT /api/v1/cameras/{id}/plain-exception",
                on("/cameras/%s/plain-exception", this::camera, this::removedCamera)
                        .with(exception()));
        samples.put(
                "DELETE /api/v1/cameras/{id}/plain-exception",
                on("/cameras/%s/plain-exception", this::exceptedCamera, this::removedCamera));
        samples.put(
                "GET /api/v1/cameras/{id}/sights",
                on("/cameras/%s/sights", () -> given, this::site));
    }

    private void people() {
        for (var name :
                new String[] {
                    "POST /api/v1/people/{id}/invite-again",
                    "DELETE /api/v1/people/{id}/sessions",
                    "DELETE /api/v1/people/{id}"
                }) {
            samples.put(
                    name,
                    on(
                            name.replaceAll(".*/v1", "").replace("{id}", "%s"),
                            this::person,
                            this::removedPerson));
        }
        samples.put(
                "POST /api/v1/people/{id}/reset",
                on("/people/%s/reset", this::enrolledPerson, this::removedPerson));
        samples.put(
                "GET /api/v1/people/{id}/sights",
                on("/people/%s/sights", this::person, () -> given));
        samples.put(
                "POST /api/v1/people/{id}/roles",
                (caller, whose) ->
                        on("/people/%s/roles", this::person, this::removedPerson)
                                .with(
                                        "{\"role\":\"%s\",\"cameras\":\"all\",\"reason\":\"a test\"}"
                                                .formatted(roleOfOnesOwn()))
                                .of(caller, whose));
        samples.put("DELETE /api/v1/people/{id}/roles/{role}", held(""));
        samples.put("POST /api/v1/people/{id}/roles/{role}/confirm", held("/confirm"));
        samples.put(
                "PUT /api/v1/people/{id}/roles/{role}/cameras",
                held("/cameras").with("{\"cameras\":\"all\"}"));
    }

    /// Somebody else's role is not a role of theirs.
    private Plain held(String rest) {
        return new Plain((_, whose) -> {
            var person = person();
            var role =
                    switch (whose) {
                        case OWN -> heldBy(person);
                        case FOREIGN -> heldBy(person());
                        case ABSENT -> ABSENT;
                    };
            return new Asked("%s/people/%s/roles/%s%s".formatted(API, person, role, rest));
        });
    }

    private void pairings() {
        samples.put("GET /api/v1/pairings/{code}", pairing(""));
        samples.put(
                "POST /api/v1/pairings/{code}/approve",
                (caller, whose) ->
                        new Asked(
                                pairing("/approve").of(caller, whose).path(),
                                "",
                                Optional.of(another(caller))));
        samples.put(
                "POST /api/v1/pairings/{code}/claim",
                (_, whose) -> {
                    var mine = asked();
                    var code =
                            switch (whose) {
                                case OWN -> mine.path("code").asString();
                                case FOREIGN -> asked().path("code").asString();
                                case ABSENT -> "BCDF-GHJK";
                            };
                    return new Asked(
                            "%s/pairings/%s/claim".formatted(API, code),
                            "{\"secret\":\"%s\"}".formatted(mine.path("secret").asString()),
                            Optional.of(house.client().from(elsewhere())));
                });
    }

    /// Somebody of the same role who has guessed no code yet: guessing is slow.
    private Client another(Caller caller) {
        var name = "another " + ++made;
        return !caller.signedIn()
                ? caller.client()
                : caller.role()
                        .map(role -> house.newcomers().somebody(role, name))
                        .orElseGet(() -> house.newcomers().roleless(name));
    }

    /// A code that somebody has used already is theirs.
    private Plain pairing(String rest) {
        return on(
                "/pairings/%s" + rest,
                () -> asked().path("code").asString(),
                () -> {
                    var used = asked();
                    var _ = paired(helper, used);
                    return used.path("code").asString();
                });
    }

    /// Whose role is narrow asks; a supervisor answers.
    private void approvals() {
        samples.put(
                "POST /api/v1/cameras/{id}/removal",
                on("/cameras/%s/removal", this::camera, this::removedCamera)
                        .with("{\"reason\":\"broken\"}"));
        for (var rest : List.of("yes", "no", "proof")) {
            samples.put(
                    "POST /api/v1/approvals/{id}/" + rest,
                    (caller, whose) ->
                            new Asked(
                                    "%s/approvals/%s/%s"
                                            .formatted(
                                                    API,
                                                    switch (whose) {
                                                        case OWN -> asker().request();
                                                        case FOREIGN -> notTheirs(caller);
                                                        case ABSENT -> ABSENT;
                                                    },
                                                    rest),
                                    rest.equals("yes") ? "{\"proof\":{\"way\":\"nothing\"}}" : "",
                                    caller.signedIn() && whose == Whose.OWN
                                            ? Optional.of(house.as(Template.SUPERVISOR))
                                            : Optional.empty()));
        }
        samples.put(
                "DELETE /api/v1/approvals/{id}",
                (caller, whose) -> {
                    var asker = asker();
                    var id = whose == Whose.ABSENT ? ABSENT : asker.request();
                    return new Asked(
                            "%s/approvals/%s".formatted(API, id),
                            "",
                            caller.signedIn() && whose == Whose.OWN
                                    ? Optional.of(asker.client())
                                    : Optional.empty());
                });
    }

    private void passkeys() {
        var one =
                new Plain((caller, whose) -> {
                    var owner = house.newcomers().operator("has a passkey " + ++made);
                    var asked = owner.post(API + "/me/passkeys/options", "").json();
                    var added =
                            PasskeysTest.added(
                                    owner, asked, PasskeysTest.passkeyFor(house, asked), "a key");
                    assertThat(added.status()).as(added.toString()).isEqualTo(201);
                    return new Asked(
                            "%s/me/passkeys/%s"
                                    .formatted(
                                            API,
                                            whose == Whose.ABSENT
                                                    ? ABSENT
                                                    : added.json().path("id").asString()),
                            "",
                            caller.signedIn() && whose == Whose.OWN
                                    ? Optional.of(owner)
                                    : Optional.empty());
                });
        samples.put("DELETE /api/v1/me/passkeys/{id}", one);
        samples.put("PATCH /api/v1/me/passkeys/{id}", one.with("{\"name\":\"key %d\"}"));
    }

    /// One that is over; whoever may not review any may as well be asked about none.
    private String emergency(Caller caller, Whose whose) {
        return switch (whose) {
            case OWN ->
                    caller.role().filter(role -> role.has(Right.REVIEW_EMERGENCIES)).isPresent()
                            ? Taker.of(house, "took something " + ++made).over()
                            : ABSENT;
            case FOREIGN -> given;
            case ABSENT -> ABSENT;
        };
    }

    private record Asker(Client client, String request) {}

    /// Somebody who has asked to see more than their role shows.
    private Asker asker() {
        if (narrow.isEmpty()) {
            narrow =
                    house.as(Template.SECURITY_OFFICER)
                            .post(
                                    API + "/roles",
                                    "{\"name\":\"One hour\",\"template\":\"operator\",\"oldestHours\":1}")
                            .json()
                            .path("id")
                            .asString();
        }
        var client = house.newcomers().with(narrow, "asks %d".formatted(++made));
        var to = Instant.now().minus(Duration.ofHours(3));
        var answer =
                client.post(
                        API + "/approvals",
                        "{\"camera\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"reason\":\"a test\"}"
                                .formatted(given, to.minusSeconds(60), to));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return new Asker(client, answer.json().path("id").asString());
    }

    /// A request that waits for somebody else than the caller.
    private String notTheirs(Caller caller) {
        if (!caller.is(Template.SUPERVISOR)) {
            return asker().request();
        }
        var officer = house.as(Template.SECURITY_OFFICER);
        var held = Newcomers.heldBy(officer, person());
        assertThat(officer.send("PUT", held + "/cameras", "{\"cameras\":\"all\"}").status())
                .isEqualTo(200);
        for (var one : officer.get(API + "/approvals").json().path("items")) {
            if (one.path("state").asString().equals("waiting")) {
                return one.path("id").asString();
            }
        }
        throw new AssertionError("More cameras wait for nobody");
    }

    private void sessions() {
        samples.put(
                "DELETE /api/v1/me/sessions/{id}",
                (caller, whose) ->
                        new Asked(
                                API
                                        + "/me/sessions/"
                                        + switch (whose) {
                                            case OWN ->
                                                    sessionOf(
                                                            caller.signedIn()
                                                                    ? caller.client()
                                                                    : helper);
                                            case FOREIGN ->
                                                    sessionOf(
                                                            house.newcomers()
                                                                    .operator("another " + ++made));
                                            case ABSENT -> ABSENT;
                                        }));
    }

    /// A session of theirs beside the one that they ask from.
    private String sessionOf(Client person) {
        var _ = paired(person, asked());
        for (var session : person.get(API + "/me/sessions").json().path("items")) {
            if (!session.path("current").asBoolean()) {
                return session.path("id").asString();
            }
        }
        throw new AssertionError("Nobody else is signed in as they are");
    }

    private JsonNode asked() {
        return house.client()
                .from(elsewhere())
                .post(API + "/pairings", "{\"device\":\"laptop\"}")
                .json();
    }

    private Client paired(Client approver, JsonNode asked) {
        var path = API + "/pairings/" + asked.path("code").asString();
        assertThat(approver.at(house.server.address()).post(path + "/approve", "").status())
                .isEqualTo(204);
        var claimed =
                house.client()
                        .from(elsewhere())
                        .post(
                                path + "/claim",
                                "{\"secret\":\"%s\"}".formatted(asked.path("secret").asString()));
        assertThat(claimed.status()).as(claimed.toString()).isEqualTo(200);
        return house.client().withBearer(claimed.json().path("token").asString());
    }

    /// Whoever asks from one address too often has to wait.
    private InetAddress elsewhere() {
        made++;
        return InetAddress.ofLiteral("127.0.%d.%d".formatted(2 + made / 200, 1 + made % 200));
    }

    private Plain wall() {
        return new Plain((caller, whose) -> {
            var owner =
                    whose == Whose.OWN
                                    && (caller.is(Template.OPERATOR)
                                            || caller.is(Template.SUPERVISOR))
                            ? caller.client()
                            : house.as(Template.OPERATOR);
            var wall =
                    whose == Whose.ABSENT
                            ? ABSENT
                            : owner.post(
                                            API + "/walls",
                                            "{\"name\":\"wall %d\",\"grid\":\"1\",\"tiles\":[null]}"
                                                    .formatted(++made))
                                    .json()
                                    .path("id")
                                    .asString();
            return new Asked(API + "/walls/" + wall);
        });
    }

    private String site() {
        return house.as(Template.OPERATOR).get(API + "/sites").json().at("/items/0/id").asString();
    }

    private String group() {
        var answer =
                house.as(Template.SYSTEM_ADMINISTRATOR)
                        .post(
                                API + "/groups",
                                "{\"name\":\"Sample %d\",\"parent\":\"%s\"}"
                                        .formatted(++made, site()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private String removedGroup() {
        var group = group();
        var answer = house.as(Template.SYSTEM_ADMINISTRATOR).delete(API + "/groups/" + group);
        assertThat(answer.status()).isEqualTo(204);
        return group;
    }

    private Camera newCamera() {
        made++;
        return house.addCamera("Sample " + made, "rtsps://127.0.0.1:19/" + made);
    }

    private String camera() {
        return newCamera().id().toString();
    }

    private String exceptedCamera() {
        var camera = camera();
        var answer =
                house.as(Template.SYSTEM_ADMINISTRATOR)
                        .send("PUT", API + "/cameras/" + camera + "/plain-exception", exception());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return camera;
    }

    private static String exception() {
        return "{\"until\":\"%s\",\"reason\":\"a test\"}"
                .formatted(Instant.now().plus(Duration.ofDays(30)));
    }

    private String removedCamera() {
        var camera = newCamera();
        house.removeCamera(camera);
        return camera.id().toString();
    }

    private String person() {
        var answer =
                house.as(Template.SECURITY_OFFICER)
                        .post(
                                API + "/people",
                                "{\"name\":\"sample %d\",\"role\":\"operator\",\"cameras\":[],\"reason\":\"a test\"}"
                                        .formatted(++made));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        house.agree();
        return answer.json().at("/person/id").asString();
    }

    /// Somebody who can sign in.
    private String enrolledPerson() {
        return house.newcomers()
                .operator("sample %d".formatted(++made))
                .get(API + "/me")
                .json()
                .at("/person/id")
                .asString();
    }

    private String heldBy(String person) {
        var path = Newcomers.heldBy(house.as(Template.SECURITY_OFFICER), person);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String removedPerson() {
        var person = person();
        var answer = house.as(Template.SECURITY_OFFICER).delete(API + "/people/" + person);
        assertThat(answer.status()).isEqualTo(204);
        return person;
    }

    private String roleOfOnesOwn() {
        var answer =
                house.as(Template.SECURITY_OFFICER)
                        .post(
                                API + "/roles",
                                "{\"name\":\"Own role %d\",\"template\":\"operator\"}"
                                        .formatted(++made));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private String alarm() {
        var key = "a-sample-" + ++made;
        house.signals.raise(
                new Alarm(
                        key,
                        AlarmKind.VOLUME_SLOW,
                        "",
                        Instant.now(),
                        "A test asks for it.",
                        "Nothing.",
                        Map.of()));
        for (var one :
                house.as(Template.SYSTEM_ADMINISTRATOR)
                        .get(API + "/alarms?limit=100")
                        .json()
                        .path("items")) {
            if (one.path("key").asString().equals(key)) {
                return one.path("number").asString();
            }
        }
        throw new AssertionError("There is no alarm " + key);
    }

    private Plain on(String path, Supplier<String> own, Supplier<String> foreign) {
        return new Plain((_, whose) ->
                new Asked(
                        API
                                + path.formatted(
                                        switch (whose) {
                                            case OWN -> own.get();
                                            case FOREIGN -> foreign.get();
                                            case ABSENT -> ABSENT;
                                        })));
    }

    /// A sample that says nothing, until it is told what to.
    private final class Plain implements Sample {
        private final Sample path;

        Plain(Sample path) {
            this.path = path;
        }

        @Override
        public Asked of(Caller caller, Whose whose) {
            return path.of(caller, whose);
        }

        /// @param body in which `%d` is another number each time
        Sample with(String body) {
            Function<Asked, Asked> told =
                    asked -> new Asked(asked.path(), body.replace("%d", "" + ++made), asked.by());
            return (caller, whose) -> told.apply(path.of(caller, whose));
        }
    }
}
