package org.custodes.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A second way to simulated cameras: over TLS, behind a certificate that they signed themselves, as
/// cameras do. What comes in is opened and handed on to the server behind it, what goes out sealed.
/// Two virtual threads a connection.
public final class TlsEntrance implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final ServerSocket server;
    private final int behind;
    private final List<String> protocols;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Identity identity = Identity.fresh();

    /// A key and the certificate that says whose it is.
    private record Identity(SSLContext context, X509Certificate certificate) {

        static Identity fresh() {
            try {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                var keys = generator.generateKeyPair();
                var name = new X500Name("CN=Simulated camera");
                var now = Instant.now();
                var certificate =
                        new JcaX509CertificateConverter()
                                .getCertificate(
                                        new JcaX509v3CertificateBuilder(
                                                        name,
                                                        BigInteger.valueOf(now.toEpochMilli()),
                                                        Date.from(now.minus(Duration.ofDays(1))),
                                                        Date.from(now.plus(Duration.ofDays(3650))),
                                                        name,
                                                        keys.getPublic())
                                                .build(
                                                        new JcaContentSignerBuilder(
                                                                        "SHA256withECDSA")
                                                                .build(keys.getPrivate())));
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry(
                        "camera", keys.getPrivate(), new char[0], new Certificate[] {certificate});
                var managers = KeyManagerFactory.getInstance("PKIX");
                managers.init(store, new char[0]);
                var context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), null, null);
                return new Identity(context, certificate);
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException("Every Java signs with P-256", e);
            } catch (IOException e) {
                throw new UncheckedIOException("A key store in memory failed", e);
            }
        }
    }

    private TlsEntrance(ServerSocket server, int behind, List<String> protocols) {
        this.server = server;
        this.behind = behind;
        this.protocols = protocols;
    }

    /// Listens on this port of the loopback address, 0 for a free one, for the cameras behind it.
    ///
    /// @param protocols such as `TLSv1.3`; all that are usual if none is given
    public static TlsEntrance listen(int port, SimulatedCameras cameras, String... protocols) {
        try {
            var server = new ServerSocket(port, 64, InetAddress.getLoopbackAddress());
            var entrance = new TlsEntrance(server, cameras.port(), List.of(protocols));
            Thread.ofVirtual().name("simulator tls").start(entrance::serve);
            return entrance;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The simulator cannot listen on port %d for TLS. Choose another port"
                            .formatted(port),
                    e);
        }
    }

    /// The address of a camera by this way.
    public URI uri(SimulatedCamera camera) {
        return URI.create("rtsps://%s:%d/%s".formatted(HOST, port(), camera.path()));
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The SHA-256 of its certificate, in hexadecimal digits.
    public String certificate() {
        try {
            var bytes = identity.certificate().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// From the next connection on it has another key and certificate, as a camera that was reset.
    public void renewCertificate() {
        identity = Identity.fresh();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> open(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void open(Socket client) {
        sockets.add(client);
        try (client;
                var secure = secured(client);
                var plain = new Socket()) {
            sockets.add(plain);
            secure.startHandshake();
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), behind));
            plain.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            var back = Thread.ofVirtual().start(() -> carry(plain, secure));
            carry(secure, plain);
            back.join();
            sockets.remove(plain);
        } catch (IOException gone) {
            // A client that is gone or speaks no TLS: an everyday end of a connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private SSLSocket secured(Socket client) throws IOException {
        var factory = identity.context().getSocketFactory();
        var secure = (SSLSocket) factory.createSocket(client, HOST, client.getPort(), true);
        secure.setUseClientMode(false);
        if (!protocols.isEmpty()) {
            secure.setEnabledProtocols(protocols.toArray(String[]::new));
        }
        return secure;
    }

    /// Until either end is gone; then both are.
    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // That is how it ends.
        }
    }

    /// Hangs up on everybody and stops listening.
    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator's TLS cannot be closed", e);
        }
    }
}
