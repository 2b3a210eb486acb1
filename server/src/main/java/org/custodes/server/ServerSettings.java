package org.custodes.server;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/// Where and as what the server answers.
///
/// @param listen the address to listen on; loopback unless somebody asked for another
/// @param port 0 to 65,535; 0 takes a free one
/// @param name the one host name of certificate, cookies and links (no address)
/// @param demo whether this is the demo: the console says so, and one-time sign-in links work
/// @param metricsToken what a scraper of `/metrics` shows; without one there are no metrics
/// @param version of the product, as `/api/v1/server` tells it
public record ServerSettings(
        InetAddress listen,
        int port,
        String name,
        boolean demo,
        String version,
        Optional<String> metricsToken) {

    /// 32 characters of base64 are 192 bits: nobody guesses that, however fast they may ask.
    public static final int SHORTEST_TOKEN = 32;

    public ServerSettings {
        Objects.requireNonNull(listen);
        Objects.requireNonNull(version);
        if (metricsToken.filter(token -> token.length() < SHORTEST_TOKEN).isPresent()) {
            throw new IllegalArgumentException(
                    "A token for metrics has at least %d characters".formatted(SHORTEST_TOKEN));
        }
        name = new HostName(name).text();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is 0 to 65535, but got %d".formatted(port));
        }
    }

    /// Without metrics.
    public ServerSettings(InetAddress listen, int port, String name, boolean demo, String version) {
        this(listen, port, name, demo, version, Optional.empty());
    }

    /// Tells no token: this text may end up in a log.
    @Override
    public String toString() {
        return "%s:%d as %s".formatted(listen, port, name);
    }
}
