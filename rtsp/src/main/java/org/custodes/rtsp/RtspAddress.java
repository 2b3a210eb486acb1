package org.custodes.rtsp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/// Where a camera's stream is. It never contains credentials, and its host is resolved once, by whoever
/// makes it: all connections go to that address, whatever a name server says later.
///
/// The text form tells scheme, host and port only, because some cameras want a password in path or query.
///
/// @param uri scheme `rtsp` or `rtsps`, a host, perhaps a port, path and query as given; at most 2,048 characters
/// @param resolved the address of that host
/// @param transport which way its pictures take
/// @param pin the certificate by which the camera is known, for `rtsps`; empty until it was met once
public record RtspAddress(
        URI uri, InetAddress resolved, RtspTransport transport, Optional<CertificatePin> pin) {
    private static final int LONGEST = 2_048;
    private static final int DEFAULT_PORT = 554;
    private static final int DEFAULT_ENCRYPTED_PORT = 322;

    public RtspAddress {
        Objects.requireNonNull(uri);
        Objects.requireNonNull(resolved);
        Objects.requireNonNull(transport);
        Objects.requireNonNull(pin);
        // Messages never repeat the address: what is refused may hold a password.
        var length = uri.toASCIIString().length();
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    "A stream address has at most %d characters, but got %d"
                            .formatted(LONGEST, length));
        }
        if (!"rtsp".equalsIgnoreCase(uri.getScheme())
                && !"rtsps".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "A stream address begins with rtsp:// or rtsps://, and this one does not");
        }
        if (isEncrypted(uri) && transport.mayBeDatagrams()) {
            throw new IllegalArgumentException(
                    "Pictures that come as datagrams are not encrypted: an rtsps:// address has TCP");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "A stream address names a host, such as rtsp://192.0.2.10/stream1");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "A stream address contains no user and password: give them apart from it");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("A stream address contains no #");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    "A port is 1 to 65535, but got %d".formatted(uri.getPort()));
        }
    }

    /// The address of a stream whose host was resolved to `resolved`, its pictures by TCP.
    ///
    /// @throws IllegalArgumentException for another scheme than `rtsp` and `rtsps`, no host, user or password, a
    ///     fragment, a port out of range, or more than 2,048 characters
    public static RtspAddress of(URI uri, InetAddress resolved) {
        return new RtspAddress(uri, resolved, RtspTransport.TCP, Optional.empty());
    }

    /// The same, its pictures taking another way.
    public RtspAddress by(RtspTransport way) {
        return new RtspAddress(uri, resolved, way, pin);
    }

    /// The same, known by this certificate: to any other nothing is said.
    public RtspAddress knownBy(CertificatePin certificate) {
        return new RtspAddress(uri, resolved, transport, Optional.of(certificate));
    }

    /// Whether all is encrypted on the way.
    public boolean isEncrypted() {
        return isEncrypted(uri);
    }

    private static boolean isEncrypted(URI uri) {
        return "rtsps".equalsIgnoreCase(uri.getScheme());
    }

    /// The port as given, or 554, or 322 for `rtsps`.
    public int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isEncrypted() ? DEFAULT_ENCRYPTED_PORT : DEFAULT_PORT;
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(resolved, port());
    }

    /// The address as requests name it.
    String target() {
        return uri.toASCIIString();
    }

    /// How messages name the camera: host and port, never path or query.
    String told() {
        return "%s:%d".formatted(uri.getHost(), port());
    }

    @Override
    public String toString() {
        return (isEncrypted() ? "rtsps://" : "rtsp://") + told();
    }
}
