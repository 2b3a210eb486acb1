package org.custodes.rtsp;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Reaches a camera at the address that its name was resolved to, and over TLS at the certificate that
/// it is known by, all of it within one time. Not a byte of ours is sent before that.
final class Dialler {
    private final RtspAddress address;
    private final Selector selector;
    private final SecureRandom random;
    private final Duration timeout;
    private final long deadlineNanos;
    private @Nullable CertificatePin certificate;

    Dialler(RtspAddress address, Selector selector, SecureRandom random, Duration timeout) {
        this.address = address;
        this.selector = selector;
        this.random = random;
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /// Makes a connection whose channel is registered for reading.
    Line dial() throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connect(channel);
            return address.isEncrypted() ? encrypted(channel) : new PlainLine(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// What the camera was known by, if it was reached over TLS.
    @Nullable CertificatePin certificate() {
        return certificate;
    }

    private void connect(SocketChannel channel) throws IOException {
        var key = channel.register(selector, SelectionKey.OP_CONNECT);
        if (!channel.connect(address.socketAddress())) {
            untilReady();
            if (!channel.finishConnect()) {
                throw late();
            }
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private Line encrypted(SocketChannel channel) throws IOException {
        var line = new TlsLine(channel, engine());
        try {
            line.shakeHands(this::untilReady);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw Connection.interrupted(e);
            }
            // A port for plain RTSP hangs up, answers in plain text, or waits for the end of a
            // line.
            throw new RtspException(
                    RtspException.Fault.NO_ENCRYPTION,
                    "No encryption with it (%s). Check that the port is its one for RTSPS, and that it knows TLS 1.2 or 1.3"
                            .formatted(ServerText.shown(String.valueOf(e.getMessage()))),
                    e);
        }
        requireKnown(line.certificate());
        return line;
    }

    private void requireKnown(CertificatePin presented) {
        certificate = presented;
        var known = address.pin();
        if (known.isPresent() && !known.get().equals(presented)) {
            throw RtspException.certificateChanged(known.get(), presented);
        }
    }

    private SSLEngine engine() {
        try {
            // A context of its own for each connection: no session is resumed, so that each shows
            // its
            // certificate.
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, random);
            var engine = context.createSSLEngine(address.uri().getHost(), address.port());
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    /// Waits until something can be done with one of the connections.
    void untilReady() throws IOException {
        var left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            throw late();
        }
        // Rounded up: a wait of 0 would be for ever.
        selector.select(key -> {}, left / 1_000_000 + 1);
        if (Thread.currentThread().isInterrupted()) {
            throw Connection.interrupted(null);
        }
    }

    /// Nobody waits for anything from that one.
    void forget(SocketChannel channel) {
        var key = channel.keyFor(selector);
        if (key != null) {
            key.cancel();
        }
    }

    private IOException late() {
        return new IOException("no answer within %d ms".formatted(timeout.toMillis()));
    }

    /// Nobody vouches for a camera's certificate: it is not believed but recognised, by
    /// [Dialler#requireKnown], once the other side has proven that it holds the key. A certificate
    /// that has run out is the same camera still.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String by, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String by, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String by) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String by, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String by, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String by) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
