package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.custodes.access.Template;
import org.custodes.simulator.SoftPasskey;
import org.custodes.simulator.SoftPasskey.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Passkeys, recovery codes and proofs as a browser meets them.
@ExtendWith(House.Door.class)
class PasskeysTest {
    private static final Json JSON = new Json(8 << 20);
    private static final String PASSWORD = "a long walk by the sea";

    private final House house;

    PasskeysTest(House house) {
        this.house = house;
    }

    @Test
    void a_browser_adds_a_passkey_and_signs_in_by_it_without_a_name() {
        var browser = house.newcomers().operator("has a passkey");
        var me = browser.get("/api/v1/me").json().at("/person/id").asString();

        var asked = browser.post("/api/v1/me/passkeys/options", "").json();
        var passkey = passkeyFor(asked);
        var added = added(browser, asked, passkey, "blue key");
        var options = house.client().post("/api/v1/sign-in/passkey/options", "").json();
        var entered = house.client().post("/api/v1/sign-in/passkey", signed(passkey, options));

        assertThat(asked.at("/rp/id").asString()).isEqualTo("localhost");
        assertThat(asked.path("attestation").asString()).isEqualTo("none");
        assertThat(asked.at("/authenticatorSelection/residentKey").asString())
                .isEqualTo("required");
        assertThat(asked.at("/authenticatorSelection/userVerification").asString())
                .isEqualTo("required");
        assertThat(asked.findValuesAsString("alg")).containsExactly("-7", "-8", "-257");
        assertThat(options.path("allowCredentials")).isEmpty();
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(entered.status()).as(entered.toString()).isEqualTo(200);
        assertThat(entered.json().at("/person/id").asString()).isEqualTo(me);
        assertThat(entered.header("Set-Cookie").orElseThrow())
                .startsWith("__Host-custodes=")
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict");
        // An operator has one workstation.
        assertThat(browser.get("/api/v1/me").key()).isEqualTo("problem.signed-in-elsewhere");
        var here = house.newcomers().browserOf(entered);
        var listed = here.get("/api/v1/me/passkeys").json().path("items");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("name").asString()).isEqualTo("blue key");
        assertThat(listed.get(0).has("lastUsedAt")).isTrue();
        assertThat(listed.get(0).has("publicKey")).isFalse();
    }

    @Test
    void what_is_unknown_and_what_is_signed_wrongly_are_answered_alike_to_the_letter() {
        var browser = house.newcomers().operator("is imitated");
        var asked = browser.post("/api/v1/me/passkeys/options", "").json();
        var passkey = passkeyFor(asked);
        var _ = added(browser, asked, passkey, "key");

        var answers = new ArrayList<String>();
        for (var other :
                List.of(
                        passkeyFor(asked),
                        passkey.at("https://localhost:1"),
                        passkey.of("example.org"),
                        passkey.with("AAAAAAAAAAAAAAAAAAAAAA"))) {
            var options = house.client().post("/api/v1/sign-in/passkey/options", "").json();
            var answer = house.client().post("/api/v1/sign-in/passkey", signed(other, options));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("Set-Cookie")).isEmpty();
            answers.add(answer.text());
        }
        var unreadable = "{\"credential\":\"?\",\"clientData\":\"?\",\"authenticatorData\":\"?\",";
        answers.add(
                house.client()
                        .post("/api/v1/sign-in/passkey", unreadable + "\"signature\":\"?\"}")
                        .text());

        assertThat(answers).hasSize(5).containsOnly(answers.getFirst());
        assertThat(answers.getFirst()).contains("problem.passkey-refused");
    }

    @Test
    void whoever_names_a_way_shows_what_belongs_to_it() {
        var browser = house.newcomers().operator("forgets something");

        var noCode = browser.post("/api/v1/me/proof", "{\"way\":\"code\"}");
        var noPasskey = browser.post("/api/v1/me/proof", "{\"way\":\"passkey\"}");
        var noWay = browser.post("/api/v1/me/proof", "{\"code\":\"123456\"}");
        var half =
                browser.post(
                        "/api/v1/me/proof", "{\"way\":\"passkey\",\"passkey\":{\"user\":\"AA\"}}");

        assertThat(fault(noCode)).isEqualTo("code form.required");
        assertThat(fault(noPasskey)).isEqualTo("passkey form.required");
        assertThat(fault(noWay)).isEqualTo("way form.required");
        assertThat(half.json().path("faults")).hasSize(4);
        assertThat(fault(half)).isEqualTo("passkey.credential form.required");
    }

    @Test
    void a_proof_turns_the_cookie_over_and_a_wrong_one_leaves_everything() {
        var browser = house.newcomers().operator("proves it");
        var asked = browser.post("/api/v1/me/passkeys/options", "").json();
        var passkey = passkeyFor(asked);
        var _ = added(browser, asked, passkey, "key");

        var wrong = browser.post("/api/v1/me/proof", "{\"way\":\"nothing\"}");
        var options = browser.post("/api/v1/me/proof/options", "").json();
        var proof = Map.of("way", "passkey", "passkey", fields(passkey, options.path("passkey")));
        var right = browser.post("/api/v1/me/proof", JSON.text(proof));
        var again = browser.post("/api/v1/me/proof", JSON.text(proof));

        assertThat(words(options.path("ways"))).containsExactly("passkey", "code");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.key()).isEqualTo("problem.not-proved");
        assertThat(right.status()).as(right.toString()).isEqualTo(200);
        var renewed = house.newcomers().browserOf(right);
        assertThat(renewed.token()).isNotEqualTo(browser.token());
        assertThat(renewed.get("/api/v1/me").json().path("person"))
                .isEqualTo(right.json().path("person"));
        assertThat(again.key()).isEqualTo("problem.not-proved");
    }

    @Test
    void recovery_codes_are_shown_once_and_sign_in_once_each() {
        var name = "keeps codes " + UUID.randomUUID();
        var browser = house.newcomers().operator(name);

        var codes = words(browser.post("/api/v1/me/recovery-codes", "").json().path("codes"));
        var body = JSON.text(Map.of("name", name, "password", PASSWORD, "code", codes.getFirst()));
        var entered = house.client().post("/api/v1/sign-in", body);
        var twice = house.client().post("/api/v1/sign-in", body);
        var left = house.newcomers().browserOf(entered).get("/api/v1/me/recovery-codes").json();

        assertThat(codes).hasSize(10);
        assertThat(entered.status()).as(entered.toString()).isEqualTo(200);
        assertThat(twice.key()).isEqualTo("problem.bad-credentials");
        assertThat(left.path("left").asInt()).isEqualTo(9);
        assertThat(left.path("useful").asBoolean()).isTrue();
        assertThat(left.has("codes")).isFalse();
    }

    @Test
    void a_demos_person_has_no_use_for_recovery_codes() {
        var guest = house.as(Template.AUDITOR);

        assertThat(guest.get("/api/v1/me/recovery-codes").json().path("useful").asBoolean())
                .isFalse();
        assertThat(fault(guest.post("/api/v1/me/recovery-codes", "")))
                .isEqualTo("password password.none");
    }

    @Test
    void renames_and_removes_its_own_and_no_other() {
        var browser = house.newcomers().operator("renames");
        var other = house.newcomers().operator("is curious");
        var asked = browser.post("/api/v1/me/passkeys/options", "").json();
        var id = added(browser, asked, passkeyFor(asked), "key").json().path("id").asString();
        var path = "/api/v1/me/passkeys/" + id;

        assertThat(other.send("PATCH", path, "{\"name\":\"mine\"}").status()).isEqualTo(404);
        assertThat(other.delete(path).status()).isEqualTo(404);
        assertThat(fault(browser.send("PATCH", path, "{\"name\":\"\"}")))
                .isEqualTo("name form.required");
        assertThat(
                        browser.send("PATCH", path, "{\"name\":\"red key\"}")
                                .json()
                                .path("name")
                                .asString())
                .isEqualTo("red key");
        assertThat(browser.delete(path).status()).isEqualTo(204);
        assertThat(browser.get("/api/v1/me/passkeys").json().path("items")).isEmpty();
    }

    private SoftPasskey passkeyFor(JsonNode asked) {
        return passkeyFor(house, asked);
    }

    static SoftPasskey passkeyFor(House house, JsonNode asked) {
        return new SoftPasskey(
                Algorithm.ES256,
                asked.at("/rp/id").asString(),
                house.client().origin(),
                asked.at("/user/id").asString());
    }

    static Client.Answer added(Client browser, JsonNode asked, SoftPasskey passkey, String name) {
        var made = passkey.made(asked.path("challenge").asString());
        return browser.post(
                "/api/v1/me/passkeys",
                JSON.text(
                        Map.of(
                                "name", name,
                                "clientData", made.clientData(),
                                "attestation", made.attestation())));
    }

    static String signed(SoftPasskey passkey, JsonNode options) {
        return JSON.text(fields(passkey, options));
    }

    static Map<String, String> fields(SoftPasskey passkey, JsonNode options) {
        var signed = passkey.signed(options.path("challenge").asString());
        return Map.of(
                "credential", signed.credential(),
                "clientData", signed.clientData(),
                "authenticatorData", signed.authenticatorData(),
                "signature", signed.signature(),
                "user", signed.user());
    }

    private static String fault(Client.Answer answer) {
        var fault = answer.json().at("/faults/0");
        return fault.path("field").asString() + " " + fault.path("key").asString();
    }

    private static List<String> words(JsonNode list) {
        var words = new ArrayList<String>();
        list.forEach(word -> words.add(word.asString()));
        return words;
    }
}
