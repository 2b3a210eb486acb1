package org.custodes.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.custodes.access.Access;
import org.custodes.access.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/// Lets a request pass to its route, or not, before a byte of its body is read. Spring Security asks;
/// the row of the route says which right is needed; `access` decides, and has a refusal on record.
final class RouteAuthorization implements AuthorizationManager<HttpServletRequest> {
    private final Function<HttpServletRequest, Optional<Route<?>>> routes;
    private final Access access;

    RouteAuthorization(Function<HttpServletRequest, Optional<Route<?>>> routes, Access access) {
        this.routes = routes;
        this.access = access;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication,
            HttpServletRequest request) {
        var route = routes.apply(request);
        if (route.isEmpty()) {
            // No handler but the one that answers 404: there is nothing to protect.
            return new AuthorizationDecision(true);
        }
        return switch (route.get().who()) {
            case Who.Anybody _ -> new AuthorizationDecision(true);
            case Who.Having(var right) -> {
                if (!(authentication.get() instanceof SignedInAuthentication signedIn)) {
                    throw new NobodySignedInException();
                }
                var reason = access.refuses(signedIn.session(), right);
                if (reason.isPresent()) {
                    throw new RefusedByAccessException(reason.get());
                }
                yield new AuthorizationDecision(true);
            }
        };
    }

    /// The route needs somebody.
    static final class NobodySignedInException
            extends org.springframework.security.core.AuthenticationException {
        private static final long serialVersionUID = 1L;

        NobodySignedInException() {
            super("Nobody is signed in");
        }
    }

    /// `access` said no.
    static final class RefusedByAccessException extends AccessDeniedException {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        RefusedByAccessException(Reason reason) {
            super(reason.key());
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }
}
