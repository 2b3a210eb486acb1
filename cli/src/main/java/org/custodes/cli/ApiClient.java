package org.custodes.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks to a server's API over TLS 1.3, trusting that server's own authority and no other.
final class ApiClient implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI server;
    private final HttpClient http;
    private final Map<String, String> headers;

    /// @param authority the certificate of the server's authority, in PEM
    /// @param headers sent with every request: whatever proves who this is
    ApiClient(URI server, String authority, Map<String, String> headers) {
        this.server = server;
        this.headers = Map.copyOf(headers);
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trusting(authority))
                        .connectTimeout(Duration.ofSeconds(10))
                        .build();
    }

    /// The client of whoever signed in with `custodes login`.
    static ApiClient signedIn(Folders folders) {
        var login =
                LoginFile.read(folders.configuration())
                        .orElseThrow(() ->
                                new CannotStartException(
                                        "This command line is not signed in. Pair it with a person: custodes login"));
        return new ApiClient(
                login.server(),
                login.authority(),
                Map.of("Authorization", "Bearer " + login.token()));
    }

    JsonNode get(String path) {
        return send("GET", path, Optional.empty()).body();
    }

    /// The answer as it came, not read: for measuring the server and not this client.
    String text(String path) {
        return answer("GET", path, Optional.empty()).body();
    }

    JsonNode post(String path, Object body) {
        return send("POST", path, Optional.of(body)).body();
    }

    JsonNode put(String path, Object body) {
        return send("PUT", path, Optional.of(body)).body();
    }

    void delete(String path) {
        send("DELETE", path, Optional.empty());
    }

    /// A status, the answer's JSON (missing when there is none), and the cookie it sets.
    record Answer(int status, JsonNode body, Optional<String> cookie) {}

    /// @throws ApiException if the server says no
    Answer send(String method, String path, Optional<Object> body) {
        var answer = answer(method, path, body);
        var cookie =
                answer.headers()
                        .firstValue("Set-Cookie")
                        .map(value -> value.replaceFirst(";.*", ""));
        return new Answer(answer.statusCode(), json(answer), cookie);
    }

    private HttpResponse<String> answer(String method, String path, Optional<Object> body) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(PATIENCE)
                        .header("Accept", "application/json, application/problem+json");
        headers.forEach(request::header);
        if (body.isPresent()) {
            request.header("Content-Type", "application/json")
                    .method(
                            method,
                            HttpRequest.BodyPublishers.ofString(
                                    JSON.writeValueAsString(body.get())));
        } else {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        }
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new ApiException(answer.statusCode(), json(answer));
            }
            return answer;
        } catch (SSLException e) {
            throw new CannotStartException(
                    ("%s is not the server that is trusted here: %s. Use its own name, and give its"
                                    + " /ca.pem with custodes login --ca")
                            .formatted(server, e.getMessage()),
                    e);
        } catch (ConnectException e) {
            throw new CannotStartException(
                    "Nobody answers at %s. Is the server running (custodes serve, custodes demo)?"
                            .formatted(server),
                    e);
        } catch (IOException e) {
            throw new CannotStartException(
                    "The connection to %s failed: %s".formatted(server, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while waiting for " + server, e);
        }
    }

    private JsonNode json(HttpResponse<String> answer) {
        try {
            return answer.body().isBlank() ? JSON.missingNode() : JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new CannotStartException(
                    "%s answers, but not as a Custodes server does. Is the address right?"
                            .formatted(server),
                    e);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    static SSLContext trusting(String authority) {
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            var pem = new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII));
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new CannotStartException(
                    "What is trusted here is no certificate in PEM, as the server's /ca.pem is. Fetch it anew, and give it with custodes login --ca",
                    e);
        }
    }
}
