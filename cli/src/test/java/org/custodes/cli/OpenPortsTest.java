package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.custodes.simulator.DemoFootage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a recorder with its cameras looks like from the network: its open ports, and what goes over the
/// wire while somebody signs in and watches.
class OpenPortsTest {
    private static final String PASSWORD = "nine grey herons on one leg";
    private static final int PATIENCE_MILLIS = 2_000;

    /// Who answers on a port, told by what it says to those who do not speak TLS.
    private enum Speaks {
        TLS,
        RTSP,
        POSTGRESQL
    }

    private static ChildProgram demo;
    private static URI address;
    private static String authority;

    @BeforeAll
    static void starts(@TempDir Path folder) throws IOException {
        var film = DemoFootage.small(Files.createDirectory(folder.resolve("film"))).main();
        var data = folder.resolve("data");
        demo =
                ChildProgram.custodes(
                        Processors.RECORDERS,
                        List.of(
                                "demo",
                                "--data",
                                data.toString(),
                                "--root-key",
                                folder.resolve("root.key").toString(),
                                "--port",
                                "0",
                                "--camera-port",
                                "0",
                                "--cameras",
                                "1",
                                "--footage",
                                film.toString()));
        address =
                URI.create(
                        demo.awaitLine(line -> line.startsWith("Custodes demonstration: "))
                                .replaceFirst(".*: ", "")
                                .strip());
        authority = Files.readString(data.resolve("tls").resolve("ca-localhost.pem"));
    }

    @AfterAll
    static void stops() {
        demo.close();
    }

    @Test
    void every_port_of_a_recorder_speaks_tls_or_is_known() throws IOException {
        var speaks = new ArrayList<Speaks>();
        for (var listener : Listeners.of(demo.process().toHandle())) {
            var at = listener.at();
            assertThat(at.getAddress().isLoopbackAddress()).as(listener.toString()).isTrue();
            speaks.add(spoken(listener));
        }

        // The door, the simulated cameras that a demonstration has, and the database.
        assertThat(speaks).containsExactlyInAnyOrder(Speaks.TLS, Speaks.RTSP, Speaks.POSTGRESQL);
    }

    private static Speaks spoken(Listeners.Listener listener) throws IOException {
        var at = listener.at();
        if (listener.program().equals("postgres")) {
            assertAsksForAPassword(at);
            return Speaks.POSTGRESQL;
        }
        if (said(at, "OPTIONS rtsp://localhost/camera-1 RTSP/1.0\r\nCSeq: 1\r\n\r\n")
                .startsWith("RTSP/1.0 200")) {
            assertThat(at.getPort()).isNotEqualTo(address.getPort());
            return Speaks.RTSP;
        }
        assertThat(at.getPort()).as(listener.toString()).isEqualTo(address.getPort());
        assertRefusesWhatIsClear(at);
        return Speaks.TLS;
    }

    /// Nothing but a sentence that this is a door for TLS, and no page, no redirection, no WebSocket.
    private static void assertRefusesWhatIsClear(InetSocketAddress at) throws IOException {
        var get = "GET %s HTTP/1.1\r\nHost: localhost:%d\r\n%s\r\n";
        var upgrade =
                String.join(
                        "\r\n",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "");
        for (var request :
                List.of(
                        get.formatted("/", at.getPort(), ""),
                        get.formatted("/api/v1/server", at.getPort(), ""),
                        get.formatted("/api/v1/media", at.getPort(), upgrade))) {
            assertThat(said(at, request))
                    .satisfiesAnyOf(
                            said -> assertThat(said).isEmpty(),
                            said ->
                                    assertThat(said)
                                            .startsWith("HTTP/1.1 400")
                                            .contains("requires TLS")
                                            .doesNotContain("Location:", "<script", "version"));
        }
        assertThat(heard(at, hello(1))).as("TLS 1.0").satisfies(OpenPortsTest::assertNoHandshake);
        assertThat(heard(at, hello(2))).as("TLS 1.1").satisfies(OpenPortsTest::assertNoHandshake);
        assertThat(heard(at, hello(3))).as("TLS 1.2").satisfies(OpenPortsTest::assertNoHandshake);
        try (var client = new ApiClient(address, authority, Map.of())) {
            assertThat(client.get("/api/v1/server").path("name").asString()).isEqualTo("localhost");
        }
    }

    /// An alert (21), or nothing at all: no handshake (22) goes on.
    private static void assertNoHandshake(byte[] heard) {
        assertThat(heard.length == 0 || heard[0] == 21).isTrue();
    }

    /// The greeting of a client that speaks this version of TLS at most (RFC 5246 section 7.4.1.2, RFC 4346).
    ///
    /// @param minor 1 for 1.0, 2 for 1.1, 3 for 1.2
    private static byte[] hello(int minor) {
        var suites = new short[] {(short) 0xc02b, (short) 0xc02f, (short) 0xc013, 0x2f};
        // Curve secp256r1 and ECDSA with SHA-256: what the server's key would need.
        var extensions =
                new byte[] {
                    0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 6, 0, 4, 4, 3, 4, 1
                };
        var body = 2 + 32 + 1 + 2 + 2 * suites.length + 2 + 2 + extensions.length;
        var hello = ByteBuffer.allocate(5 + 4 + body);
        hello.put((byte) 22).put((byte) 3).put((byte) 1).putShort((short) (4 + body));
        hello.put((byte) 1).put((byte) 0).putShort((short) body);
        hello.put((byte) 3).put((byte) minor).put(new byte[32]).put((byte) 0);
        hello.putShort((short) (2 * suites.length));
        for (var suite : suites) {
            hello.putShort(suite);
        }
        hello.put((byte) 1).put((byte) 0);
        hello.putShort((short) extensions.length).put(extensions);
        return hello.array();
    }

    /// The database speaks in the clear, on loopback, and says nothing before a password: it asks for a proof
    /// by SCRAM, in which none is sent.
    private static void assertAsksForAPassword(InetSocketAddress at) throws IOException {
        var user = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
        var startup = ByteBuffer.allocate(8 + user.length);
        startup.putInt(8 + user.length).putInt(3 << 16).put(user);

        var heard = new String(heard(at, startup.array()), StandardCharsets.ISO_8859_1);

        assertThat(heard).startsWith("R").contains("SCRAM-SHA-256");
    }

    private static String said(InetSocketAddress at, String request) throws IOException {
        return new String(
                heard(at, request.getBytes(StandardCharsets.US_ASCII)),
                StandardCharsets.ISO_8859_1);
    }

    /// What is answered at first, and what follows at once.
    private static byte[] heard(InetSocketAddress at, byte[] said) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(at, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(said);
            socket.getOutputStream().flush();
            var buffer = new byte[4_096];
            var read = 0;
            for (var more = 0; more >= 0 && read < buffer.length; ) {
                try {
                    more = socket.getInputStream().read(buffer, read, buffer.length - read);
                    read += Math.max(0, more);
                    socket.setSoTimeout(100);
                } catch (SocketTimeoutException silent) {
                    break;
                }
            }
            return Arrays.copyOf(buffer, read);
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    @Test
    void nothing_that_opens_a_door_is_readable_on_the_wire() throws Exception {
        var secrets = new ArrayList<String>();
        try (var tap = Wiretap.before(address.getPort())) {
            var there = URI.create("https://localhost:%d/".formatted(tap.port()));
            var operator = BenchPerson.signIn(there, authority, secret(secrets, "operator"));
            secrets.add(token(operator));
            var officer = BenchPerson.signIn(there, authority, secret(secrets, "security-officer"));
            secrets.add(token(officer));
            enrol(there, officer, secrets);
            secrets.add(
                    operator.client()
                            .post("/api/v1/tickets", Map.of("key", freshKey()))
                            .path("ticket")
                            .asString());
            var _ = operator.client().text("/");
            var frames = watched(there, operator);

            assertThat(secrets).hasSizeGreaterThanOrEqualTo(9).allMatch(one -> one.length() >= 6);
            assertThat(secrets).noneMatch(tap::saw);
            assertThat(frames).hasSizeGreaterThan(10).noneMatch(tap::saw);
            assertThat(tap.seen())
                    .as("a handshake at first, and all of the frames behind it")
                    .startsWith(22, 3)
                    .hasSizeGreaterThan(frames.stream().mapToInt(frame -> frame.length).sum());
            operator.client().close();
            officer.client().close();
        }
    }

    /// The same ears hear what is said in the clear.
    @Test
    void what_is_said_in_the_clear_is_readable_on_the_wire() throws Exception {
        var cameras =
                Listeners.of(demo.process().toHandle()).stream()
                        .filter(listener -> listener.at().getPort() != address.getPort())
                        .filter(listener -> !listener.program().equals("postgres"))
                        .findFirst()
                        .orElseThrow();
        try (var tap = Wiretap.before(cameras.at().getPort())) {
            var at = new InetSocketAddress(cameras.at().getAddress(), tap.port());

            var _ = said(at, "OPTIONS rtsp://localhost/camera-1 RTSP/1.0\r\nCSeq: 1\r\n\r\n");

            assertThat(tap.saw("OPTIONS rtsp://localhost/camera-1")).isTrue();
            assertThat(tap.saw("RTSP/1.0 200")).isTrue();
            assertThat(tap.saw(PASSWORD)).isFalse();
        }
    }

    /// The token of the link of this role, as the demonstration prints it.
    private static String secret(List<String> secrets, String role) {
        var link = demo.awaitLine(line -> line.strip().startsWith(role) && line.contains("#"));
        var token = link.substring(link.indexOf('#') + 1).strip();
        secrets.add(token);
        return token;
    }

    private static String token(BenchPerson person) {
        return person.cookie().substring(person.cookie().indexOf('=') + 1);
    }

    /// Somebody comes in by a link, with password and code, and signs in with the next code.
    private static void enrol(URI there, BenchPerson officer, List<String> secrets) {
        var link = officer.invite("Wiretapped auditor", "auditor", "all");
        var token = Objects.requireNonNull(URI.create(link).getFragment());
        secrets.add(token);
        secrets.add(PASSWORD);
        try (var stranger =
                new ApiClient(there, authority, Map.of("Origin", BenchPerson.origin(there)))) {
            var totp =
                    stranger.post("/api/v1/enrolments/look", Map.of("token", token))
                            .path("totpSecret")
                            .asString();
            secrets.add(totp);
            var now = Instant.now();
            var code = BenchAuthenticator.code(totp, now.getEpochSecond() / 30);
            var next = BenchAuthenticator.code(totp, now.getEpochSecond() / 30 + 1);
            secrets.addAll(List.of(code, next));
            var accepted =
                    stranger.send(
                            "POST",
                            "/api/v1/enrolments/accept",
                            Optional.of(
                                    Map.of("token", token, "password", PASSWORD, "code", code)));
            secrets.add(accepted.cookie().orElseThrow().replaceFirst(".*=", ""));
            var entered =
                    stranger.send(
                            "POST",
                            "/api/v1/sign-in",
                            Optional.of(
                                    Map.of(
                                            "name",
                                            "Wiretapped auditor",
                                            "password",
                                            PASSWORD,
                                            "code",
                                            next)));
            secrets.add(entered.cookie().orElseThrow().replaceFirst(".*=", ""));
        }
    }

    private static String freshKey() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    }

    /// Watches the camera live for a while.
    ///
    /// @return a piece of each frame
    private static List<byte[]> watched(URI there, BenchPerson operator) {
        var frames = new CopyOnWriteArrayList<byte[]>();
        var camera = operator.client().get("/api/v1/cameras").at("/items/0/id").asString();
        try (var media =
                MediaClient.connect(
                        there, authority, operator, frame -> frames.add(piece(frame)))) {
            media.live(1, camera);
            Waiting.until(
                    "thirty frames are here", Duration.ofSeconds(60), () -> frames.size() >= 30);
        }
        return frames.stream().filter(piece -> piece.length >= 16).toList();
    }

    private static byte[] piece(MediaClient.Arrived frame) {
        var unit = frame.unit();
        var piece = new byte[Math.min(64, unit.remaining())];
        unit.get(unit.limit() - piece.length, piece);
        return piece;
    }
}
