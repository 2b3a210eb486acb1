package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.Receipt;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.rights.Assurance;
import org.custodes.rights.Decide;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.Scope;
import org.jdbi.v3.core.Handle;

/// Break-glass: for an hour somebody takes, with a passkey and a reason, what was given to them for emergencies and
/// gave them nothing until then. Whoever oversees is told at once and reviews it. As long as nobody has, in time, or as
/// too many wait for it, nothing is taken again.
///
/// What it lets them do is for `rights` to say (see [Policies#TAKEN]); here it is kept, and ended. Changes come one
/// after the other.
final class Emergencies {
    static final Duration LASTS = Duration.ofMinutes(60);
    static final Duration REVIEWED_WITHIN = Duration.ofDays(3);

    /// One for what happens, another for what follows from it, and a third until whoever reviews them is there.
    private static final int MOST_UNREVIEWED = 3;

    private static final Duration SHOWN_FOR = Duration.ofDays(180);
    private static final int MOST_SHOWN = 1_000;

    /// A word is no reason.
    private static final int SHORTEST_WORDS = 10;

    private static final int LONGEST_WORDS = 500;

    private static final String TAKE = Act.Kind.TAKE_EMERGENCY.code();
    private static final String END = Act.Kind.END_EMERGENCY.code();
    private static final String REVIEW = Act.Kind.REVIEW_EMERGENCY.code();
    private static final String LIST = "list emergencies";

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Journal journal;
    private final Credentials credentials;
    private final Proofs proofs;
    private final InstantSource clock;
    private final Changing changing;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile StandingEmergencies standing = StandingEmergencies.NONE;

    /// Whether there is one whose end is still to be written; there may be, until somebody has looked.
    private volatile boolean open = true;

    Emergencies(
            AccessTables tables,
            Gate gate,
            Policies policies,
            Journal journal,
            Credentials credentials,
            Proofs proofs,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.journal = journal;
        this.credentials = credentials;
        this.proofs = proofs;
        this.clock = clock;
        this.changing = new Changing(gate);
    }

    /// Calls `listener` whenever something was taken, has ended or was reviewed; it must not block.
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// To tell comes first: it needs nothing that may be away.
    private void changed() {
        listeners.forEach(Runnable::run);
        look();
    }

    /// What is to be told; as it was half a minute ago at most.
    StandingEmergencies standing() {
        return standing;
    }

    /// Looks what stands.
    synchronized void look() {
        open = tables.in(EmergencyTable::open) > 0;
        standing = tables.in(handle -> EmergencyTable.standing(handle, now()));
    }

    /// What whoever asks could take, has taken, and why not.
    Answer<OwnEmergency> own(Session session) {
        var refused = mayNotTake(session, TAKE);
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var person = session.person();
        var now = now();
        var policy = policies.now();
        var running = tables.in(handle -> EmergencyTable.running(handle, person, now));
        return new Answer.Done<>(
                new OwnEmergency(
                        held(session).map(Held::on).orElse(Scope.none()),
                        running.map(row -> shown(row, session, policy)),
                        tables.in(handle -> isLocked(handle, person, now)),
                        hasPasskey(session)));
    }

    private Optional<Reason> mayNotTake(Session session, String what) {
        return gate.refuses(session, what, Request.of(session.subject(), Right.TAKE_EMERGENCY));
    }

    private Optional<Held> held(Session session) {
        return tables.in(handle -> AssignmentTable.of(handle, session.person())).stream()
                .filter(held -> held.role().equals(Template.EMERGENCY.id()))
                .filter(held -> held.of(session.person()).holds(now()))
                .findFirst();
    }

    private boolean hasPasskey(Session session) {
        return !tables.in(handle -> PasskeyTable.of(handle, session.person())).isEmpty();
    }

    /// What is about to be done, by which role.
    private record Taking(Act act, Held held, String reason) {

        /// Exactly that, by this session's person: what a passkey signs for.
        Bytes hash(Session session) {
            return act.request(session.subject())
                    .about("take %s for %s: %s".formatted(held.id(), LASTS, reason))
                    .hash();
        }
    }

    /// What a passkey is to sign, so that this is taken for this reason and nothing else is.
    Answer<ProofAsk> askProof(Session session, String reason, Origin origin) {
        return taking(session, reason)
                .map(taking -> proofs.ask(session, taking.hash(session), origin))
                .map(asked -> new ProofAsk(Set.of(ProofAsk.Way.PASSKEY), asked.passkey()));
    }

    synchronized Answer<Emergency> take(
            Session session, String reason, Confirmation confirmation, Origin origin) {
        return taking(session, reason)
                .then(taking ->
                        proved(session, taking, confirmation, origin)
                                .then(proof -> taken(session, taking, proof)));
    }

    /// A code can be read out to somebody, and is good enough for what can be taken back.
    private Answer<Proof> proved(
            Session session, Taking taking, Confirmation confirmation, Origin origin) {
        return switch (confirmation) {
            case Confirmation.Passkey _ ->
                    proofs.verify(session, TAKE, taking.hash(session), confirmation, origin);
            case Confirmation.Code _, Confirmation.Nothing _ ->
                    refused(session, TAKE, Reason.PASSKEY_NEEDED);
        };
    }

    /// The right first: whoever may not take it learns nothing of how it is taken.
    private Answer<Taking> taking(Session session, String wanted) {
        var against = mayNotTake(session, TAKE).or(() -> against(session));
        if (against.isPresent()) {
            return new Answer.Refused<>(against.get());
        }
        var held = held(session);
        if (held.isEmpty()) {
            return refused(session, TAKE, Reason.ROLE_ENDED);
        }
        var form = new Form();
        var reason = form.text("reason", wanted, SHORTEST_WORDS, LONGEST_WORDS);
        if (form.faulty()) {
            return changing.faulty(session, act(session, ""), form.faults());
        }
        var told = "for %d min, %s: %s".formatted(LASTS.toMinutes(), told(held.get().on()), reason);
        return new Answer.Done<>(new Taking(act(session, told), held.get(), reason));
    }

    private static Act act(Session session, String text) {
        return new Act(Act.Kind.TAKE_EMERGENCY, Act.object(session.person()), text);
    }

    private static String told(Scope on) {
        return switch (on) {
            case Scope.All() -> "all cameras";
            case Scope.Cameras(var cameras) -> "%d cameras".formatted(cameras.size());
            case Scope.Groups(var groups) -> "%d groups".formatted(groups.size());
        };
    }

    private Optional<Reason> against(Session session) {
        return hindrance(session).map(why -> gate.recordRefusal(session, TAKE, "", why));
    }

    /// A command line has nothing to ask an authenticator with; and what a passkey opens is used in a session that one
    /// has opened.
    private Optional<Reason> hindrance(Session session) {
        if (session.kind() != Session.Kind.BROWSER) {
            return Optional.of(Reason.BROWSER_NEEDED);
        }
        if (!hasPasskey(session)) {
            return Optional.of(Reason.PASSKEY_NEEDED);
        }
        return session.proof().assurance() == Assurance.PASSKEY
                ? before(session)
                : Optional.of(Reason.ASSURANCE_TOO_LOW);
    }

    /// What the last one stands in the way of.
    private Optional<Reason> before(Session session) {
        var now = now();
        return tables.in(handle -> {
            if (EmergencyTable.running(handle, session.person(), now).isPresent()) {
                return Optional.of(Reason.EMERGENCY_RUNS);
            }
            return isLocked(handle, session.person(), now)
                    ? Optional.of(Reason.EMERGENCY_LOCKED)
                    : Optional.empty();
        });
    }

    private static boolean isLocked(Handle handle, PersonId person, Instant now) {
        return EmergencyTable.locked(handle, person, MOST_UNREVIEWED, now);
    }

    private Answer<Emergency> taken(Session session, Taking taking, Proof proof) {
        // What has ended before is written before what follows it.
        sweep();
        var id = UUID.randomUUID();
        var taken =
                changing.change(
                        session,
                        taking.act(),
                        receipt ->
                                tables.in(handle ->
                                        EmergencyTable.take(
                                                handle,
                                                row(id, session, taking, receipt),
                                                taking.held().id(),
                                                proof.credential(),
                                                receipt.index())));
        return taken.then(was -> {
            if (!was) {
                gate.recordFailure(session, taking.act(), Reason.EMERGENCY_RUNS.key());
                return new Answer.Refused<>(Reason.EMERGENCY_RUNS);
            }
            changed();
            return again(session, id);
        });
    }

    private EmergencyTable.Row row(UUID id, Session session, Taking taking, Receipt receipt) {
        var taken = receipt.time();
        return new EmergencyTable.Row(
                id,
                session.person(),
                session.name(),
                taking.held().on(),
                credentials.sealReason(session.person(), taking.reason()),
                taken,
                taken.plus(LASTS),
                Optional.empty(),
                taken.plus(REVIEWED_WITHIN),
                List.of(),
                Optional.empty());
    }

    /// Ends it before its time. It ends even if the log cannot be written: to see on would be worse.
    synchronized Answer<Emergency> end(Session session) {
        var refused = mayNotTake(session, END);
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var now = now();
        var running = tables.in(handle -> EmergencyTable.running(handle, session.person(), now));
        if (running.isEmpty()) {
            return refused(session, END, Reason.EMERGENCY_OVER);
        }
        journal.done(
                session.actor(),
                Action.EMERGENCY_ENDED,
                Act.object(session.person()),
                "by whoever took it");
        var id = running.get().id();
        var end = new Emergency.End(now, Emergency.How.PERSON);
        tables.in(handle -> EmergencyTable.end(handle, id, end));
        changed();
        return again(session, id);
    }

    /// Writes what has ended by itself: its hour is over, or the role was taken back or lapsed. It gave nothing any
    /// more from that moment on.
    synchronized void sweep() {
        if (!open) {
            return;
        }
        var over = tables.in(handle -> EmergencyTable.over(handle, now()));
        for (var one : over) {
            var written =
                    journal.done(
                            Actor.system(),
                            Action.EMERGENCY_ENDED,
                            Act.object(one.person()),
                            text(one.end().how()));
            if (written.isEmpty()) {
                return;
            }
            tables.in(handle -> EmergencyTable.end(handle, one.id(), one.end()));
        }
        if (over.isEmpty()) {
            look();
        } else {
            changed();
        }
    }

    private static String text(Emergency.How how) {
        return switch (how) {
            case PERSON -> "by whoever took it";
            case TIME -> "its time is over";
            case TAKEN_BACK -> "the role was taken back or has lapsed";
        };
    }

    /// Keeps that a look was opened that nothing else would have shown.
    ///
    /// @return why it is not shown after all; empty if it is
    Optional<Reason> looks(Session session, CameraId camera, Receipt opened) {
        try {
            var runs =
                    tables.in(handle ->
                            EmergencyTable.look(
                                    handle, session.person(), camera, now(), opened.index()));
            return runs ? Optional.empty() : Optional.of(Reason.EMERGENCY_OVER);
        } catch (DatabaseAwayException e) {
            return Optional.of(Reason.DATABASE_UNAVAILABLE);
        }
    }

    /// What was taken in the last half year and what nobody has reviewed yet: that first, then the newest.
    Answer<List<Emergency>> all(Session session) {
        var refused =
                gate.refuses(
                        session, LIST, Request.of(session.subject(), Right.REVIEW_EMERGENCIES));
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var policy = policies.now();
        var then = now().minus(SHOWN_FOR);
        return new Answer.Done<>(
                tables.in(handle -> EmergencyTable.since(handle, then, MOST_SHOWN)).stream()
                        .map(row -> shown(row, session, policy))
                        .toList());
    }

    /// Says what is to be said of one that is over. Nobody reviews what they took themselves.
    synchronized Answer<Emergency> review(Session session, UUID id, String wanted) {
        var row = tables.in(handle -> EmergencyTable.byId(handle, id));
        var refused =
                gate.refuses(
                        session,
                        REVIEW,
                        row.map(one -> reviewing(one, session))
                                .orElseGet(() ->
                                        Request.of(session.subject(), Right.REVIEW_EMERGENCIES)));
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        if (row.isEmpty()) {
            return refused(session, REVIEW, Reason.EMERGENCY_UNKNOWN);
        }
        if (row.get().said().isPresent()) {
            return refused(session, REVIEW, Reason.EMERGENCY_REVIEWED);
        }
        var form = new Form();
        var note = form.text("note", wanted, SHORTEST_WORDS, LONGEST_WORDS);
        if (row.get().ended().isEmpty()) {
            form.add(runs());
        }
        var act =
                Act.about(
                        row.get().person(),
                        Act.Kind.REVIEW_EMERGENCY,
                        "taken %s: %s"
                                .formatted(
                                        row.get().takenAt().truncatedTo(ChronoUnit.SECONDS), note));
        return form.faulty()
                ? changing.faulty(session, act, form.faults())
                : reviewed(session, id, act, note);
    }

    private Answer<Emergency> reviewed(Session session, UUID id, Act act, String note) {
        var sealed = credentials.sealNote(session.person(), note);
        var reviewed =
                changing.change(
                        session,
                        act,
                        receipt ->
                                tables.in(handle ->
                                        EmergencyTable.review(
                                                handle,
                                                id,
                                                session.person(),
                                                sealed,
                                                receipt.time(),
                                                receipt.index())));
        return reviewed.then(was -> {
            if (!was) {
                gate.recordFailure(session, act, Reason.EMERGENCY_REVIEWED.key());
                return new Answer.Refused<>(Reason.EMERGENCY_REVIEWED);
            }
            changed();
            return again(session, id);
        });
    }

    private static Fault runs() {
        return new Fault(
                "note",
                "emergency.runs",
                "It has not ended. Review it when it has; a security officer can take the role back.",
                Map.of());
    }

    private static Request reviewing(EmergencyTable.Row row, Session session) {
        return Request.of(session.subject(), Right.REVIEW_EMERGENCIES)
                .about("emergency " + row.id())
                .concerning(List.of(row.person().value()));
    }

    private Emergency shown(EmergencyTable.Row row, Session session, PolicySnapshot policy) {
        var isDue = row.ended().isPresent() && row.said().isEmpty();
        return new Emergency(
                row.id(),
                row.person(),
                row.name(),
                row.on(),
                credentials.reason(row.person(), row.reason()),
                row.takenAt(),
                row.until(),
                row.ended(),
                row.reviewBy(),
                row.looked(),
                row.said()
                        .map(said ->
                                new Emergency.Review(
                                        said.by(),
                                        said.name(),
                                        said.at(),
                                        credentials.note(said.by(), said.note()))),
                isDue && Decide.decide(reviewing(row, session), policy, policy.takenAt()).allows());
    }

    private Answer<Emergency> again(Session session, UUID id) {
        var row = tables.in(handle -> EmergencyTable.byId(handle, id)).orElseThrow();
        return new Answer.Done<>(shown(row, session, policies.now()));
    }

    private <T> Answer<T> refused(Session session, String what, Reason reason) {
        return new Answer.Refused<>(gate.recordRefusal(session, what, "", reason));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
