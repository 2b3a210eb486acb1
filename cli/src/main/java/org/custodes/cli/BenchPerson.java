package org.custodes.cli;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.custodes.simulator.SoftPasskey;
import tools.jackson.databind.JsonNode;

/// Somebody who enrols by a link and works through the API, as a browser would: how benches set up
/// and drive a real recorder without any door of their own.
///
/// @param client speaks with this person's session
/// @param cookie proves the session to the media connection too
/// @param authenticator theirs, if they enrolled
record BenchPerson(ApiClient client, String cookie, Optional<BenchAuthenticator> authenticator) {
    static final String PASSWORD = "a bench drives this recorder";

    /// Takes an enrolment link (`https://…/enrol#TOKEN`).
    static BenchPerson enrol(URI server, String authority, String link, Optional<String> name) {
        var token = Objects.requireNonNull(URI.create(link).getFragment());
        try (var stranger = new ApiClient(server, authority, Map.of("Origin", origin(server)))) {
            var look = stranger.post("/api/v1/enrolments/look", Map.of("token", token));
            var authenticator = new BenchAuthenticator(look.path("totpSecret").asString());
            var body = new HashMap<String, Object>();
            body.put("token", token);
            body.put("password", PASSWORD);
            body.put("code", authenticator.next());
            name.ifPresent(value -> body.put("name", value));
            var answer = stranger.send("POST", "/api/v1/enrolments/accept", Optional.of(body));
            var cookie = answer.cookie().orElseThrow();
            return new BenchPerson(
                    new ApiClient(
                            server, authority, Map.of("Cookie", cookie, "Origin", origin(server))),
                    cookie,
                    Optional.of(authenticator));
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
                    cookie,
                    Optional.empty());
        }
    }

    /// Signs in by a passkey, which tells who it is of.
    static BenchPerson signIn(URI server, String authority, SoftPasskey passkey) {
        try (var stranger = new ApiClient(server, authority, Map.of("Origin", origin(server)))) {
            var asked = stranger.post("/api/v1/sign-in/passkey/options", Map.of());
            var signed = passkey.signed(asked.path("challenge").asString());
            var body =
                    Map.of(
                            "credential",
                            signed.credential(),
                            "clientData",
                            signed.clientData(),
                            "authenticatorData",
                            signed.authenticatorData(),
                            "signature",
                            signed.signature(),
                            "user",
                            signed.user());
            var answer = stranger.send("POST", "/api/v1/sign-in/passkey", Optional.of(body));
            var cookie = answer.cookie().orElseThrow();
            return new BenchPerson(
                    new ApiClient(
                            server, authority, Map.of("Cookie", cookie, "Origin", origin(server))),
                    cookie,
                    Optional.empty());
        }
    }

    /// Makes a passkey for them; whoever has just come in may.
    SoftPasskey addPasskey(URI server) {
        var asked = client.post("/api/v1/me/passkeys/options", Map.of());
        var passkey =
                new SoftPasskey(
                        SoftPasskey.Algorithm.ES256,
                        asked.at("/rp/id").asString(),
                        origin(server),
                        asked.at("/user/id").asString());
        var made = passkey.made(asked.path("challenge").asString());
        client.post(
                "/api/v1/me/passkeys",
                Map.of(
                        "name",
                        "A passkey of the bench",
                        "clientData",
                        made.clientData(),
                        "attestation",
                        made.attestation()));
        return passkey;
    }

    /// Invites somebody and answers the link.
    String invite(String name, String role, Object cameras) {
        JsonNode invitation =
                client.post(
                        "/api/v1/people",
                        Map.of(
                                "name",
                                name,
                                "role",
                                role,
                                "cameras",
                                cameras,
                                "reason",
                                "to measure the recorder"));
        return invitation.path("link").asString();
    }

    /// Says yes to everything that waits for it, each with a code of its own; a demonstration's people have none.
    void agree() {
        agreeTo("");
    }

    /// As above, to what begins so.
    void agreeTo(String told) {
        for (var one : client.get("/api/v1/approvals").path("items")) {
            if (one.path("mayAnswer").asBoolean() && one.path("told").asString().startsWith(told)) {
                var path = "/api/v1/approvals/%s/yes".formatted(one.path("id").asString());
                client.post(path, Map.of("proof", proof()));
            }
        }
    }

    private Map<String, Object> proof() {
        return authenticator
                .<Map<String, Object>>map(own -> Map.of("way", "code", "code", own.next()))
                .orElseGet(() -> Map.of("way", "nothing"));
    }

    static String origin(URI server) {
        return "https://%s:%d".formatted(server.getHost(), server.getPort());
    }
}
