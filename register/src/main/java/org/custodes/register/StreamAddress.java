package org.custodes.register;

import java.net.InetAddress;
import java.util.Objects;

/// Where a stream is, allowed by [AddressRules] and without credentials.
///
/// @param encrypted whether it is reached over TLS
/// @param host the host as it was given, in lower case and ASCII; an IPv6 address without brackets
/// @param resolved where connections go: resolved once, whatever a name server says later
/// @param port 1 to 65535
/// @param path path and query, beginning with a slash
public record StreamAddress(
        boolean encrypted, String host, InetAddress resolved, int port, String path) {

    public StreamAddress {
        Objects.requireNonNull(host);
        Objects.requireNonNull(resolved);
        Objects.requireNonNull(path);
    }

    /// The address as a request names it: `rtsp://host:port/path` or `rtsps://…`.
    public String uri() {
        return "%s://%s:%d%s"
                .formatted(scheme(), host.contains(":") ? "[" + host + "]" : host, port, path);
    }

    private String scheme() {
        return encrypted ? "rtsps" : "rtsp";
    }

    /// Tells host and port only: some cameras want more than a place in their path.
    @Override
    public String toString() {
        return "%s://%s:%d".formatted(scheme(), host, port);
    }
}
