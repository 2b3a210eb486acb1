package org.custodes.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.custodes.audit.Action;
import org.custodes.media.Bytes;
import org.custodes.register.Form;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.jspecify.annotations.Nullable;

/// Where command lines wait until somebody approves them in a browser (in the manner of RFC 8628).
/// In memory: a restart forgets who waited. Any thread.
final class PairingDesk {
    /// Consonants that cannot be mistaken for each other, and make no words.
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final Duration WAITS = Duration.ofMinutes(10);
    private static final int MOST_WAITING = 200;
    private static final int MOST_PER_SOURCE = 5;
    private static final int FREE_LOOKS = 5;
    private static final int MOST_LOOKS = 30;

    /// @param approver who said yes; null until somebody has
    private record Waiting(
            String code,
            Bytes secret,
            String device,
            Origin origin,
            Instant expiresAt,
            @Nullable Session approver) {

        PairingRequest request() {
            return new PairingRequest(code, device, origin.plainAddress(), expiresAt);
        }
    }

    private final AccessTables tables;
    private final Gate gate;
    private final Proofs proofs;
    private final Sessions sessions;
    private final Journal journal;
    private final SignIns signIns;
    private final Tokens tokens;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Throttle looks;
    // Guarded by this; by code without the dash.
    private final Map<String, Waiting> waiting = new HashMap<>();

    PairingDesk(
            AccessTables tables,
            Gate gate,
            Proofs proofs,
            Sessions sessions,
            Journal journal,
            SignIns signIns,
            Tokens tokens,
            InstantSource clock,
            SecureRandom random) {
        this.tables = tables;
        this.gate = gate;
        this.proofs = proofs;
        this.sessions = sessions;
        this.journal = journal;
        this.signIns = signIns;
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
        this.looks = new Throttle(FREE_LOOKS, MOST_LOOKS, clock);
    }

    Answer<Pairing> ask(String device, Origin origin) {
        var form = new Form();
        var name = form.text("device", device, 1, 120);
        if (form.faulty()) {
            return new Answer.Faulty<>(form.faults());
        }
        if (full(origin)) {
            return signIns.strangerRefused(origin, Reason.BUSY);
        }
        var actor = Journal.stranger(Optional.empty(), origin);
        if (journal.done(actor, Action.PAIRING_ASKED, "", name).isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        var secret = tokens.make();
        var expires = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(WAITS);
        var code = put(Tokens.hash(secret), name, origin, expires);
        return new Answer.Done<>(new Pairing(code, secret, expires));
    }

    private synchronized boolean full(Origin origin) {
        var now = clock.instant();
        waiting.values().removeIf(one -> !now.isBefore(one.expiresAt()));
        var neighbours =
                waiting.values().stream()
                        .filter(one -> one.origin().neighbourhood().equals(origin.neighbourhood()))
                        .count();
        return waiting.size() >= MOST_WAITING || neighbours >= MOST_PER_SOURCE;
    }

    private synchronized String put(Bytes secret, String device, Origin origin, Instant expires) {
        var letters = letters();
        while (waiting.containsKey(letters)) {
            letters = letters();
        }
        var code = letters.substring(0, 4) + "-" + letters.substring(4);
        waiting.put(letters, new Waiting(code, secret, device, origin, expires, null));
        return code;
    }

    private String letters() {
        var code = new StringBuilder();
        random.ints(8, 0, LETTERS.length()).forEach(i -> code.append(LETTERS.charAt(i)));
        return code.toString();
    }

    /// What waits under this code, if the person has not guessed too often.
    Answer<PairingRequest> look(Session session, String code) {
        var refused =
                gate.refuses(
                        session,
                        "look at pairing",
                        Request.of(session.subject(), Right.OWN_SESSION));
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var key = session.person().toString();
        if (looks.attempt(key) instanceof Throttle.Verdict.Wait(var until, _)) {
            return new Answer.Refused<>(Reason.THROTTLED, Optional.of(until));
        }
        var found = find(code);
        if (found.isEmpty()) {
            return new Answer.Refused<>(
                    journal.refused(
                            session.actor(),
                            Action.PAIRING_REFUSED,
                            "look",
                            "",
                            Reason.PAIRING_UNKNOWN));
        }
        looks.forgive(key);
        return new Answer.Done<>(found.get().request());
    }

    /// Lets the command line act as this person, which needs a fresh proof; in a browser only.
    Answer<PairingRequest> approve(Session session, String code) {
        if (session.kind() != Session.Kind.BROWSER) {
            return new Answer.Refused<>(
                    journal.refused(session.actor(), "approve-pairing", "", Reason.BROWSER_NEEDED));
        }
        return look(session, code).then(request -> approved(session, code, request));
    }

    private Answer<PairingRequest> approved(Session session, String code, PairingRequest request) {
        var act = new Act(Act.Kind.APPROVE_PAIRING, "", request.device());
        return proofs.refuses(session, act)
                .<Answer<PairingRequest>>map(Answer.Refused::new)
                .orElseGet(() ->
                        gate.receipt(session, act).then(_ -> agreed(session, act, code, request)));
    }

    private Answer<PairingRequest> agreed(
            Session session, Act act, String code, PairingRequest request) {
        if (agree(session, code)) {
            return new Answer.Done<>(request);
        }
        gate.recordFailure(session, act, Reason.PAIRING_UNKNOWN.key());
        return new Answer.Refused<>(Reason.PAIRING_UNKNOWN);
    }

    /// Puts the person's yes where the command line will ask for it.
    private synchronized boolean agree(Session approver, String code) {
        var letters = letters(code);
        var found = find(letters).filter(one -> one.approver() == null);
        found.ifPresent(one ->
                waiting.put(
                        letters,
                        new Waiting(
                                one.code(),
                                one.secret(),
                                one.device(),
                                one.origin(),
                                one.expiresAt(),
                                approver)));
        return found.isPresent();
    }

    Answer<Optional<SignedIn>> claim(String code, String secret, Origin origin) {
        var found = find(code).filter(one -> sameSecret(one, secret));
        if (found.isEmpty()) {
            return signIns.strangerRefused(origin, Reason.PAIRING_UNKNOWN);
        }
        var approver = found.get().approver();
        if (approver == null) {
            return new Answer.Done<>(Optional.empty());
        }
        if (!take(found.get())) {
            return signIns.strangerRefused(origin, Reason.PAIRING_UNKNOWN);
        }
        // Rights as they are now: they may have changed since the yes.
        var person =
                tables.in(handle -> PersonTable.byId(handle, approver.person()))
                        .map(PersonTable.Row::person)
                        .filter(known -> known.state() == Person.State.ACTIVE);
        return person.isEmpty()
                ? signIns.strangerRefused(origin, Reason.PAIRING_UNKNOWN)
                : open(person.get(), found.get(), approver.proof(), origin);
    }

    /// @param proof that of who said yes: a command line proves nothing of its own
    private Answer<Optional<SignedIn>> open(
            Person person, Waiting paired, Proof proof, Origin origin) {
        var entry =
                journal.done(
                        Journal.of(person, origin),
                        Action.SIGN_IN,
                        Act.object(person.id()),
                        "by pairing " + paired.device());
        return entry.isEmpty()
                ? new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE)
                : new Answer.Done<>(
                        Optional.of(
                                sessions.open(person, Session.Kind.COMMAND_LINE, origin, proof)));
    }

    /// Whether it was still there; of two that come together, one.
    private synchronized boolean take(Waiting one) {
        return waiting.remove(letters(one.code()), one);
    }

    private synchronized Optional<Waiting> find(String code) {
        var now = clock.instant();
        return Optional.ofNullable(waiting.get(letters(code)))
                .filter(one -> now.isBefore(one.expiresAt()));
    }

    private static boolean sameSecret(Waiting one, String secret) {
        return MessageDigest.isEqual(one.secret().array(), Tokens.hash(secret).array());
    }

    /// However people type it.
    private static String letters(String code) {
        return code.length() > 32 ? "" : code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    }
}
