package org.custodes.server;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.servlet.function.ServerResponse;

/// Writes answers: JSON, never kept by any cache.
final class Writing {
    private static final String NEVER_KEPT = "no-store";

    private final Json json = new Json(Body.LARGEST);

    ServerResponse reply(Reply reply) {
        return switch (reply) {
            case Reply.Refused(var problem) -> problem(problem, Map.of());
            case Reply.Upgraded(var upgrade) -> upgrade;
            case Reply.Done done -> done(done);
        };
    }

    private ServerResponse done(Reply.Done done) {
        var headers = done.cookie().map(cookie -> Map.of("Set-Cookie", cookie)).orElse(Map.of());
        return done.body()
                .map(body ->
                        bytes(
                                done.status(),
                                json.write(body),
                                "application/json",
                                NEVER_KEPT,
                                headers))
                .orElseGet(() -> {
                    var builder =
                            ServerResponse.status(done.status())
                                    .header("Cache-Control", NEVER_KEPT);
                    headers.forEach(builder::header);
                    return builder.build();
                });
    }

    ServerResponse problem(Problem problem, Map<String, String> headers) {
        return bytes(
                problem.status(), json.write(problem), Problem.MEDIA_TYPE, NEVER_KEPT, headers);
    }

    /// The same, from a filter.
    void problem(Problem problem, HttpServletResponse response) throws IOException {
        var bytes = json.write(problem);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", NEVER_KEPT);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /// These bytes as they are.
    static ServerResponse bytes(
            int status, byte[] bytes, String type, String caching, Map<String, String> headers) {
        var builder =
                ServerResponse.status(status)
                        .header("Content-Type", type)
                        .header("Cache-Control", caching);
        headers.forEach(builder::header);
        return builder.build((request, response) -> {
            response.setContentLength(bytes.length);
            if (!request.getMethod().equals("HEAD")) {
                response.getOutputStream().write(bytes);
            }
            return null;
        });
    }
}
