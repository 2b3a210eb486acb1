package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.custodes.access.Template;
import org.custodes.rights.Right;
import org.custodes.server.Viewer.Heard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every route and every kind of message, of a running server, against every role: in a house of its
/// own, which is used up.
class MatrixTest {
    private static House house;
    private static String given;
    private static String withheld;
    private static Samples samples;
    private static List<Caller> callers;

    @BeforeAll
    static void builds(@TempDir Path folder) {
        house = new House(folder);
        given = house.camera.id().toString();
        withheld = house.addCamera("Vault", "rtsp://127.0.0.1:9/vault").id().toString();
        samples = new Samples(house, given, withheld);
        callers = Caller.all(house, given);
    }

    @AfterAll
    static void leaves() {
        house.close();
    }

    @Test
    void every_route_answers_every_role_as_the_list_of_routes_and_roles_says() {
        var matrix = new Matrix(house.server, RouteTable.read(), samples);

        assertThat(matrix.complaints(callers)).isEmpty();
        assertThat(matrix.cells()).isGreaterThan(callers.size() * RouteTable.read().rows().size());

        System.out.printf("The matrix of routes has %d cells.%n", matrix.cells());
    }

    @Test
    void a_route_without_its_row_is_complained_of() {
        var added = Route.get("/api/v1/secrets", Who.anybody()).by(_ -> Reply.done());

        try (var door = house.doorWith(_ -> List.of(added))) {
            assertThat(new Matrix(door, RouteTable.read(), samples).complaints(callers))
                    .containsExactly(
                            "GET /api/v1/secrets has no row in the list of routes and roles");
        }
    }

    /// The next road to an object shall not be forgotten either.
    @Test
    void a_route_with_an_id_and_no_sample_is_complained_of() {
        var added = Route.get("/api/v1/secrets/{id}", Who.anybody()).by(_ -> Reply.done());
        var rows = new HashMap<>(RouteTable.read().rows());
        rows.put(RouteTable.nameOf(added), new RouteTable.Row(true, true, Set.of()));

        try (var door = house.doorWith(_ -> List.of(added))) {
            assertThat(new Matrix(door, RouteTable.of(rows), samples).complaints(callers))
                    .containsExactly(
                            "GET /api/v1/secrets/{id} has no sample of what is one's own, foreign"
                                    + " and absent");
        }
    }

    /// Many rooms decide again behind the guard, and answer as it did. Where none does, nothing else stands.
    @Test
    void a_guard_that_is_taken_away_is_complained_of() {
        var some = callers.stream().filter(caller -> caller.role().isEmpty()).toList();
        try (var door = house.doorWith(routes -> guarded(routes, Who.anybody(), _ -> true))) {
            var complaints = new Matrix(door, RouteTable.read(), samples).complaints(some);

            for (var route :
                    List.of(
                            "GET /api/v1/cameras",
                            "PATCH /api/v1/cameras/{id}",
                            "GET /api/v1/walls",
                            "PUT /api/v1/walls/{id}",
                            "GET /api/v1/alarms",
                            "GET /api/v1/storage",
                            "GET /api/v1/system")) {
                assertThat(complaints).anyMatch(said -> said.startsWith(route + " as "));
            }
        }
    }

    @Test
    void a_guard_that_asks_for_too_little_is_complained_of() {
        try (var door =
                house.doorWith(routes ->
                        guarded(routes, Who.having(Right.LIST_SITES), MatrixTest::tellsOfTheSystem)
                                .stream()
                                .filter(MatrixTest::tellsOfTheSystem)
                                .toList())) {
            assertThat(new Matrix(door, RouteTable.read(), samples).complaints(callers))
                    .isNotEmpty()
                    .allMatch(said -> said.startsWith("GET /api/v1/system as "))
                    .anyMatch(said -> said.contains("as operator"));
        }
    }

    private static boolean tellsOfTheSystem(Route<?> route) {
        return route.path().equals("/api/v1/system");
    }

    /// A ticket shows nothing by itself, so whoever is signed in gets one.
    @Test
    void nobody_gets_a_frame_that_their_role_does_not_show() {
        var cells = 0;
        for (var caller : callers) {
            if (caller.signedIn()) {
                cells += watches(caller);
            }
        }
        System.out.printf("The matrix of messages has %d cells.%n", cells);
    }

    /// The kinds of messages that there are, and what each is about.
    private static final Map<String, String> KINDS =
            Map.of(
                    "open", "",
                    "ping", "{\"type\":\"ping\",\"t\":1}",
                    "live",
                            "{\"type\":\"live\",\"channel\":%d,\"camera\":\"%s\",\"stream\":\"record\"}",
                    "playback",
                            "{\"type\":\"playback\",\"channel\":%d,\"camera\":\"%s\",\"stream\":\"record\",\"caseNumber\":\"2026-1\"}",
                    "play",
                            "{\"type\":\"play\",\"channel\":%d,\"seq\":1,\"from\":\"2026-01-01T00:00:00Z\",\"direction\":1,\"frames\":\"all\",\"credit\":1000000}",
                    "more", "{\"type\":\"more\",\"channel\":%d,\"seq\":1,\"credit\":1000000}",
                    "close", "{\"type\":\"close\",\"channel\":%d}");

    /// Whose role shows what.
    private static final Map<String, Set<Template>> LOOKS =
            Map.of(
                    "live", Set.of(Template.OPERATOR, Template.SUPERVISOR),
                    "playback",
                            Set.of(Template.OPERATOR, Template.SUPERVISOR, Template.INVESTIGATOR));

    @Test
    void every_kind_of_message_is_asked() {
        assertThat(KINDS).containsOnlyKeys(ClientMessage.BY_TYPE.keySet());
    }

    /// Asks for every camera in every way.
    ///
    /// @return how many
    private static int watches(Caller caller) {
        try (var viewer = Viewer.opened(caller.client())) {
            var channel = 0;
            for (var mode : List.of("live", "playback")) {
                var shown = shows(mode, caller);
                var refused = new ArrayList<String>();
                for (var camera : List.of(given, withheld, Samples.ABSENT)) {
                    channel++;
                    viewer.say(said(mode, channel, camera));
                    if (shown && camera.equals(given)) {
                        assertThat(viewer.textAmong("channel").path("mode").asString())
                                .isEqualTo(mode);
                        continue;
                    }
                    refused.add(viewer.textAmong("closed").path("problem").toString());
                    viewer.say(said("play", channel));
                    viewer.say(said("more", channel));
                    viewer.say(said("close", channel));
                }
                assertThat(Set.copyOf(refused)).as(caller.name()).hasSize(1);
                assertThat(refused.getFirst())
                        .as(caller.name())
                        .contains(shown ? "problem.not-found" : "problem.right-missing");
            }
            assertFrames(viewer, shows("live", caller));
        }
        return 6 * (KINDS.size() - 2) + 2;
    }

    private static boolean shows(String mode, Caller caller) {
        return Objects.requireNonNull(LOOKS.get(mode)).stream().anyMatch(caller::is);
    }

    private static String said(String kind, Object... values) {
        return Objects.requireNonNull(KINDS.get(kind)).formatted(values);
    }

    private static void assertFrames(Viewer viewer, boolean watches) {
        house.footage().record(house.clock.instant(), 4, 500);
        if (watches) {
            assertThat(viewer.frame().channel()).isEqualTo(1);
            return;
        }
        viewer.say(said("ping"));
        var next = viewer.next();
        assertThat(next).isInstanceOf(Heard.Text.class);
        assertThat(((Heard.Text) next).type()).isEqualTo("pong");
    }

    private static List<Route<?>> guarded(
            List<Route<?>> routes, Who who, Predicate<Route<?>> which) {
        var all = new ArrayList<Route<?>>();
        for (var route : routes) {
            all.add(which.test(route) ? guarded(route, who) : route);
        }
        return all;
    }

    private static <I> Route<I> guarded(Route<I> route, Who who) {
        return new Route<>(
                route.method(),
                route.path(),
                who,
                route.says(),
                route.takes(),
                route.answers(),
                route.list(),
                route.status(),
                route.quiet(),
                route.handler());
    }
}
