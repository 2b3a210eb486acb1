package org.custodes.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.custodes.access.Access;
import org.custodes.access.DatabaseAwayException;
import org.custodes.access.Reason;
import org.custodes.access.Session;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who is asking: a browser by its cookie, a command line by its bearer token, and neither
/// by the other's.
final class SessionFilter extends OncePerRequestFilter {
    static final String COOKIE = "__Host-custodes";
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_TOKEN = 200;
    private static final String ATTRIBUTE = SessionFilter.class.getName();
    private static final String UNKNOWN = ATTRIBUTE + ".unknown";
    private static final String ENDED = ATTRIBUTE + ".ended";

    private final Access access;
    private final Function<HttpServletRequest, Optional<Route<?>>> routes;

    SessionFilter(Access access, Function<HttpServletRequest, Optional<Route<?>>> routes) {
        this.access = access;
        this.routes = routes;
    }

    /// Who is signed in, as this filter found.
    static Optional<Session> sessionOf(HttpServletRequest request) {
        return Optional.ofNullable((Session) request.getAttribute(ATTRIBUTE));
    }

    /// Whether somebody may be signed in, but the database has not answered since the start and so
    /// nobody knows: not the time to tell a person to sign in again.
    static boolean isUnknown(HttpServletRequest request) {
        return request.getAttribute(UNKNOWN) != null;
    }

    /// Why whoever asks is signed in no more, if there is more to say than that.
    static Optional<Reason> whyEnded(HttpServletRequest request) {
        return Optional.ofNullable((Reason) request.getAttribute(ENDED));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var session = found(request);
        if (session.isPresent()) {
            request.setAttribute(ATTRIBUTE, session.get());
            SecurityContextHolder.setContext(
                    new SecurityContextImpl(new SignedInAuthentication(session.get())));
        }
        chain.doFilter(request, response);
    }

    private Optional<Session> found(HttpServletRequest request) {
        var route = routes.apply(request);
        if (route.isEmpty()) {
            return Optional.empty();
        }
        var bearer = bearer(request);
        var kind = bearer.isPresent() ? Session.Kind.COMMAND_LINE : Session.Kind.BROWSER;
        var token =
                bearer.or(() -> cookie(request))
                        .filter(shown -> !shown.isEmpty() && shown.length() <= LONGEST_TOKEN);
        try {
            var session =
                    token.flatMap(route.get().quiet() ? access::sessionQuietly : access::session)
                            .filter(known -> known.kind() == kind);
            if (session.isEmpty()) {
                token.flatMap(access::whyEnded).ifPresent(why -> request.setAttribute(ENDED, why));
            }
            return session;
        } catch (DatabaseAwayException e) {
            request.setAttribute(UNKNOWN, true);
            return Optional.empty();
        }
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    static boolean carriesCookie(HttpServletRequest request) {
        return cookie(request).isPresent();
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(COOKIE)) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /// The cookie that proves a session. `__Host-` binds it to this host, over TLS, for every path.
    static String cookieFor(String token) {
        return COOKIE + "=" + token + "; Path=/; Secure; HttpOnly; SameSite=Strict";
    }

    /// The cookie that takes it away.
    static String noCookie() {
        return cookieFor("") + "; Max-Age=0";
    }
}
