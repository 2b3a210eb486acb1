package org.custodes.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.custodes.server.Problem.Kind;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses what a page of another origin makes a browser send (CSRF, WebSocket hijack). Browsers say
/// where a request comes from, and a page cannot make them lie; a token in the page would say no more.
/// Same *origin*, not same *site*: another port of this host is somebody else.
final class OriginFilter extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> OWN = Set.of("same-origin");

    /// `none` is a person who typed the address or opened a bookmark.
    private static final Set<String> OWN_OR_TYPED = Set.of("same-origin", "none");

    private final Writing writing;

    OriginFilter(Writing writing) {
        this.writing = writing;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getRequestURI().startsWith("/api/") || fromHere(request)) {
            chain.doFilter(request, response);
        } else {
            writing.problem(
                    Kind.WRONG_ORIGIN.because(
                            "wrong-origin",
                            "The request did not come from a page of this server.",
                            "Use the console at this server's own address. A program sends a"
                                    + " bearer token and no cookie."),
                    response);
        }
    }

    private static boolean fromHere(HttpServletRequest request) {
        var origin = Optional.ofNullable(request.getHeader("Origin"));
        var site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site"));
        if (origin.isPresent() && !origin.get().equals("https://" + request.getHeader("Host"))) {
            return false;
        }
        if (!changes(request)) {
            return site.isEmpty() || OWN_OR_TYPED.contains(site.get());
        }
        if (site.isPresent() && !OWN.contains(site.get())) {
            return false;
        }
        // No browser, then: it has no cookie that somebody else could make it send.
        return origin.isPresent() || site.isPresent() || !SessionFilter.carriesCookie(request);
    }

    /// A WebSocket begins as a GET, and can do everything.
    private static boolean changes(HttpServletRequest request) {
        return !READING.contains(request.getMethod()) || request.getHeader("Upgrade") != null;
    }
}
