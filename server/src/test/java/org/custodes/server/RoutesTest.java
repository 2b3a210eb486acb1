package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.custodes.access.Template;
import org.custodes.rights.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/// The list of routes, the handlers that run, the OpenAPI document and `docs/api.md` are one.
@ExtendWith(House.Door.class)
class RoutesTest {
    private static final Pattern HANDLER =
            Pattern.compile("\\((GET|POST|PUT|PATCH|DELETE) && (/api/[^)]*)\\)");

    /// What somebody may who has no role left.
    private static final Set<Right> ALWAYS = Set.of(Right.OWN_SESSION, Right.LIST_SITES);

    private final House house;

    RoutesTest(House house) {
        this.house = house;
    }

    @Test
    void every_route_of_the_list_is_a_handler_that_runs_and_none_besides() {
        assertThat(running()).containsExactlyInAnyOrderElementsOf(listed().keySet());
    }

    @Test
    void the_open_api_document_tells_every_route() {
        var document = house.client().get("/api/v1/openapi.json").json();

        var told = new TreeSet<String>();
        for (var path : document.path("paths").properties()) {
            path.getValue()
                    .propertyNames()
                    .forEach(method ->
                            told.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(listed().keySet());
        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.at("/paths/~1api~1v1~1cameras/post/x-right").asString())
                .isEqualTo("configure-cameras");
    }

    @Test
    void every_reference_in_the_open_api_document_resolves() {
        var document = house.client().get("/api/v1/openapi.json").json();

        document.findValuesAsString("$ref")
                .forEach(reference ->
                        assertThat(document.at(reference.substring(1)).isObject())
                                .as(reference)
                                .isTrue());
    }

    @Test
    void the_api_page_tells_every_route_and_who_may_use_it() {
        assertThat(RouteTable.read().rows()).containsExactlyInAnyOrderEntriesOf(listed());
    }

    @Test
    void each_role_reaches_its_routes_and_no_others() {
        for (var route : routes()) {
            if (!(route.who() instanceof Who.Having(var right))) {
                continue;
            }
            for (var role : Template.values()) {
                var answer =
                        house.as(role)
                                .send(route.method().name(), sample(route.path()), "{\"x\":1}");
                var allowed = role.has(right);
                assertThat(answer.status() == 403)
                        .as("%s %s as %s: %s", route.method(), route.path(), role, answer)
                        .isEqualTo(!allowed);
            }
        }
    }

    @Test
    void whoever_is_not_signed_in_reaches_only_what_is_for_anybody() {
        for (var route : routes()) {
            if (route.who() instanceof Who.Having) {
                var answer =
                        house.client()
                                .send(route.method().name(), sample(route.path()), "{\"x\":1}");
                assertThat(answer.status())
                        .as("%s %s", route.method(), route.path())
                        .isEqualTo(401);
                assertThat(answer.key()).isEqualTo("problem.not-signed-in");
            }
        }
    }

    /// A body that no route takes: whoever is let through is told so, and nothing happens. Signing out
    /// takes no body, so it is asked with a question that it does not take.
    private static String sample(String path) {
        return path.replaceAll("\\{[a-z]+}", "0b4c7c0e-1111-4222-8333-123456789abc") + "?x=1";
    }

    private Iterable<Route<?>> routes() {
        return house.server.context().getBean(RouteList.class).routes();
    }

    private Map<String, RouteTable.Row> listed() {
        var listed = new TreeMap<String, RouteTable.Row>();
        for (var route : routes()) {
            listed.put(RouteTable.nameOf(route), rowOf(route.who()));
        }
        return listed;
    }

    private static RouteTable.Row rowOf(Who who) {
        return switch (who) {
            case Who.Anybody _ -> new RouteTable.Row(true, true, EnumSet.allOf(Template.class));
            case Who.Having(var right) ->
                    new RouteTable.Row(false, ALWAYS.contains(right), rolesWith(right));
        };
    }

    private static Set<Template> rolesWith(Right right) {
        var roles = EnumSet.noneOf(Template.class);
        for (var role : Template.values()) {
            if (role.has(right)) {
                roles.add(role);
            }
        }
        return roles;
    }

    /// What Spring runs below `/api`, without the handler that answers 404 to everything else.
    private Set<String> running() {
        var mapping = house.server.context().getBean(RouterFunctionMapping.class);
        return HANDLER.matcher(String.valueOf(mapping.getRouterFunction()))
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .collect(Collectors.toSet());
    }
}
