package org.custodes.access;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.custodes.register.Fault;
import org.custodes.rights.Request;
import org.custodes.rights.Right;

/// Somebody's own recovery codes: ten, shown once, each good once in the place of an authenticator's code.
final class RecoveryCodes {
    private static final int MANY = 10;

    private final AccessTables tables;
    private final Gate gate;
    private final Proofs proofs;
    private final Changing changing;
    private final InstantSource clock;
    private final SecureRandom random;

    RecoveryCodes(
            AccessTables tables,
            Gate gate,
            Proofs proofs,
            InstantSource clock,
            SecureRandom random) {
        this.tables = tables;
        this.gate = gate;
        this.proofs = proofs;
        this.changing = new Changing(gate);
        this.clock = clock;
        this.random = random;
    }

    Answer<RecoveryCodesLeft> left(Session session) {
        return gate.refuses(
                        session,
                        "count own recovery codes",
                        Request.of(session.subject(), Right.OWN_SESSION))
                .<Answer<RecoveryCodesLeft>>map(Answer.Refused::new)
                .orElseGet(() ->
                        new Answer.Done<>(
                                new RecoveryCodesLeft(
                                        tables.in(handle ->
                                                RecoveryTable.left(handle, session.person())),
                                        hasPassword(session))));
    }

    /// New ones; older ones open nothing from then on.
    Answer<List<String>> make(Session session) {
        var act = new Act(Act.Kind.MAKE_RECOVERY_CODES, Act.object(session.person()), "");
        var refused = gate.refuses(session, act.kind().code(), act.request(session.subject()));
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        if (!hasPassword(session)) {
            return changing.faulty(session, act, List.of(noPassword()));
        }
        var unproved = proofs.refuses(session, act);
        if (unproved.isPresent()) {
            return new Answer.Refused<>(unproved.get());
        }
        var fresh = Stream.generate(() -> RecoveryCode.fresh(random)).limit(MANY).toList();
        return kept(session, act, fresh);
    }

    private Answer<List<String>> kept(Session session, Act act, List<RecoveryCode> fresh) {
        var person = session.person();
        var hashes = fresh.stream().map(code -> code.hash(person)).toList();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var kept =
                changing.change(
                        session,
                        act,
                        _ ->
                                tables.in(handle -> {
                                    // Whoever enrols anew meanwhile ends all that they had.
                                    var stands =
                                            PersonTable.holdActive(handle, person)
                                                    && SessionTable.stands(handle, session.id());
                                    if (stands) {
                                        RecoveryTable.replace(handle, person, hashes, now);
                                    }
                                    return stands;
                                }));
        return switch (kept) {
            case Answer.Faulty<Boolean>(var faults) -> new Answer.Faulty<>(faults);
            case Answer.Refused<Boolean>(var reason, var until) ->
                    new Answer.Refused<>(reason, until);
            case Answer.Done<Boolean>(var stands) -> {
                if (!stands) {
                    gate.recordFailure(session, act, Reason.SESSION_ENDED.key());
                    yield new Answer.Refused<>(Reason.SESSION_ENDED);
                }
                yield new Answer.Done<>(fresh.stream().map(RecoveryCode::shown).toList());
            }
        };
    }

    private boolean hasPassword(Session session) {
        return tables.in(handle -> PersonTable.byId(handle, session.person()))
                .flatMap(PersonTable.Row::password)
                .isPresent();
    }

    private static Fault noPassword() {
        return new Fault(
                "password",
                "password.none",
                "Recovery codes go with a password, and you have none: you sign in another way.",
                Map.of());
    }
}
