package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Route.post;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.anybody;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.custodes.access.Access;
import org.custodes.access.SignedIn;
import org.custodes.rights.Right;
import org.custodes.server.PersonViews.Somebody;

/// Pairing a command line with a person: it asks for a code, a signed-in person approves the code in
/// the browser, the command line claims its session with a secret that never left it.
final class PairingRoutes {
    record Asked(@Bounds(min = 1, max = 1_000) String device) {}

    record PairingView(String code, String secret, Instant expiresAt, String approveAt) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "PairingView";
        }
    }

    record PairingRequestView(String code, String device, String address, Instant expiresAt) {}

    record Claim(@Bounds(min = 1, max = 200) String secret) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "Claim";
        }
    }

    record Claimed(String token, Instant expiresAt, Somebody person) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "Claimed";
        }
    }

    private final Access access;

    PairingRoutes(Access access) {
        this.access = access;
    }

    List<Route<?>> list() {
        return List.of(
                post(API + "/pairings", anybody())
                        .says("A command line asks to be paired with a person.")
                        .takes(Asked.class)
                        .answers(PairingView.class)
                        .by(this::ask),
                get(API + "/pairings/{code}", having(Right.OWN_SESSION))
                        .says("Which command line waits under this code.")
                        .answers(PairingRequestView.class)
                        .by(this::look),
                post(API + "/pairings/{code}/approve", having(Right.OWN_SESSION))
                        .says("Lets the command line act as the person who approves; browser only.")
                        .by(this::approve),
                post(API + "/pairings/{code}/claim", anybody())
                        .says("The command line's token; 202 and nothing while nobody approved.")
                        .takes(Claim.class)
                        .answers(Claimed.class)
                        .by(this::claim));
    }

    private Reply ask(Call call, Asked body) {
        return Replies.of(
                access.pair(body.device(), call.origin()),
                pairing ->
                        Reply.ok(
                                new PairingView(
                                        pairing.code(),
                                        pairing.secret(),
                                        pairing.expiresAt(),
                                        call.address("/pair/" + pairing.code()))));
    }

    private Reply look(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.lookAtPairing(call.session(), call.word("code")),
                asked ->
                        Reply.ok(
                                new PairingRequestView(
                                        asked.code(),
                                        asked.device(),
                                        asked.address(),
                                        asked.expiresAt())));
    }

    private Reply approve(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.approvePairing(call.session(), call.word("code")), _ -> Reply.done());
    }

    private Reply claim(Call call, Claim body) {
        return Replies.of(
                access.claimPairing(call.word("code"), body.secret(), call.origin()),
                this::claimed);
    }

    private Reply claimed(Optional<SignedIn> signedIn) {
        return signedIn.<Reply>map(in ->
                        Reply.ok(
                                new Claimed(
                                        in.token(),
                                        in.session().endsAt(),
                                        Somebody.of(in.session(), access.roles(in.session())))))
                .orElseGet(() -> Reply.accepted(Map.of()));
    }
}
