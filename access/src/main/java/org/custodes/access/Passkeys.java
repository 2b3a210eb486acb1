package org.custodes.access;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.jdbi.v3.core.Handle;

/// Somebody's own passkeys. To add or to remove one needs a fresh proof: a browser that was left open is
/// not enough to come back for ever, or to lock its person out.
final class Passkeys {
    private static final int MOST = 20;
    private static final int LONGEST_NAME = 60;
    private static final int MOST_ASKED_PER_PERSON = 16;
    private static final int MOST_ASKED = 4_096;

    private final AccessTables tables;
    private final Gate gate;
    private final Proofs proofs;
    private final Sessions sessions;
    private final Ceremonies ceremonies;
    private final Changing changing;
    private final Challenges challenges;
    private final InstantSource clock;

    Passkeys(
            AccessTables tables,
            Gate gate,
            Proofs proofs,
            Sessions sessions,
            Ceremonies ceremonies,
            InstantSource clock,
            SecureRandom random) {
        this.tables = tables;
        this.gate = gate;
        this.proofs = proofs;
        this.sessions = sessions;
        this.ceremonies = ceremonies;
        this.changing = new Changing(gate);
        this.challenges = new Challenges(MOST_ASKED_PER_PERSON, MOST_ASKED, clock, random);
        this.clock = clock;
    }

    Answer<List<Passkey>> of(Session session) {
        return gate.refuses(
                        session,
                        "list own passkeys",
                        Request.of(session.subject(), Right.OWN_SESSION))
                .<Answer<List<Passkey>>>map(Answer.Refused::new)
                .orElseGet(() ->
                        new Answer.Done<>(
                                known(session).stream().map(PasskeyTable.Row::passkey).toList()));
    }

    /// What an authenticator needs to make one for this person, which none of theirs has to do again.
    Answer<PasskeyAsk> ask(Session session) {
        var act = adding(session, "");
        var against = against(session, act);
        if (against.isPresent()) {
            return new Answer.Refused<>(against.get());
        }
        var known = known(session);
        if (known.size() >= MOST) {
            return changing.faulty(session, act, List.of(tooMany()));
        }
        var made =
                challenges.make(
                        session.person().toString(),
                        new Challenges.Purpose.Registration(session.id()));
        return new Answer.Done<>(
                new PasskeyAsk(
                        Ceremonies.text(made.challenge()),
                        made.until(),
                        Ceremonies.text(Ceremonies.user(session.person())),
                        known.stream().map(row -> Ceremonies.text(row.credential())).toList()));
    }

    Answer<Passkey> add(Session session, NewPasskey wanted) {
        var form = new Form();
        var name = form.text("name", wanted.name(), 1, LONGEST_NAME);
        var against = against(session, adding(session, ""));
        if (against.isPresent()) {
            return new Answer.Refused<>(against.get());
        }
        if (form.faulty()) {
            return changing.faulty(session, adding(session, ""), form.faults());
        }
        var purpose = new Challenges.Purpose.Registration(session.id());
        var made =
                known(session).size() >= MOST
                        ? Optional.<Ceremonies.Made>empty()
                        : ceremonies.made(wanted, challenge -> challenges.take(challenge, purpose));
        return made.isEmpty()
                ? changing.faulty(session, adding(session, ""), List.of(notGood()))
                : add(session, name, made.get());
    }

    private Answer<Passkey> add(Session session, String name, Ceremonies.Made made) {
        var passkey =
                new Passkey(
                        UUID.randomUUID(),
                        name,
                        made.backedUp(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        Optional.empty());
        var row =
                new PasskeyTable.Row(
                        passkey,
                        session.person(),
                        made.credential(),
                        made.publicKey(),
                        made.signatures(),
                        made.backupEligible());
        var act = adding(session, name);
        var added =
                changing.change(
                        session,
                        act,
                        receipt -> tables.in(handle -> add(handle, session, row, receipt.index())));
        if (added instanceof Answer.Done<Boolean>(var was) && !was) {
            gate.recordFailure(session, act, Reason.SESSION_ENDED.key());
            return new Answer.Faulty<>(List.of(notGood()));
        }
        return done(added, passkey);
    }

    /// Whoever is removed or enrols anew meanwhile ends all that they had; this comes before or not at all.
    private static boolean add(Handle handle, Session session, PasskeyTable.Row row, long entry) {
        return PersonTable.holdActive(handle, row.person())
                && SessionTable.stands(handle, session.id())
                && PasskeyTable.add(handle, row, entry);
    }

    Answer<Passkey> rename(Session session, UUID id, String wanted) {
        var before = find(session, id);
        var act = new Act(Act.Kind.RENAME_PASSKEY, object(id), "");
        if (before.isEmpty()) {
            return refused(session, act, Reason.PASSKEY_UNKNOWN);
        }
        var form = new Form();
        var name = form.text("name", wanted, 1, LONGEST_NAME);
        if (form.faulty()) {
            return changing.faulty(session, act, form.faults());
        }
        var told =
                new Act(
                        Act.Kind.RENAME_PASSKEY,
                        object(id),
                        "%s, before: %s".formatted(name, before.get().name()));
        return changing.change(
                session,
                told,
                receipt ->
                        tables.in(handle -> {
                            PasskeyTable.rename(handle, id, name, receipt.index());
                            return new Passkey(
                                    id,
                                    name,
                                    before.get().backedUp(),
                                    before.get().madeAt(),
                                    before.get().lastUsedAt());
                        }));
    }

    /// Ends it, and every other session that it opened.
    Answer<Passkey> remove(Session session, UUID id) {
        var before = find(session, id);
        var act =
                new Act(Act.Kind.REMOVE_PASSKEY, object(id), before.map(Passkey::name).orElse(""));
        if (before.isEmpty()) {
            return refused(session, act, Reason.PASSKEY_UNKNOWN);
        }
        var against = against(session, act);
        if (against.isPresent()) {
            return new Answer.Refused<>(against.get());
        }
        return changing.change(
                session,
                act,
                receipt -> {
                    tables.in(handle -> {
                        PasskeyTable.end(handle, id, receipt.time(), receipt.index());
                        return receipt;
                    });
                    endSessions(session, id);
                    return before.get();
                });
    }

    private void endSessions(Session own, UUID passkey) {
        var credential = Proof.credential(passkey);
        sessions.of(own.person()).stream()
                .filter(live -> !live.session().id().equals(own.id()))
                .filter(live -> live.session().proof().credential().equals(credential))
                .forEach(live -> sessions.end(live, Reason.SESSION_ENDED));
    }

    /// Why not: no right, or no fresh proof. On record.
    private Optional<Reason> against(Session session, Act act) {
        return gate.refuses(session, act.kind().code(), act.request(session.subject()))
                .or(() -> proofs.refuses(session, act));
    }

    private <T> Answer<T> refused(Session session, Act act, Reason reason) {
        return new Answer.Refused<>(gate.recordRefusal(session, act, reason));
    }

    private Optional<Passkey> find(Session session, UUID id) {
        return known(session).stream()
                .map(PasskeyTable.Row::passkey)
                .filter(one -> one.id().equals(id))
                .findFirst();
    }

    private List<PasskeyTable.Row> known(Session session) {
        return tables.in(handle -> PasskeyTable.of(handle, session.person()));
    }

    private static <T> Answer<Passkey> done(Answer<T> answer, Passkey passkey) {
        return switch (answer) {
            case Answer.Done<T> _ -> new Answer.Done<>(passkey);
            case Answer.Faulty<T>(var faults) -> new Answer.Faulty<>(faults);
            case Answer.Refused<T>(var reason, var until) -> new Answer.Refused<>(reason, until);
        };
    }

    private static Act adding(Session session, String name) {
        return new Act(Act.Kind.ADD_PASSKEY, Act.object(session.person()), name);
    }

    private static String object(UUID passkey) {
        return Proof.credential(passkey);
    }

    private static Fault notGood() {
        return new Fault(
                "passkey",
                "passkey.not-good",
                "This is no answer to what was asked a moment ago, or the authenticator did not verify"
                        + " you. Begin anew.",
                Map.of());
    }

    private static Fault tooMany() {
        return new Fault(
                "passkey",
                "passkey.too-many",
                "You have %d passkeys, and nobody has more. Remove one that you do not use."
                        .formatted(MOST),
                Map.of("most", Integer.toString(MOST)));
    }
}
