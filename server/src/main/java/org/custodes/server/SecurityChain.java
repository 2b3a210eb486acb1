package org.custodes.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.custodes.access.Access;
import org.custodes.server.Problem.Kind;
import org.custodes.server.RouteAuthorization.RefusedByAccessException;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/// The filters that every request walks through, in this order; the next sees nothing that the last
/// refused. Built by hand: what guards the door can be read here from top to bottom.
final class SecurityChain {
    private static final Duration HSTS = Duration.ofDays(365);

    private SecurityChain() {}

    static FilterChainProxy of(HostName name, Router router, Access access, Writing writing) {
        var handling =
                new ExceptionTranslationFilter(
                        (request, response, nobody) ->
                                writing.problem(
                                        SessionFilter.isUnknown(request)
                                                ? Refusals.unavailable()
                                                : SessionFilter.whyEnded(request)
                                                        .map(Refusals::of)
                                                        .orElseGet(Problem::notSignedIn),
                                        response),
                        new NullRequestCache());
        handling.setAccessDeniedHandler((request, response, denied) ->
                writing.problem(
                        denied instanceof RefusedByAccessException refused
                                ? Refusals.of(refused.reason())
                                : Problem.notFound(),
                        response));
        var chain =
                new FilterChainProxy(
                        new DefaultSecurityFilterChain(
                                AnyRequestMatcher.INSTANCE,
                                new HeaderWriterFilter(headers(name)),
                                new NameFilter(name, writing),
                                new OriginFilter(writing),
                                new SecurityContextHolderFilter(
                                        new RequestAttributeSecurityContextRepository()),
                                new SessionFilter(access, router::routeOf),
                                handling,
                                new AuthorizationFilter(
                                        new RouteAuthorization(router::routeOf, access))));
        chain.setFirewall(firewall());
        chain.setRequestRejectedHandler((request, response, rejected) ->
                writing.problem(
                        Kind.BAD_INPUT.because(
                                "malformed-request",
                                "The address or a header holds what no client of ours sends.",
                                "See /api/v1/openapi.json."),
                        response));
        chain.afterPropertiesSet();
        return chain;
    }

    private static StrictHttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHttpMethods(
                List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));
        return firewall;
    }

    private static List<HeaderWriter> headers(HostName name) {
        var headers = new ArrayList<HeaderWriter>();
        headers.add(header("Content-Security-Policy", contentSecurityPolicy(name)));
        headers.add(header("X-Content-Type-Options", "nosniff"));
        headers.add(header("X-Frame-Options", "DENY"));
        headers.add(header("Referrer-Policy", "no-referrer"));
        headers.add(header("Cross-Origin-Opener-Policy", "same-origin"));
        headers.add(header("Cross-Origin-Resource-Policy", "same-origin"));
        headers.add(
                header(
                        "Permissions-Policy",
                        "camera=(), microphone=(), geolocation=(), display-capture=()"));
        // A browser keeps HSTS by name, whatever the port: on localhost it would lock people out of
        // everything else that they run there.
        if (!name.text().equals("localhost")) {
            headers.add(new HstsHeaderWriter(AnyRequestMatcher.INSTANCE, HSTS.toSeconds(), false));
        }
        return headers;
    }

    /// Scripts from here and nowhere else, none in a page. The component library sets styles in the
    /// page, which needs `unsafe-inline` for styles; a style runs nothing.
    private static String contentSecurityPolicy(HostName name) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self'",
                "worker-src 'self' blob:",
                "manifest-src 'self'",
                "connect-src 'self' wss://" + name + ":*",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "form-action 'self'");
    }

    private static HeaderWriter header(String name, String value) {
        return new StaticHeadersWriter(name, value);
    }
}
