package org.custodes.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;

/// A browser or a command line, as far as the server can tell them: the JDK's client, which trusts this
/// server's authority and nobody else.
final class Client {
    private static final Json JSON = new Json(8 << 20);

    /// The cookie of a browser, and the codes that its person can prove by who they are; without them, a click does in a
    /// demonstration.
    private static final class Jar {
        private final Optional<Supplier<String>> codes;
        private volatile Optional<String> token;

        Jar(Optional<String> token) {
            this(token, Optional.empty());
        }

        Jar(Optional<String> token, Optional<Supplier<String>> codes) {
            this.token = token;
            this.codes = codes;
        }

        String proof() {
            return codes.map(code -> "{\"way\":\"code\",\"code\":\"%s\"}".formatted(code.get()))
                    .orElse("{\"way\":\"nothing\"}");
        }

        Optional<String> token() {
            return token;
        }

        void keep(Optional<String> next) {
            token = next;
        }
    }

    private final URI server;
    private final SSLContext tls;
    private final HttpClient http;

    /// Of one browser, whoever of its windows asks.
    private final Jar cookie;

    private final Optional<String> bearer;
    private final Optional<InetAddress> from;

    Client(URI server, TlsAuthority authority) {
        this(server, trusting(authority), new Jar(Optional.empty()), Optional.empty());
    }

    private Client(URI server, SSLContext tls, Jar cookie, Optional<String> bearer) {
        this(server, tls, cookie, bearer, Optional.empty());
    }

    private Client(
            URI server,
            SSLContext tls,
            Jar cookie,
            Optional<String> bearer,
            Optional<InetAddress> from) {
        this.server = server;
        this.tls = tls;
        this.cookie = cookie;
        this.bearer = bearer;
        this.from = from;
        var http =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10));
        from.ifPresent(http::localAddress);
        this.http = http.build();
    }

    private static SSLContext trusting(TlsAuthority authority) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", authority.certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The same person at another server.
    Client at(URI other) {
        return new Client(other, tls, cookie, bearer, from);
    }

    /// Somebody at another address, of whom nobody is signed in.
    Client from(InetAddress address) {
        return new Client(
                server, tls, new Jar(Optional.empty()), Optional.empty(), Optional.of(address));
    }

    Client withCookie(String token) {
        return new Client(server, tls, new Jar(Optional.of(token)), Optional.empty());
    }

    /// The same browser, whose person has these codes.
    Client provingBy(Supplier<String> codes) {
        return new Client(server, tls, new Jar(cookie.token(), Optional.of(codes)), bearer);
    }

    Client withBearer(String token) {
        return new Client(server, tls, new Jar(Optional.empty()), Optional.of(token));
    }

    /// The token of the cookie that it holds.
    String token() {
        return cookie.token().orElseThrow();
    }

    Client signedInBy(String link) {
        var answer = post("/api/v1/sign-in/link", "{\"token\":\"%s\"}".formatted(link));
        if (answer.status() != 200) {
            throw new AssertionError("Not signed in: " + answer);
        }
        return withCookie(answer.cookie().orElseThrow());
    }

    /// An answer.
    record Answer(int status, HttpResponse<byte[]> whole) {
        String text() {
            return new String(whole.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.read(whole.body());
        }

        Optional<String> header(String name) {
            return whole.headers().firstValue(name);
        }

        /// The token of the cookie that it sets.
        Optional<String> cookie() {
            return header("Set-Cookie")
                    .map(set -> set.substring(set.indexOf('=') + 1, set.indexOf(';')));
        }

        /// The problem's key.
        String key() {
            return json().path("key").asString();
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }

    Answer get(String path) {
        return proved(() -> send(request("GET", path)));
    }

    Answer delete(String path) {
        return proved(() -> send(request("DELETE", path)));
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /// As a browser sends it: with JSON and the origin of the page.
    Answer send(String method, String path, String body) {
        return proved(() -> sendOnce(method, path, body));
    }

    private Answer sendOnce(String method, String path, String body) {
        return send(
                withBody(request(method, path), method, body)
                        .header("Content-Type", "application/json"));
    }

    /// Where the server wants a fresh proof of who somebody is, they give it, as in the console.
    private Answer proved(Supplier<Answer> asked) {
        var answer = asked.get();
        if (answer.status() != 403 || !answer.text().contains("problem.proof-too-old")) {
            return answer;
        }
        var proof = sendOnce("POST", "/api/v1/me/proof", cookie.proof());
        if (proof.status() != 200) {
            return answer;
        }
        cookie.keep(proof.cookie());
        return asked.get();
    }

    static HttpRequest.Builder withBody(HttpRequest.Builder request, String method, String body) {
        return body.isEmpty()
                ? request.method(method, BodyPublishers.noBody())
                : request.method(method, BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String method, String path) {
        var request = bare(method, path);
        request.header("Origin", origin());
        return request;
    }

    /// Without an origin.
    HttpRequest.Builder bare(String method, String path) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .method(method, BodyPublishers.noBody());
        cookie.token().ifPresent(token -> request.header("Cookie", "__Host-custodes=" + token));
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Sends these bytes as they are and reads until the server closes.
    String raw(String bytes) {
        try (var socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Shakes hands in one version of TLS.
    void handshake(String protocol) throws IOException {
        try (var socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setSoTimeout(20_000);
            socket.startHandshake();
        }
    }

    /// The certificate that the server shows now.
    java.security.cert.Certificate certificate() throws IOException {
        try (var socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    WebSocket.Builder webSocket() {
        return http.newWebSocketBuilder().header("Origin", origin());
    }

    WebSocket.Builder webSocketFrom(String origin) {
        return http.newWebSocketBuilder().header("Origin", origin);
    }

    URI media() {
        return URI.create("wss://localhost:%d/api/v1/media".formatted(port()));
    }

    String origin() {
        return "https://localhost:" + port();
    }

    int port() {
        return server.getPort();
    }
}
