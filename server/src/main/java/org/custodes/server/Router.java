package org.custodes.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.custodes.access.Access;
import org.custodes.access.Origin;
import org.custodes.access.Reason;
import org.custodes.access.RelyingParty;
import org.custodes.audit.AuditUnavailableException;
import org.custodes.register.Fault;
import org.custodes.server.Problem.Kind;
import org.custodes.server.Reply.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Makes Spring's handlers from the list of routes, and runs them: reads what the route takes, calls
/// it, writes what it answers. Whether the caller may was settled before, in [RouteAuthorization].
final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /// One route and the pattern of its path.
    private record Row(Route<?> route, PathPattern pattern) {}

    private final HostName name;
    private final Access access;
    private final List<Row> rows;
    private final Body body = new Body();
    private final Writing writing;

    /// @param name this server's one name
    Router(HostName name, List<Route<?>> routes, Access access, Writing writing) {
        this.name = name;
        this.access = access;
        this.rows =
                routes.stream()
                        .map(route ->
                                new Row(
                                        route,
                                        PathPatternParser.defaultInstance.parse(route.path())))
                        .toList();
        this.writing = writing;
    }

    /// The handlers, for Spring: every route of the list, then everything else below `/api`.
    RouterFunction<ServerResponse> handlers() {
        var handlers = RouterFunctions.route();
        for (var row : rows) {
            handlers.route(
                    RequestPredicates.method(row.route().method())
                            .and(RequestPredicates.path(row.route().path())),
                    request -> run(row.route(), request));
        }
        return handlers.route(RequestPredicates.path("/api/**"), this::noRoute).build();
    }

    /// The route that this request asks for.
    Optional<Route<?>> routeOf(HttpServletRequest request) {
        var path = PathContainer.parsePath(request.getRequestURI());
        for (var row : rows) {
            if (row.route().method().matches(request.getMethod()) && row.pattern().matches(path)) {
                return Optional.of(row.route());
            }
        }
        return Optional.empty();
    }

    private <I> ServerResponse run(Route<I> route, ServerRequest request) {
        try {
            var call =
                    new Call(
                            SessionFilter.sessionOf(request.servletRequest()),
                            origin(request.servletRequest()),
                            RelyingParty.of(name.text(), request.servletRequest().getLocalPort()),
                            request.pathVariables(),
                            request);
            return writing.reply(route.handler().handle(call, input(route, request)));
        } catch (RefusedException refused) {
            return problem(refused.problem());
        } catch (AuditUnavailableException unavailable) {
            return problem(Refusals.of(Reason.AUDIT_UNAVAILABLE));
        } catch (IOException gone) {
            return problem(
                    Kind.BAD_INPUT.because(
                            "broken-off", "The request broke off.", "Send it again."));
        } catch (RuntimeException fault) {
            // The caller learns nothing of it; whoever runs the server finds it in the log.
            LOG.error("{} {} broke", route.method(), route.path(), fault);
            return problem(Problem.fault());
        }
    }

    private <I> I input(Route<I> route, ServerRequest request) throws IOException {
        var form = new Form<>(route.takes().type());
        var result =
                switch (route.takes()) {
                    case Route.Takes.Body<I> _ -> form.read(body.read(request.servletRequest()));
                    case Route.Takes.Query<I> _ ->
                            form.read(request.servletRequest().getParameterMap());
                };
        return switch (result) {
            case Form.Result.Fits<I>(var input) -> input;
            case Form.Result.Faulty<I>(var faults) ->
                    throw new RefusedException(faulty(route, request, faults));
        };
    }

    /// What was sent to change something is on record, even when it cannot be read.
    private Problem faulty(Route<?> route, ServerRequest request, List<Fault> faults) {
        var session = SessionFilter.sessionOf(request.servletRequest());
        if (session.isPresent()
                && route.takes() instanceof Route.Takes.Body<?>
                && route.who() instanceof Who.Having(var right)) {
            var reason = access.recordFaults(session.get(), right, faults);
            if (reason != Reason.BAD_INPUT) {
                return Refusals.of(reason);
            }
        }
        return Problem.badInput(faults);
    }

    private ServerResponse problem(Problem problem) {
        return writing.problem(problem, Map.of());
    }

    static Origin origin(HttpServletRequest request) {
        var agent = request.getHeader("User-Agent");
        return new Origin(
                InetAddress.ofLiteral(request.getRemoteAddr()), agent == null ? "" : agent);
    }

    /// An address that no route has: 405 if another method would do there, else 404.
    private ServerResponse noRoute(ServerRequest request) {
        var path = PathContainer.parsePath(request.servletRequest().getRequestURI());
        var others = new TreeSet<String>();
        for (var row : rows) {
            if (row.pattern().matches(path)) {
                others.add(row.route().method().name());
            }
        }
        return others.isEmpty()
                ? problem(Problem.notFound())
                : writing.problem(
                        Kind.WRONG_METHOD.because(
                                "wrong-method",
                                "This address takes %s.".formatted(String.join(", ", others)),
                                "See /api/v1/openapi.json."),
                        Map.of("Allow", String.join(", ", others)));
    }
}
