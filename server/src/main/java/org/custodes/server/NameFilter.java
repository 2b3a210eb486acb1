package org.custodes.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.custodes.server.Problem.Kind;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers to one name only. Cookies and certificate are bound to it; and a page of somebody else's
/// that has its own name point here (DNS rebinding) gets nothing.
final class NameFilter extends OncePerRequestFilter {
    private final HostName name;
    private final Writing writing;

    NameFilter(HostName name, Writing writing) {
        this.name = name;
        this.writing = writing;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (name.text().equalsIgnoreCase(request.getServerName())) {
            chain.doFilter(request, response);
        } else if (request.getRequestURI().startsWith("/api/")) {
            writing.problem(
                    Kind.WRONG_NAME.because(
                            "wrong-name",
                            "This server answers to the name %s only.".formatted(name),
                            "Use %s.".formatted(rightAddress(request))),
                    response);
        } else {
            page(request, response);
        }
    }

    /// A name of RFC 1123 and a number: nothing in it needs escaping.
    private String rightAddress(HttpServletRequest request) {
        var port = request.getLocalPort();
        return "https://" + name + (port == 443 ? "" : ":" + port) + "/";
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var address = rightAddress(request);
        var bytes =
                """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>Custodes has another address</title>
                <h1>Custodes has another address</h1>
                <p>This recorder answers to one name only, because its certificate and its cookies are
                bound to it. Go to <a href="%s">%s</a>.</p>
                """
                        .formatted(address, address)
                        .getBytes(StandardCharsets.UTF_8);
        response.setStatus(421);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
