package org.custodes.server;

import java.net.InetAddress;
import java.util.Objects;

/// Where and as what the server answers.
///
/// @param listen the address to listen on; loopback unless somebody asked for another
/// @param port 0 to 65,535; 0 takes a free one
/// @param name the one host name of certificate, cookies and links (no address)
/// @param demo whether this is the demo: the console says so, and one-time sign-in links work
/// @param version of the product, as `/api/v1/server` tells it
public record ServerSettings(
        InetAddress listen, int port, String name, boolean demo, String version) {

    public ServerSettings {
        Objects.requireNonNull(listen);
        Objects.requireNonNull(version);
        name = new HostName(name).text();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is 0 to 65535, but got %d".formatted(port));
        }
    }
}
