package org.custodes.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.custodes.media.Bytes;
import org.custodes.register.Fault;
import org.custodes.rights.Assurance;
import org.custodes.rights.Request;
import org.custodes.rights.Right;

/// Proving once more who one is, for one act: by a passkey, which signs the act's hash, or by a code.
///
/// Whoever has an act confirmed asks [#ask] with its hash and [#verify] with the same; nothing but that act,
/// in that session, is confirmed by it. Any thread.
final class Proofs {
    /// What needs a fresh proof takes none that is older (PRIVACY section 8).
    static final Duration FRESH = Duration.ofMinutes(2);

    private static final int MOST_ASKED_PER_PERSON = 16;
    private static final int MOST_ASKED = 4_096;
    private static final int FREE_CODES = 2;
    private static final int MOST_CODES = 10;

    private final AccessTables tables;
    private final Gate gate;
    private final Sessions sessions;
    private final Credentials credentials;
    private final boolean demo;
    private final InstantSource clock;
    private final Challenges challenges;
    private final PasskeyCheck check;
    private final Throttle codes;

    /// @param demo whether people without any credential can confirm, on the recorder itself
    Proofs(
            AccessTables tables,
            Gate gate,
            Sessions sessions,
            Credentials credentials,
            Ceremonies ceremonies,
            boolean demo,
            InstantSource clock,
            SecureRandom random) {
        this.tables = tables;
        this.gate = gate;
        this.sessions = sessions;
        this.credentials = credentials;
        this.demo = demo;
        this.clock = clock;
        this.challenges = new Challenges(MOST_ASKED_PER_PERSON, MOST_ASKED, clock, random);
        this.check = new PasskeyCheck(tables, ceremonies, challenges, clock);
        this.codes = new Throttle(FREE_CODES, MOST_CODES, clock);
    }

    /// Why this session does nothing that opens a door for good, if it was not proved a moment ago; on record.
    Optional<Reason> refuses(Session session, Act act) {
        var age = Duration.between(session.proof().at(), clock.instant());
        var isFresh = !age.isNegative() && age.compareTo(FRESH) <= 0;
        return isFresh
                ? Optional.empty()
                : Optional.of(gate.recordRefusal(session, act, Reason.PROOF_TOO_OLD));
    }

    /// By what this person can confirm an act, and what a passkey is to sign for it: SHA-256 over the
    /// act's hash and chance.
    ///
    /// @param act its SHA-256
    ProofAsk ask(Session session, Bytes act, Origin origin) {
        var known = tables.in(handle -> PasskeyTable.of(handle, session.person()));
        var made =
                challenges.make(
                        session.person().toString(),
                        new Challenges.Purpose.Proving(session.id(), act));
        var passkey =
                new PasskeyAsk(
                        Ceremonies.text(made.challenge()),
                        made.until(),
                        Ceremonies.text(Ceremonies.user(session.person())),
                        known.stream().map(row -> Ceremonies.text(row.credential())).toList());
        return new ProofAsk(ways(session, !known.isEmpty(), origin), passkey);
    }

    private Set<ProofAsk.Way> ways(Session session, boolean passkeys, Origin origin) {
        var ways = EnumSet.noneOf(ProofAsk.Way.class);
        if (passkeys) {
            ways.add(ProofAsk.Way.PASSKEY);
        }
        if (row(session).flatMap(PersonTable.Row::totp).isPresent()) {
            ways.add(ProofAsk.Way.CODE);
        }
        if (ways.isEmpty() && demo && origin.loopback()) {
            ways.add(ProofAsk.Way.NOTHING);
        }
        return ways;
    }

    /// The proof, if this is one of whoever has this session, for this act; used up from now on. A refusal
    /// is on record.
    ///
    /// @param what is confirmed, in a few lower-case words, for the log
    /// @param act its SHA-256
    Answer<Proof> verify(
            Session session, String what, Bytes act, Confirmation confirmation, Origin origin) {
        return switch (confirmation) {
            case Confirmation.Code(var code) -> byCode(session, what, code);
            case Confirmation.Passkey(var assertion) -> byPasskey(session, what, act, assertion);
            case Confirmation.Nothing() ->
                    ways(session, hasPasskeys(session), origin).contains(ProofAsk.Way.NOTHING)
                            ? new Answer.Done<>(
                                    Proof.own(
                                            Assurance.LINK,
                                            session.person(),
                                            clock.instant().truncatedTo(ChronoUnit.MICROS)))
                            : refused(session, what);
        };
    }

    private Answer<Proof> byCode(Session session, String what, String code) {
        var fault = SignIns.codeFault(code);
        if (fault.isPresent()) {
            return new Answer.Faulty<>(List.of(fault.get()));
        }
        var key = session.person().toString();
        if (codes.attempt(key) instanceof Throttle.Verdict.Wait(var until, var first)) {
            if (first) {
                gate.recordRefusal(session, what, "", Reason.THROTTLED);
            }
            return new Answer.Refused<>(Reason.THROTTLED, Optional.of(until));
        }
        var step = row(session).map(row -> step(row, code)).orElse(OptionalLong.empty());
        if (step.isEmpty()
                || !tables.in(handle ->
                        PersonTable.useStep(handle, session.person(), step.getAsLong()))) {
            return refused(session, what);
        }
        codes.forget(key);
        return new Answer.Done<>(
                Proof.own(
                        Assurance.PASSWORD_AND_CODE,
                        session.person(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    private OptionalLong step(PersonTable.Row row, String code) {
        return row.totp()
                .map(sealed ->
                        credentials.withTotp(
                                row.person().id(),
                                sealed,
                                secret -> Totp.step(secret, code, clock.instant(), row.totpStep())))
                .orElse(OptionalLong.empty());
    }

    private Answer<Proof> byPasskey(Session session, String what, Bytes act, Assertion assertion) {
        var purpose = new Challenges.Purpose.Proving(session.id(), act);
        return switch (check.check(assertion, purpose, false)) {
            case PasskeyCheck.Found.Somebody(var person, var proof) ->
                    person.id().equals(session.person())
                            ? new Answer.Done<>(proof)
                            : refused(session, what);
            case PasskeyCheck.Found.Copied(_) ->
                    refused(session, what + " by a passkey of which there are two");
            case PasskeyCheck.Found.Nobody(_) -> refused(session, what);
        };
    }

    private Answer<Proof> refused(Session session, String what) {
        return new Answer.Refused<>(gate.recordRefusal(session, what, "", Reason.NOT_PROVED));
    }

    private boolean hasPasskeys(Session session) {
        return !tables.in(handle -> PasskeyTable.of(handle, session.person())).isEmpty();
    }

    private Optional<PersonTable.Row> row(Session session) {
        return tables.in(handle -> PersonTable.byId(handle, session.person()));
    }

    /// By what the person of this session can prove themselves anew, for whatever they do next.
    Answer<ProofAsk> askAgain(Session session, Origin origin) {
        return against(session)
                .<Answer<ProofAsk>>map(Answer.Refused::new)
                .orElseGet(() -> new Answer.Done<>(ask(session, again(session), origin)));
    }

    /// Proves the person of this session anew. It goes on under a new token.
    Answer<SignedIn> proveAgain(Session session, Confirmation confirmation, Origin origin) {
        var against = against(session);
        if (against.isPresent()) {
            return new Answer.Refused<>(against.get());
        }
        return switch (verify(session, "prove-again", again(session), confirmation, origin)) {
            case Answer.Faulty<Proof>(var faults) -> faulty(session, faults);
            case Answer.Refused<Proof>(var reason, var until) ->
                    new Answer.Refused<>(reason, until);
            case Answer.Done<Proof>(var proof) -> proved(session, proof);
        };
    }

    private Answer<SignedIn> faulty(Session session, List<Fault> faults) {
        var reason = gate.recordFaults(session, new Act(Act.Kind.PROVE_AGAIN, "", ""), faults);
        return reason == Reason.BAD_INPUT
                ? new Answer.Faulty<>(faults)
                : new Answer.Refused<>(reason);
    }

    private Answer<SignedIn> proved(Session session, Proof proof) {
        var act =
                new Act(
                        Act.Kind.PROVE_AGAIN,
                        Act.object(session.person()),
                        "by " + proof.assurance().code());
        return switch (gate.decide(session, act)) {
            case Decision.Refused(var reason) -> new Answer.Refused<>(reason);
            case Decision.Granted(_) ->
                    sessions.prove(session, proof)
                            .<Answer<SignedIn>>map(Answer.Done::new)
                            .orElseGet(() -> new Answer.Refused<>(Reason.SESSION_ENDED));
        };
    }

    /// A command line holds its token in a file and has no way to show an authenticator anything.
    private Optional<Reason> against(Session session) {
        if (session.kind() != Session.Kind.BROWSER) {
            return Optional.of(
                    gate.recordRefusal(session, "prove-again", "", Reason.BROWSER_NEEDED));
        }
        return gate.refuses(
                session, "prove-again", Request.of(session.subject(), Right.OWN_SESSION));
    }

    /// Nothing in particular: whatever this session does in the next two minutes.
    private static Bytes again(Session session) {
        return Bytes.of(
                Challenges.sha256()
                        .digest(
                                ("prove again " + session.id())
                                        .getBytes(StandardCharsets.US_ASCII)));
    }
}
