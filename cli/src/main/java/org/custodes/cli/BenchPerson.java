package org.custodes.cli;

import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// Somebody who enrols by a link and works through the API, as a browser would: how benches set up
/// and drive a real recorder without any door of their own.
///
/// @param client speaks with this person's session
/// @param cookie proves the session to the media connection too
record BenchPerson(ApiClient client, String cookie) {
    static final String PASSWORD = "a bench drives this recorder";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// Takes an enrolment link (`https://…/enrol#TOKEN`).
    static BenchPerson enrol(URI server, String authority, String link, Optional<String> name) {
        var token = Objects.requireNonNull(URI.create(link).getFragment());
        try (var stranger = new ApiClient(server, authority, Map.of("Origin", origin(server)))) {
            var look = stranger.post("/api/v1/enrolments/look", Map.of("token", token));
            var code = oneTimeCode(look.path("totpSecret").asString(), Instant.now());
            var body = new HashMap<String, Object>();
            body.put("token", token);
            body.put("password", PASSWORD);
            body.put("code", code);
            name.ifPresent(value -> body.put("name", value));
            var answer = stranger.send("POST", "/api/v1/enrolments/accept", Optional.of(body));
            var cookie = answer.cookie().orElseThrow();
            return new BenchPerson(
                    new ApiClient(
                            server, authority, Map.of("Cookie", cookie, "Origin", origin(server))),
                    cookie);
        }
    }

    /// Takes a demonstration's sign-in link (`https://…/sign-in#TOKEN`).
    static BenchPerson signIn(URI server, String authority, String token) {
        try (var stranger = new ApiClient(server, authority, Map.of("Origin", origin(server)))) {
            var answer =
                    stranger.send(
                            "POST", "/api/v1/sign-in/link", Optional.of(Map.of("token", token)));
            var cookie = answer.cookie().orElseThrow();
            return new BenchPerson(
                    new ApiClient(
                            server, authority, Map.of("Cookie", cookie, "Origin", origin(server))),
                    cookie);
        }
    }

    /// Invites somebody and answers the link.
    String invite(String name, String role, Object cameras) {
        JsonNode invitation =
                client.post(
                        "/api/v1/people", Map.of("name", name, "role", role, "cameras", cameras));
        return invitation.path("link").asString();
    }

    /// Says yes to everything that waits for it.
    void agree() {
        for (var one : client.get("/api/v1/approvals").path("items")) {
            if (one.path("mayAnswer").asBoolean()) {
                var path = "/api/v1/approvals/%s/answer".formatted(one.path("id").asString());
                client.post(path, Map.of("yes", true));
            }
        }
    }

    static String origin(URI server) {
        return "https://%s:%d".formatted(server.getHost(), server.getPort());
    }

    /// RFC 6238 with SHA-1, 30 s and six digits.
    static String oneTimeCode(String secret, Instant now) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(base32(secret), "HmacSHA1"));
            var step = ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array();
            var hash = mac.doFinal(step);
            var offset = hash[hash.length - 1] & 0xF;
            var number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7FFFFFFF;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] base32(String text) {
        var bits = new StringBuilder();
        for (var c : text.replaceAll("[= ]", "").toCharArray()) {
            var value = ALPHABET.indexOf(c);
            bits.append(Integer.toBinaryString(32 + value).substring(1));
        }
        var bytes = new byte[bits.length() / 8];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(i * 8, i * 8 + 8), 2);
        }
        return bytes;
    }
}
