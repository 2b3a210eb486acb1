package org.custodes.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// What machines ask: `GET /health`, `GET /health/live` and, for who shows the scraper's token,
/// `GET /metrics` and which part it is that fails. No session is looked at: a monitor is no person.
final class MonitorRoutes {
    private static final String NEVER_KEPT = "no-store";
    private static final String BEARER = "Bearer ";

    private final Health health;
    private final Metrics metrics;
    private final Optional<byte[]> token;
    private final Json json = new Json(Body.LARGEST);

    /// @param token without it there are no metrics
    MonitorRoutes(Health health, Metrics metrics, Optional<String> token) {
        this.health = health;
        this.metrics = metrics;
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    RouterFunction<ServerResponse> handlers() {
        return RouterFunctions.route()
                .GET("/health", this::health)
                .GET("/health/live", _ -> live())
                .GET("/metrics", this::metrics)
                .build();
    }

    private ServerResponse health(ServerRequest request) {
        var view = health.view();
        var told = token.isPresent() && shows(request, token.get());
        return answer(view.isWell() ? 200 : 503, told ? view : view.inAWord());
    }

    private ServerResponse live() {
        return answer(200, Map.of("status", "alive"));
    }

    private ServerResponse answer(int status, Object body) {
        return Writing.bytes(status, json.write(body), "application/json", NEVER_KEPT, Map.of());
    }

    private ServerResponse metrics(ServerRequest request) {
        if (token.isEmpty()) {
            return answer(404, Problem.notFound());
        }
        if (!shows(request, token.get())) {
            return Writing.bytes(
                    401,
                    json.write(Problem.notSignedIn()),
                    Problem.MEDIA_TYPE,
                    NEVER_KEPT,
                    Map.of("WWW-Authenticate", "Bearer"));
        }
        var text = metrics.text().getBytes(StandardCharsets.UTF_8);
        return Writing.bytes(200, text, Exposition.TYPE, NEVER_KEPT, Map.of());
    }

    /// In the same time for every wrong token.
    private static boolean shows(ServerRequest request, byte[] token) {
        var header = request.headers().firstHeader("Authorization");
        return header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(
                        token,
                        header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
