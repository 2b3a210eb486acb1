package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.media.Bytes;
import org.custodes.register.Fault;
import org.custodes.rights.Decide;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.Subject;
import org.jdbi.v3.core.Handle;

/// What somebody has asked for that needs another's yes: kept once it is on record, and shown with how far it has come
/// to whom it concerns. What is answered to it is for [Approvals], what is made by a yes for [Widenings].
final class ApprovalRequests {
    static final String ASK = "ask for approval";
    static final String ANSWER = "answer a request for approval";

    private static final Duration SHOWN_FOR = Duration.ofDays(7);
    private static final int MOST_SHOWN = 1_000;

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Journal journal;
    private final Credentials credentials;
    private final Gains gains;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    ApprovalRequests(
            AccessTables tables,
            Gate gate,
            Policies policies,
            Journal journal,
            Credentials credentials,
            Gains gains,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.journal = journal;
        this.credentials = credentials;
        this.gains = gains;
        this.clock = clock;
    }

    /// Calls `listener` whenever something was asked, answered, withdrawn or used; it must not block.
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }

    /// What is asked for, and how it is told.
    ///
    /// @param told what, for readers of the log
    /// @param reason in the asker's words
    /// @param aloneAt when it is done although nobody said yes; empty if somebody has to
    record Wanted(
            ApprovalTable.Matter matter, String told, String reason, Optional<Instant> aloneAt) {}

    /// What is kept together with a request.
    interface Beside {
        void keep(Handle handle, UUID id);
    }

    /// Keeps a request, once it is on record.
    ///
    /// @param verdict that a yes is all that it lacks
    Answer<ApprovalRequest> ask(
            Session session, Wanted wanted, Gate.Verdict verdict, Beside beside) {
        var object = wanted.matter().object();
        var kept = gate.kept(session.actor(), verdict);
        if (!kept.isKept()) {
            return new Answer.Refused<>(gate.refused(session, ASK, object, kept));
        }
        var row = row(session, wanted);
        var said = wanted.reason().isEmpty() ? "" : ": " + wanted.reason();
        var receipt =
                written(
                        session.actor(),
                        Action.APPROVAL_ASKED,
                        row,
                        entryText(row) + said,
                        kept.decision());
        if (receipt.isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        tables.in(handle -> {
            ApprovalTable.add(handle, row, receipt.get().index());
            beside.keep(handle, row.id());
            return row;
        });
        changed();
        return again(session, row.id());
    }

    private ApprovalTable.Row row(Session session, Wanted wanted) {
        var now = now();
        var matter = wanted.matter();
        return new ApprovalTable.Row(
                UUID.randomUUID(),
                matter,
                session.subject(),
                session.name(),
                wanted.told(),
                credentials.sealReason(session.person(), wanted.reason()),
                matter.request(session.subject()).hash(),
                now,
                now.plus(matter.kind().waits()),
                wanted.aloneAt(),
                false,
                Optional.empty(),
                "",
                Optional.empty());
    }

    /// Writes what becomes of a request.
    ///
    /// @param decision what it was decided on
    Optional<Receipt> written(
            Actor actor,
            Action action,
            ApprovalTable.Row row,
            String text,
            Optional<Bytes> decision) {
        var why = row.matter().why();
        return journal.write(
                new Event(
                        actor,
                        action,
                        row.matter().object(),
                        why.purpose(),
                        why.caseNumber(),
                        Outcome.DONE,
                        text,
                        decision));
    }

    static String entryText(ApprovalTable.Row row) {
        return "request %s: %s".formatted(row.id(), row.told());
    }

    /// Why somebody is to ask for nothing more at the moment.
    Optional<Fault> tooMany(Session session, int most) {
        var waiting = tables.in(handle -> ApprovalTable.waiting(handle, session.person(), now()));
        return waiting < most
                ? Optional.empty()
                : Optional.of(
                        new Fault(
                                "reason",
                                "approval.too-many",
                                "%d requests of yours wait already. Withdraw one, or wait for an answer."
                                        .formatted(most),
                                Map.of("most", Integer.toString(most))));
    }

    /// What waits for this person's answer, what they asked for, and what they answered, newest first.
    Answer<List<ApprovalRequest>> of(Session session) {
        var refused =
                gate.refuses(
                        session,
                        "list requests for approval",
                        Request.of(session.subject(), Right.OWN_SESSION));
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var policy = policies.now();
        var then = now().minus(SHOWN_FOR);
        var gained = tables.in(handle -> gains.since(handle, then));
        return new Answer.Done<>(
                tables.in(handle -> ApprovalTable.since(handle, then, MOST_SHOWN)).stream()
                        .map(row ->
                                shown(
                                        row,
                                        Optional.ofNullable(gained.get(row.id())),
                                        session,
                                        policy))
                        .filter(one -> concerns(one, session))
                        .sorted(Comparator.comparing(ApprovalRequest::askedAt).reversed())
                        .toList());
    }

    private static boolean concerns(ApprovalRequest one, Session session) {
        return one.own()
                || one.mayAnswer()
                || one.answered().filter(said -> said.by().equals(session.person())).isPresent();
    }

    private ApprovalRequest shown(
            ApprovalTable.Row row, Optional<Gain> gain, Session session, PolicySnapshot policy) {
        var state = row.state(policy.takenAt());
        var answering = answering(row, session.subject());
        return new ApprovalRequest(
                row.id(),
                row.matter().kind(),
                row.person(),
                row.name(),
                row.matter().camera(),
                row.matter().interval(),
                row.matter().concerned(),
                row.told(),
                gain,
                row.matter().why(),
                credentials.reason(row.person(), row.reason()),
                row.askedAt(),
                row.waitsUntil(),
                row.aloneAt(),
                state,
                row.said(),
                row.goodUntil(),
                row.person().equals(session.person()),
                state == ApprovalRequest.State.WAITING
                        && Decide.decide(answering, policy, policy.takenAt()).allows());
    }

    /// One that waits, and the decision that somebody may answer it.
    record Answerable(ApprovalTable.Row row, Gate.Verdict verdict) {}

    /// To say yes or no to it.
    static Request answering(ApprovalTable.Row row, Subject subject) {
        var matter = row.matter();
        var concerned =
                Stream.concat(Stream.of(row.person()), matter.concerned().stream())
                        .map(PersonId::value)
                        .toList();
        var plain =
                Request.of(subject, matter.kind().answeredBy())
                        .about("approval " + row.id())
                        .concerning(concerned);
        return matter.camera().map(plain::on).orElse(plain);
    }

    /// As it is now.
    Answer<ApprovalRequest> again(Session session, UUID id) {
        var row = tables.in(handle -> ApprovalTable.byId(handle, id)).orElseThrow();
        var gain = tables.in(handle -> gains.of(handle, id));
        return new Answer.Done<>(shown(row, gain, session, policies.now()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
