package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import org.custodes.access.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a thief has of a ticket or a cookie once its session is over. That a ticket is good once, for a
/// minute and with its key alone is told in [MediaTest].
@ExtendWith(House.Door.class)
class StolenTest {
    private final House house;

    StolenTest(House house) {
        this.house = house;
    }

    @Test
    void a_ticket_is_worth_nothing_after_its_person_signed_out() {
        var browser = house.newcomers().operator("had a ticket and left");
        try (var thief = new Viewer(browser)) {
            var ticket = thief.ticket(browser);
            assertThat(browser.post("/api/v1/sign-out", "").status()).isEqualTo(204);

            thief.open(ticket, thief.nonce());

            assertThat(thief.text("refused").at("/problem/key").asString())
                    .isEqualTo("problem.ticket-refused");
            assertThat(thief.closed()).isEqualTo(1008);
        }
    }

    @Test
    void a_ticket_is_worth_nothing_after_its_person_was_signed_out_by_somebody_else() {
        var browser = house.newcomers().operator("had a ticket and was signed out");
        var id = browser.get("/api/v1/me").json().at("/person/id").asString();
        try (var thief = new Viewer(browser)) {
            var ticket = thief.ticket(browser);
            var officer = house.as(Template.SECURITY_OFFICER);
            assertThat(officer.delete("/api/v1/people/%s/sessions".formatted(id)).status())
                    .isEqualTo(204);

            thief.open(ticket, thief.nonce());

            var _ = thief.text("refused");
        }
    }

    @Test
    void a_cookie_is_worth_nothing_after_its_person_signed_out_and_opens_nothing() {
        var browser = house.newcomers().operator("had a cookie and left");
        var thief = house.client().withCookie(browser.token());
        assertThat(browser.post("/api/v1/sign-out", "").status()).isEqualTo(204);

        for (var path : new String[] {"/api/v1/me", "/api/v1/cameras", "/api/v1/walls"}) {
            assertThat(thief.get(path).status()).as(path).isEqualTo(401);
        }
        try (var viewer = new Viewer(browser)) {
            var ticket = thief.post("/api/v1/tickets", "{\"key\":\"%s\"}".formatted(viewer.spki()));
            assertThat(ticket.status()).isEqualTo(401);
        }
    }

    @Test
    void signing_in_again_ends_the_session_of_the_cookie_before() {
        var before = house.newcomers().operator("was here before");
        var thief = house.client().withCookie(before.token());

        var entered = house.newcomers().accepted(house.newcomers().invited("comes after"), before);

        var after = house.newcomers().browserOf(entered);
        assertThat(after.token()).isNotEqualTo(before.token());
        assertThat(thief.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(after.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void a_sign_in_that_fails_leaves_whoever_is_signed_in_alone() {
        var browser = house.newcomers().operator("stays");

        var refused = browser.post("/api/v1/sign-in/link", "{\"token\":\"not one of ours\"}");

        assertThat(refused.status()).isIn(401, 429);
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void no_two_tokens_are_alike_and_each_has_256_bits() {
        var tokens = new HashSet<String>();
        for (var role : Template.values()) {
            tokens.add(house.as(role).token());
        }

        assertThat(tokens).hasSize(Template.values().length);
        assertThat(tokens)
                .allSatisfy(token -> assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32));
    }
}
