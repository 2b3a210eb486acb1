package org.custodes.access;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.custodes.audit.Action;

/// Signing in by a passkey, which says itself whose it is.
///
/// A signature is not guessed, so nobody waits for what others try: whoever has a passkey gets in, however
/// many attempts are made at their name or from their address. What is slowed are refusals, so that a flood
/// of them is no flood of entries.
final class PasskeySignIns {
    private static final int MOST_ASKED_PER_SOURCE = 64;
    private static final int MOST_ASKED = 4_096;
    private static final int FREE_PER_SOURCE = 30;
    private static final int MOST_PER_SOURCE = 120;
    private static final Challenges.Purpose SIGN_IN = new Challenges.Purpose.SignIn();

    private final SignIns signIns;
    private final Journal journal;
    private final Challenges challenges;
    private final PasskeyCheck check;
    private final Throttle refusals;

    PasskeySignIns(
            AccessTables tables,
            SignIns signIns,
            Journal journal,
            Ceremonies ceremonies,
            InstantSource clock,
            SecureRandom random) {
        this.signIns = signIns;
        this.journal = journal;
        this.challenges = new Challenges(MOST_ASKED_PER_SOURCE, MOST_ASKED, clock, random);
        this.check = new PasskeyCheck(tables, ceremonies, challenges, clock);
        this.refusals = new Throttle(FREE_PER_SOURCE, MOST_PER_SOURCE, clock);
    }

    /// What a passkey is to sign; not on record, as it opens nothing.
    PasskeyAsk ask(Origin origin) {
        var made = challenges.make(origin.neighbourhood(), SIGN_IN);
        return new PasskeyAsk(Ceremonies.text(made.challenge()), made.until(), "", List.of());
    }

    Answer<SignedIn> signIn(Assertion assertion, Origin origin) {
        return switch (check.check(assertion, SIGN_IN, true)) {
            case PasskeyCheck.Found.Somebody(var person, var proof) ->
                    signIns.open(person, proof, "by passkey", origin);
            case PasskeyCheck.Found.Copied(var person) ->
                    refused(
                            Optional.of(person),
                            origin,
                            "sign-in by a passkey of which there are two");
            case PasskeyCheck.Found.Nobody(var claimed) -> slowed(claimed, origin);
        };
    }

    private Answer<SignedIn> slowed(Optional<Person> claimed, Origin origin) {
        return switch (refusals.attempt(origin.neighbourhood())) {
            case Throttle.Verdict.Go() -> refused(claimed, origin, "sign-in by passkey");
            case Throttle.Verdict.Wait(var until, var first) -> {
                if (first) {
                    journal(Optional.empty(), origin, "sign-in by passkey", Reason.THROTTLED);
                }
                yield new Answer.Refused<>(Reason.THROTTLED, Optional.of(until));
            }
        };
    }

    private Answer<SignedIn> refused(Optional<Person> person, Origin origin, String what) {
        return new Answer.Refused<>(journal(person, origin, what, Reason.PASSKEY_REFUSED));
    }

    private Reason journal(Optional<Person> person, Origin origin, String what, Reason reason) {
        return journal.refused(
                Journal.stranger(person, origin),
                Action.SIGN_IN_REFUSED,
                what,
                person.map(found -> Act.object(found.id())).orElse(""),
                reason);
    }
}
