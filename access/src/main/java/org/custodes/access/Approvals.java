package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.custodes.audit.Action;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.rights.Decide;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.Subject;

/// The second person's yes: asked for, said in a session of their own, bound to every field of what was asked, used
/// once. Whether a yes counts is for `rights` to say; here it is kept.
final class Approvals {
    /// Somebody who asks is there and waits.
    static final Duration WAITS = Duration.ofHours(1);

    private static final Duration SHOWN_FOR = Duration.ofDays(7);
    private static final Duration LONGEST_LOOK = Duration.ofHours(24);
    private static final int MOST_WAITING = 20;
    private static final int MOST_SHOWN = 500;
    private static final int LONGEST_REASON = 500;

    private static final String ASK = "ask for approval";
    private static final String ANSWER = "answer a request for approval";
    private static final String WITHDRAW = "withdraw a request for approval";

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Journal journal;
    private final Credentials credentials;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Approvals(
            AccessTables tables,
            Gate gate,
            Policies policies,
            Journal journal,
            Credentials credentials,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.journal = journal;
        this.credentials = credentials;
        this.clock = clock;
    }

    /// Calls `listener` whenever something was asked, answered, withdrawn or used; it must not block.
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    Answer<ApprovalRequest> ask(Session session, NewApproval wanted) {
        var subject = session.subject();
        var now = now();
        var form = new Form();
        var reason = form.text("reason", wanted.reason(), 1, LONGEST_REASON);
        var interval = interval(form, wanted, now);
        var camera = camera(wanted.camera());
        if (camera.isEmpty()) {
            return refused(session, ASK, "", Reason.CAMERA_UNKNOWN);
        }
        var object = Act.object(camera.get());
        // Of a camera that is not theirs nobody learns what would be wrong with the rest.
        var request =
                ApprovalTable.request(
                        subject,
                        camera.get(),
                        interval.orElse(new TimeRange(now.minusSeconds(1), now)),
                        wanted.why());
        var verdict = gate.verdict(session, request);
        var against = verdict.against().filter(why -> why != Reason.APPROVAL_NEEDED);
        if (against.isPresent()) {
            return new Answer.Refused<>(gate.refused(session, ASK, object, verdict));
        }
        if (interval.isPresent() && verdict.against().isEmpty()) {
            form.add(needless());
        }
        var waiting = tables.in(handle -> ApprovalTable.waiting(handle, session.person(), now));
        if (waiting >= MOST_WAITING) {
            form.add(tooMany());
        }
        if (form.faulty() || interval.isEmpty()) {
            var told = gate.recordFaults(session, Right.PLAY_BACK, form.faults());
            return told == Reason.BAD_INPUT
                    ? new Answer.Faulty<>(form.faults())
                    : new Answer.Refused<>(told);
        }
        var row = row(session, request, wanted.why(), reason, now);
        var receipt =
                journal.write(
                        new Event(
                                session.actor(),
                                Action.APPROVAL_ASKED,
                                object,
                                wanted.why().purpose(),
                                wanted.why().caseNumber(),
                                Outcome.DONE,
                                "%s: %s".formatted(told(row), reason),
                                verdict.policy()));
        if (receipt.isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        tables.in(handle -> {
            ApprovalTable.add(handle, row, receipt.get().index());
            return row;
        });
        changed();
        return new Answer.Done<>(shown(row, session, policies.now()));
    }

    private ApprovalTable.Row row(
            Session session, Request request, Why why, String reason, Instant now) {
        return new ApprovalTable.Row(
                UUID.randomUUID(),
                ApprovalRequest.Kind.PLAYBACK,
                session.person(),
                session.name(),
                request.subject().credential(),
                request.camera().orElseThrow(),
                request.interval().orElseThrow(),
                why,
                credentials.sealReason(session.person(), reason),
                request.hash(),
                now,
                now.plus(WAITS),
                false,
                Optional.empty(),
                "",
                Optional.empty());
    }

    private static Optional<TimeRange> interval(Form form, NewApproval wanted, Instant now) {
        var from = wanted.from().truncatedTo(ChronoUnit.MICROS);
        var to = wanted.to().truncatedTo(ChronoUnit.MICROS);
        if (from.isBefore(Instant.EPOCH) || !from.isBefore(to) || to.isAfter(now)) {
            form.add(
                    new Fault(
                            "to",
                            "approval.interval",
                            "'from' has to lie before 'to', and 'to' not after now.",
                            Map.of()));
            return Optional.empty();
        }
        if (Duration.between(from, to).compareTo(LONGEST_LOOK) > 0) {
            form.add(
                    new Fault(
                            "to",
                            "approval.too-long",
                            "At most %d hours are asked for at once. Ask for less."
                                    .formatted(LONGEST_LOOK.toHours()),
                            Map.of("hours", Long.toString(LONGEST_LOOK.toHours()))));
            return Optional.empty();
        }
        return Optional.of(new TimeRange(from, to));
    }

    private static Fault needless() {
        return new Fault(
                "from",
                "approval.needless",
                "You may see this without asking anybody. Just look.",
                Map.of());
    }

    private static Fault tooMany() {
        return new Fault(
                "reason",
                "approval.too-many",
                "%d requests of yours wait already. Withdraw one, or wait for an answer."
                        .formatted(MOST_WAITING),
                Map.of("most", Integer.toString(MOST_WAITING)));
    }

    private static Optional<CameraId> camera(String text) {
        try {
            return Optional.of(CameraId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
        return new Answer.Done<>(
                tables.in(handle -> ApprovalTable.since(handle, then, MOST_SHOWN)).stream()
                        .map(row -> shown(row, session, policy))
                        .filter(one -> concerns(one, session))
                        .toList());
    }

    private static boolean concerns(ApprovalRequest one, Session session) {
        return one.own()
                || one.mayAnswer()
                || one.answered().filter(said -> said.by().equals(session.person())).isPresent();
    }

    private ApprovalRequest shown(ApprovalTable.Row row, Session session, PolicySnapshot policy) {
        var state = row.state(policy.takenAt());
        var answering = answering(row, session.subject());
        return new ApprovalRequest(
                row.id(),
                row.kind(),
                row.person(),
                row.name(),
                row.camera(),
                row.interval(),
                row.why(),
                credentials.reason(row.person(), row.reason()),
                row.askedAt(),
                row.waitsUntil(),
                state,
                row.said(),
                row.goodUntil(),
                row.person().equals(session.person()),
                state == ApprovalRequest.State.WAITING
                        && Decide.decide(answering, policy, policy.takenAt()).allows());
    }

    /// To say yes or no to it.
    private static Request answering(ApprovalTable.Row row, Subject subject) {
        return Request.of(subject, Right.APPROVE_PLAYBACK)
                .on(row.camera())
                .about("approval " + row.id())
                .concerning(List.of(row.person().value()));
    }

    Answer<ApprovalRequest> answer(Session session, UUID id, boolean yes) {
        var row = tables.in(handle -> ApprovalTable.byId(handle, id));
        if (row.isEmpty()) {
            return refused(session, ANSWER, "", Reason.APPROVAL_UNKNOWN);
        }
        var object = Act.object(row.get().camera());
        var verdict = gate.verdict(session, answering(row.get(), session.subject()));
        if (verdict.against().isPresent()) {
            var reason = gate.refused(session, ANSWER, object, verdict);
            // Whoever may not answer does not learn that there is something to be answered.
            return new Answer.Refused<>(
                    reason == Reason.RIGHT_MISSING ? Reason.APPROVAL_UNKNOWN : reason);
        }
        var now = now();
        if (row.get().state(now) != ApprovalRequest.State.WAITING) {
            return refused(session, ANSWER, object, Reason.APPROVAL_OVER);
        }
        var receipt =
                journal.write(
                        new Event(
                                session.actor(),
                                yes ? Action.APPROVAL_GIVEN : Action.APPROVAL_DENIED,
                                object,
                                row.get().why().purpose(),
                                row.get().why().caseNumber(),
                                Outcome.DONE,
                                told(row.get()),
                                verdict.policy()));
        if (receipt.isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        var credential = session.subject().credential();
        var done =
                tables.in(handle ->
                        ApprovalTable.answer(handle, id, session.person(), credential, yes, now));
        if (!done) {
            return refused(session, ANSWER, object, Reason.APPROVAL_OVER);
        }
        changed();
        return again(session, id);
    }

    Answer<ApprovalRequest> withdraw(Session session, UUID id) {
        var refused =
                gate.refuses(session, WITHDRAW, Request.of(session.subject(), Right.OWN_SESSION));
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var row =
                tables.in(handle -> ApprovalTable.byId(handle, id))
                        .filter(one -> one.person().equals(session.person()));
        if (row.isEmpty()) {
            return refused(session, WITHDRAW, "", Reason.APPROVAL_UNKNOWN);
        }
        var object = Act.object(row.get().camera());
        if (row.get().state(now()) != ApprovalRequest.State.WAITING) {
            return refused(session, WITHDRAW, object, Reason.APPROVAL_OVER);
        }
        if (journal.done(session.actor(), Action.APPROVAL_WITHDRAWN, object, told(row.get()))
                .isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        if (!tables.in(handle -> ApprovalTable.withdraw(handle, id, now()))) {
            return refused(session, WITHDRAW, object, Reason.APPROVAL_OVER);
        }
        changed();
        return again(session, id);
    }

    private Answer<ApprovalRequest> again(Session session, UUID id) {
        var row = tables.in(handle -> ApprovalTable.byId(handle, id)).orElseThrow();
        return new Answer.Done<>(shown(row, session, policies.now()));
    }

    /// The look that somebody was allowed, as if it began now. It is not used up by this.
    ///
    /// @param what for the log, if it is refused
    Answer<Request> granted(Session session, String what, CameraId camera, UUID id) {
        var now = now();
        var row =
                tables.in(handle -> ApprovalTable.byId(handle, id))
                        .filter(one -> one.person().equals(session.person()))
                        .filter(one -> one.camera().equals(camera));
        if (row.isEmpty()) {
            return refused(session, what, Act.object(camera), Reason.APPROVAL_UNKNOWN);
        }
        return row.get().state(now) == ApprovalRequest.State.APPROVED
                ? new Answer.Done<>(
                        row.get()
                                .request(session.subject())
                                .with(row.get().usedAt(now).stream().toList()))
                : refused(session, what, Act.object(camera), Reason.APPROVAL_OVER);
    }

    /// Uses it up.
    ///
    /// @return whether it was not used before: of two who come at once, one gets it
    boolean use(UUID id) {
        var used = tables.in(handle -> ApprovalTable.use(handle, id, now()));
        changed();
        return used;
    }

    private static String told(ApprovalTable.Row row) {
        return "request %s: play back %s to %s"
                .formatted(row.id(), row.interval().start(), row.interval().end());
    }

    private <T> Answer<T> refused(Session session, String what, String object, Reason reason) {
        return new Answer.Refused<>(gate.recordRefusal(session, what, object, reason));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
