package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.custodes.access.Template;
import org.custodes.simulator.SoftPasskey;

/// Somebody who may watch every camera in an emergency, and else nothing.
///
/// @param browser in which a passkey has signed them in
record Taker(Client browser, SoftPasskey passkey) {
    static final String REASON = "smoke in the lobby";

    private static final String API = "/api/v1";
    private static final Json JSON = new Json(1 << 20);

    static Taker of(House house, String name) {
        var enrolled = house.newcomers().with(Template.EMERGENCY.code(), name);
        var asked = enrolled.post(API + "/me/passkeys/options", "").json();
        var passkey = PasskeysTest.passkeyFor(house, asked);
        var added = PasskeysTest.added(enrolled, asked, passkey, "a key");
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        var options = house.client().post(API + "/sign-in/passkey/options", "").json();
        var entered =
                house.client()
                        .post(API + "/sign-in/passkey", PasskeysTest.signed(passkey, options));
        assertThat(entered.status()).as(entered.toString()).isEqualTo(200);
        return new Taker(house.newcomers().browserOf(entered), passkey);
    }

    Client.Answer asks(String reason) {
        return browser.post(API + "/me/emergency/proof", JSON.text(Map.of("reason", reason)));
    }

    Client.Answer takes(String reason) {
        var asked = asks(reason);
        return asked.status() == 200 ? takes(reason, asked) : asked;
    }

    /// By what was signed for this.
    Client.Answer takes(String reason, Client.Answer asked) {
        var signed = PasskeysTest.fields(passkey, asked.json().path("passkey"));
        return browser.post(
                API + "/me/emergency",
                JSON.text(
                        Map.of(
                                "reason",
                                reason,
                                "proof",
                                Map.of("way", "passkey", "passkey", signed))));
    }

    Client.Answer ends() {
        return browser.delete(API + "/me/emergency");
    }

    /// One that was taken and is over; its id.
    String over() {
        var taken = takes(REASON);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
        var ended = ends();
        assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
        return ended.json().path("id").asString();
    }
}
