package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Route.patch;
import static org.custodes.server.Route.post;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.anybody;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.Answer;
import org.custodes.access.Assertion;
import org.custodes.access.Confirmation;
import org.custodes.access.NewPasskey;
import org.custodes.access.Passkey;
import org.custodes.access.PasskeyAsk;
import org.custodes.access.ProofAsk;
import org.custodes.register.Fault;
import org.custodes.rights.Right;
import org.custodes.server.PersonViews.Me;

/// Passkeys, recovery codes, and proving once more who one is. What a browser hands to an authenticator
/// has the members of WebAuthn level 3 section 5.1.8, bytes in base64url.
final class PasskeyRoutes {
    /// As long as a challenge lives.
    private static final int TIMEOUT_MILLIS = 120_000;

    private static final String PUBLIC_KEY = "public-key";

    /// What authenticators are told that this is.
    private static final String PRODUCT = "Custodes";

    record Party(String id, String name) {}

    record User(String id, String name, String displayName) {}

    record Parameter(String type, long alg) {}

    record Descriptor(String type, String id) {}

    record Selection(String residentKey, boolean requireResidentKey, String userVerification) {}

    record CreationView(
            Party rp,
            User user,
            String challenge,
            List<Parameter> pubKeyCredParams,
            int timeout,
            List<Descriptor> excludeCredentials,
            Selection authenticatorSelection,
            String attestation) {}

    record AssertionAskView(
            String challenge,
            int timeout,
            String rpId,
            List<Descriptor> allowCredentials,
            String userVerification) {}

    /// What an authenticator has signed.
    record Signed(
            @Bounds(min = 1, max = 2_000) String credential,
            @Bounds(min = 1, max = 8_000) String clientData,
            @Bounds(min = 1, max = 8_000) String authenticatorData,
            @Bounds(min = 1, max = 4_000) String signature,
            @Bounds(min = 1, max = 200) Optional<String> user) {}

    record Added(
            String name,
            @Bounds(min = 1, max = 8_000) String clientData,
            @Bounds(min = 1, max = 16_000) String attestation) {}

    record Renamed(String name) {}

    record PasskeyView(
            UUID id, String name, boolean backedUp, Instant madeAt, Optional<Instant> lastUsedAt) {
        static PasskeyView of(Passkey passkey) {
            return new PasskeyView(
                    passkey.id(),
                    passkey.name(),
                    passkey.backedUp(),
                    passkey.madeAt(),
                    passkey.lastUsedAt());
        }
    }

    record ProofAskView(List<ProofAsk.Way> ways, AssertionAskView passkey) {}

    /// @param way says which of the others is there
    record Proof(
            ProofAsk.Way way,
            @Bounds(min = 1, max = 20) Optional<String> code,
            Optional<Signed> passkey) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "Proof";
        }
    }

    record RecoveryCodesView(int left, boolean useful) {}

    record FreshCodesView(List<String> codes) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "FreshCodesView";
        }
    }

    private final Access access;
    private final SignInRoutes signIns;

    /// @param signIns what is answered to whoever has a new token
    PasskeyRoutes(Access access, SignInRoutes signIns) {
        this.access = access;
        this.signIns = signIns;
    }

    List<Route<?>> list() {
        var who = having(Right.OWN_SESSION);
        return List.of(
                post(API + "/sign-in/passkey/options", anybody())
                        .says("What a passkey is to sign to sign its person in.")
                        .answers(AssertionAskView.class)
                        .by(call -> Reply.ok(ask(call, access.askPasskey(call.origin())))),
                post(API + "/sign-in/passkey", anybody())
                        .says("Signs in by what a passkey has signed.")
                        .takes(Signed.class)
                        .answers(Me.class)
                        .by((call, body) ->
                                signIns.entered(
                                        call,
                                        access.signInByPasskey(
                                                assertion(call, body), call.origin()))),
                get(API + "/me/passkeys", who)
                        .says("The passkeys of whoever asks, oldest first.")
                        .answersItems(PasskeyView.class)
                        .by(this::passkeys),
                post(API + "/me/passkeys/options", who)
                        .says("What an authenticator needs to make a passkey; needs a fresh proof.")
                        .answers(CreationView.class)
                        .by(this::creation),
                post(API + "/me/passkeys", who)
                        .says("Adds a passkey that was just made; needs a fresh proof.")
                        .takes(Added.class)
                        .answers(201, PasskeyView.class)
                        .by(this::add),
                patch(API + "/me/passkeys/{id}", who)
                        .says("Calls a passkey something else.")
                        .takes(Renamed.class)
                        .answers(PasskeyView.class)
                        .by(this::rename),
                delete(API + "/me/passkeys/{id}", who)
                        .says("Ends a passkey and what it opened; needs a fresh proof.")
                        .by(call ->
                                Replies.of(
                                        access.removePasskey(call.session(), call.id("id")),
                                        _ -> Reply.done())),
                get(API + "/me/recovery-codes", who)
                        .says("How many recovery codes whoever asks has left.")
                        .answers(RecoveryCodesView.class)
                        .by(this::codesLeft),
                post(API + "/me/recovery-codes", who)
                        .says("Makes ten new ones in the place of all older; needs a fresh proof.")
                        .answers(FreshCodesView.class)
                        .by(this::freshCodes),
                post(API + "/me/proof/options", who)
                        .says("By what whoever asks can prove once more who they are.")
                        .answers(ProofAskView.class)
                        .by(this::proofOptions),
                post(API + "/me/proof", who)
                        .says(
                                "Proves once more who they are; the session goes on with a new cookie.")
                        .takes(Proof.class)
                        .answers(Me.class)
                        .by(this::prove));
    }

    private Reply passkeys(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.ownPasskeys(call.session()),
                own -> Reply.items(own.stream().map(PasskeyView::of).toList()));
    }

    private Reply creation(Call call, Route.Nothing nothing) {
        var name = call.session().name();
        return Replies.of(
                access.askNewPasskey(call.session()),
                ask ->
                        Reply.ok(
                                new CreationView(
                                        new Party(call.party().id(), PRODUCT),
                                        new User(ask.user(), name, name),
                                        ask.challenge(),
                                        NewPasskey.ALGORITHMS.stream()
                                                .map(number -> new Parameter(PUBLIC_KEY, number))
                                                .toList(),
                                        TIMEOUT_MILLIS,
                                        descriptors(ask),
                                        new Selection("required", true, "required"),
                                        "none")));
    }

    private Reply add(Call call, Added body) {
        var wanted =
                new NewPasskey(call.party(), body.name(), body.clientData(), body.attestation());
        return Replies.of(
                access.addPasskey(call.session(), wanted),
                added -> Reply.created(PasskeyView.of(added)));
    }

    private Reply rename(Call call, Renamed body) {
        return Replies.of(
                access.renamePasskey(call.session(), call.id("id"), body.name()),
                renamed -> Reply.ok(PasskeyView.of(renamed)));
    }

    private Reply codesLeft(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.recoveryCodesLeft(call.session()),
                codes -> Reply.ok(new RecoveryCodesView(codes.left(), codes.useful())));
    }

    private Reply freshCodes(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.makeRecoveryCodes(call.session()),
                codes -> Reply.ok(new FreshCodesView(codes)));
    }

    private Reply proofOptions(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.askProof(call.session(), call.origin()),
                asked -> Reply.ok(view(call, asked)));
    }

    static ProofAskView view(Call call, ProofAsk asked) {
        return new ProofAskView(
                asked.ways().stream().sorted().toList(), ask(call, asked.passkey()));
    }

    private Reply prove(Call call, Proof body) {
        return signIns.turned(
                confirmed(call, body)
                        .then(confirmation ->
                                access.proveAgain(call.session(), confirmation, call.origin())));
    }

    /// What confirms, or what is missing.
    static Answer<Confirmation> confirmed(Call call, Proof body) {
        return confirmation(call, body)
                .<Answer<Confirmation>>map(Answer.Done::new)
                .orElseGet(() -> new Answer.Faulty<>(List.of(missing(body.way()))));
    }

    private static Optional<Confirmation> confirmation(Call call, Proof body) {
        return switch (body.way()) {
            case CODE -> body.code().map(Confirmation.Code::new);
            case PASSKEY ->
                    body.passkey().map(signed -> new Confirmation.Passkey(assertion(call, signed)));
            case NOTHING -> Optional.of(new Confirmation.Nothing());
        };
    }

    private static Fault missing(ProofAsk.Way way) {
        return new Fault(Json.word(way), "form.required", "It is missing.", Map.of());
    }

    private static AssertionAskView ask(Call call, PasskeyAsk asked) {
        return new AssertionAskView(
                asked.challenge(),
                TIMEOUT_MILLIS,
                call.party().id(),
                descriptors(asked),
                "required");
    }

    private static List<Descriptor> descriptors(PasskeyAsk asked) {
        return asked.credentials().stream().map(id -> new Descriptor(PUBLIC_KEY, id)).toList();
    }

    private static Assertion assertion(Call call, Signed body) {
        return new Assertion(
                call.party(),
                body.credential(),
                body.clientData(),
                body.authenticatorData(),
                body.signature(),
                body.user());
    }
}
