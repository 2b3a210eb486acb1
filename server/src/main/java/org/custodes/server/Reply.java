package org.custodes.server;

import java.util.List;
import java.util.Optional;
import org.springframework.web.servlet.function.ServerResponse;

/// What a route answers.
sealed interface Reply {

    /// It was done.
    ///
    /// @param body absent for 204
    /// @param cookie a `Set-Cookie` value
    record Done(int status, Optional<Object> body, Optional<String> cookie) implements Reply {
        Done withCookie(String value) {
            return new Done(status, body, Optional.of(value));
        }
    }

    /// It was not done.
    record Refused(Problem problem) implements Reply {}

    /// The request goes on as something else: a WebSocket.
    record Upgraded(ServerResponse upgrade) implements Reply {}

    static Done ok(Object body) {
        return new Done(200, Optional.of(body), Optional.empty());
    }

    static Done created(Object body) {
        return new Done(201, Optional.of(body), Optional.empty());
    }

    static Done accepted(Object body) {
        return new Done(202, Optional.of(body), Optional.empty());
    }

    static Done done() {
        return new Done(204, Optional.empty(), Optional.empty());
    }

    static Done items(List<?> items) {
        return items(items, false);
    }

    /// A part of a list.
    ///
    /// @param more whether others follow
    static Done items(List<?> items, boolean more) {
        return ok(new Items(List.copyOf(items), more));
    }

    /// How lists travel.
    record Items(List<?> items, boolean more) {}

    /// Leaves a handler early with a problem; caught where routes are run.
    final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        RefusedException(Problem problem) {
            super(problem.key(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
