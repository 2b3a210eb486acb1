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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.rights.Approval;
import org.custodes.rights.Decide;
import org.custodes.rights.Decided;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.Subject;
import org.jdbi.v3.core.Handle;

/// The second person's yes: asked for, said in a session of their own, bound to every field of what was asked, used
/// once. Whether a yes counts is for `rights` to say; here it is kept, and what waits for one is done.
final class Approvals {
    /// While there is no second officer, whoever is asked is everybody who reads the sign-in page.
    static final Duration ALONE_AFTER = Duration.ofHours(24);

    private static final Duration SHOWN_FOR = Duration.ofDays(7);
    private static final Duration LONGEST_LOOK = Duration.ofHours(24);
    private static final int MOST_WAITING = 20;

    /// Whoever opens a site invites everybody who works there.
    private static final int MOST_WIDENINGS_WAITING = 500;

    private static final int MOST_SHOWN = 1_000;
    private static final int LONGEST_REASON = 500;

    private static final String ASK = "ask for approval";
    private static final String ANSWER = "answer a request for approval";
    private static final String REMOVE = "remove a camera with footage";
    private static final String WITHDRAW = "withdraw a request for approval";

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Sessions sessions;
    private final Journal journal;
    private final Credentials credentials;
    private final Proofs proofs;
    private final Drafts drafts;
    private final InstantSource clock;
    private volatile boolean lonely;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    Approvals(
            AccessTables tables,
            Gate gate,
            Policies policies,
            Sessions sessions,
            Journal journal,
            Credentials credentials,
            Proofs proofs,
            Drafts drafts,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.sessions = sessions;
        this.journal = journal;
        this.credentials = credentials;
        this.proofs = proofs;
        this.drafts = drafts;
        this.clock = clock;
    }

    /// Calls `listener` whenever something was asked, answered, withdrawn or used; it must not block.
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /// A look, or the removal of a camera: whoever asks does it themselves once somebody has said yes.
    Answer<ApprovalRequest> ask(Session session, NewApproval wanted) {
        var now = now();
        var form = new Form();
        var reason = form.text("reason", wanted.reason(), 1, LONGEST_REASON);
        var camera = camera(wanted.camera());
        if (camera.isEmpty()) {
            return refused(session, ASK, "", Reason.CAMERA_UNKNOWN);
        }
        var kind = wanted.kind();
        var isLook = kind == ApprovalRequest.Kind.PLAYBACK;
        var asked = isLook ? interval(form, wanted, now) : Optional.<TimeRange>empty();
        // Of a camera that is not theirs nobody learns what would be wrong with the rest.
        var interval = isLook ? asked.or(() -> Optional.of(justNow(now))) : asked;
        var matter =
                new ApprovalTable.Matter(
                        kind, camera, interval, wanted.why(), "", Optional.empty());
        var verdict = gate.verdict(session, matter.request(session.subject()));
        var against = verdict.against().filter(why -> why != Reason.APPROVAL_NEEDED);
        if (against.isPresent()) {
            return new Answer.Refused<>(gate.refused(session, ASK, matter.object(), verdict));
        }
        if (verdict.against().isEmpty() && asked.isPresent()) {
            form.add(needless());
        }
        tooMany(session, MOST_WAITING, now).ifPresent(form::add);
        if (form.faulty() || (isLook && asked.isEmpty())) {
            return faulty(session, kind, form.faults());
        }
        return asked(
                session, matter, told(matter), reason, Optional.empty(), verdict, (_, _) -> {});
    }

    private <T> Answer<T> faulty(Session session, ApprovalRequest.Kind kind, List<Fault> faults) {
        var told = gate.recordFaults(session, kind.right(), faults);
        return told == Reason.BAD_INPUT ? new Answer.Faulty<>(faults) : new Answer.Refused<>(told);
    }

    private static String told(ApprovalTable.Matter matter) {
        return matter.interval()
                .map(when -> "play back %s to %s".formatted(when.start(), when.end()))
                .orElse("remove a camera with its footage");
    }

    private static TimeRange justNow(Instant now) {
        return new TimeRange(now.minusSeconds(1), now);
    }

    private interface Beside {
        void keep(Handle handle, UUID id);
    }

    private Answer<ApprovalRequest> asked(
            Session session,
            ApprovalTable.Matter matter,
            String told,
            String reason,
            Optional<Instant> aloneAt,
            Gate.Verdict verdict,
            Beside beside) {
        var kept = gate.kept(session.actor(), verdict);
        if (!kept.isKept()) {
            return new Answer.Refused<>(gate.refused(session, ASK, matter.object(), kept));
        }
        var now = now();
        var row =
                new ApprovalTable.Row(
                        UUID.randomUUID(),
                        matter,
                        session.subject(),
                        session.name(),
                        told,
                        credentials.sealReason(session.person(), reason),
                        matter.request(session.subject()).hash(),
                        now,
                        now.plus(matter.kind().waits()),
                        aloneAt,
                        false,
                        Optional.empty(),
                        "",
                        Optional.empty());
        var said = reason.isEmpty() ? "" : ": " + reason;
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

    private Optional<Receipt> written(
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

    private static String entryText(ApprovalTable.Row row) {
        return "request %s: %s".formatted(row.id(), row.told());
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

    private Optional<Fault> tooMany(Session session, int most, Instant now) {
        var waiting = tables.in(handle -> ApprovalTable.waiting(handle, session.person(), now));
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

    private static Optional<CameraId> camera(String text) {
        try {
            return Optional.of(CameraId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A widening that needs no words of its own.
    Answer<ApprovalRequest> askToWiden(Session session, Draft draft, String told) {
        return askToWiden(session, draft, told, "");
    }

    /// A widening: it is made as soon as a second officer says yes, or after a day if there is none.
    ///
    /// @param told what, for readers
    /// @param reason why, in the asker's words
    Answer<ApprovalRequest> askToWiden(Session session, Draft draft, String told, String reason) {
        var proposing =
                Request.of(session.subject(), Right.PROPOSE_RIGHTS)
                        .about(draft.about())
                        .concerning(draft.concerned().stream().map(PersonId::value).toList());
        var unproved = gate.refuses(session, ASK, proposing);
        if (unproved.isPresent()) {
            return new Answer.Refused<>(unproved.get());
        }
        var matter =
                new ApprovalTable.Matter(
                        ApprovalRequest.Kind.RIGHTS,
                        Optional.empty(),
                        Optional.empty(),
                        Why.UNSAID,
                        draft.about(),
                        draft.concerned());
        var verdict = gate.verdict(session, matter.request(session.subject()));
        if (!verdict.against().equals(Optional.of(Reason.APPROVAL_NEEDED))) {
            return new Answer.Refused<>(gate.refused(session, ASK, draft.object(), verdict));
        }
        var now = now();
        var full = tooMany(session, MOST_WIDENINGS_WAITING, now);
        if (full.isPresent()) {
            return faulty(session, matter.kind(), full.stream().toList());
        }
        var aloneAt =
                anotherOfficer(matter, session.subject())
                        ? Optional.<Instant>empty()
                        : Optional.of(now.plus(ALONE_AFTER));
        return asked(
                session,
                matter,
                told.substring(0, Math.min(told.length(), 1_900)),
                reason,
                aloneAt,
                verdict,
                (handle, id) -> drafts.keep(handle, id, draft));
    }

    /// Whether there is somebody who could say yes to it.
    private boolean anotherOfficer(ApprovalTable.Matter matter, Subject asker) {
        var policy = policies.now();
        Predicate<Person> isOther =
                person ->
                        !person.id().value().equals(asker.person())
                                && !matter.concerned().equals(Optional.of(person.id()));
        return tables.in(PersonTable::all).stream()
                .filter(person -> person.state() == Person.State.ACTIVE)
                .filter(isOther)
                .anyMatch(person -> mayAgree(person, policy, matter.kind().answeredBy()));
    }

    /// How many widenings will be made although nobody says yes: told to everybody who comes to sign in.
    long alone() {
        return tables.in(handle -> ApprovalTable.alone(handle, now()));
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
                        .sorted(Comparator.comparing(ApprovalRequest::askedAt).reversed())
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
                row.matter().kind(),
                row.person(),
                row.name(),
                row.matter().camera(),
                row.matter().interval(),
                row.matter().concerned(),
                row.told(),
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

    /// To say yes or no to it.
    private static Request answering(ApprovalTable.Row row, Subject subject) {
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

    /// One that waits, and the decision that somebody may answer it.
    private record Answerable(ApprovalTable.Row row, Gate.Verdict verdict) {}

    private Answer<Answerable> answerable(Session session, UUID id) {
        var row = tables.in(handle -> ApprovalTable.byId(handle, id));
        if (row.isEmpty()) {
            return refused(session, ANSWER, "", Reason.APPROVAL_UNKNOWN);
        }
        var object = row.get().matter().object();
        var verdict = gate.verdict(session, answering(row.get(), session.subject()));
        if (verdict.against().isPresent()) {
            var reason = gate.refused(session, ANSWER, object, verdict);
            // Whoever may not answer does not learn that there is something to be answered.
            return new Answer.Refused<>(
                    reason == Reason.RIGHT_MISSING ? Reason.APPROVAL_UNKNOWN : reason);
        }
        return row.get().state(now()) == ApprovalRequest.State.WAITING
                ? new Answer.Done<>(new Answerable(row.get(), verdict))
                : refused(session, ANSWER, object, Reason.APPROVAL_OVER);
    }

    /// By what somebody can say yes to it: a passkey signs the hash of what was asked.
    Answer<ProofAsk> askProof(Session session, UUID id, Origin origin) {
        return answerable(session, id)
                .map(found -> proofs.ask(session, found.row().hash(), origin));
    }

    Answer<ApprovalRequest> deny(Session session, UUID id) {
        return answerable(session, id)
                .then(found -> said(session, found, session.subject().credential(), false));
    }

    /// Says yes, by a proof of who says it that is made for this one request.
    Answer<ApprovalRequest> approve(
            Session session, UUID id, Confirmation confirmation, Origin origin) {
        return answerable(session, id)
                .then(found ->
                        proofs.verify(session, ANSWER, found.row().hash(), confirmation, origin)
                                .then(proof -> approved(session, found, proof)));
    }

    private Answer<ApprovalRequest> approved(Session session, Answerable found, Proof proof) {
        return found.row().matter().kind() == ApprovalRequest.Kind.RIGHTS
                ? widened(session, found, proof.credential())
                : said(session, found, proof.credential(), true);
    }

    private Answer<ApprovalRequest> said(
            Session session, Answerable found, String credential, boolean yes) {
        var row = found.row();
        var kept = gate.kept(session.actor(), found.verdict());
        if (!kept.isKept()) {
            return new Answer.Refused<>(gate.refused(session, ANSWER, row.matter().object(), kept));
        }
        var receipt =
                written(
                        session.actor(),
                        yes ? Action.APPROVAL_GIVEN : Action.APPROVAL_DENIED,
                        row,
                        entryText(row),
                        kept.decision());
        if (receipt.isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        if (!tables.in(handle -> answered(handle, session, row, credential, yes))) {
            return refused(session, ANSWER, row.matter().object(), Reason.APPROVAL_OVER);
        }
        changed();
        return again(session, row.id());
    }

    private boolean answered(
            Handle handle, Session session, ApprovalTable.Row row, String credential, boolean yes) {
        return ApprovalTable.answer(handle, row.id(), session.person(), credential, yes, now());
    }

    /// A yes to a widening, and the widening.
    private Answer<ApprovalRequest> widened(Session session, Answerable found, String credential) {
        var now = now();
        var row = found.row();
        var object = row.matter().object();
        var draft = tables.in(handle -> drafts.kept(handle, row.id())).orElseThrow();
        var fault = tables.in(handle -> drafts.against(handle, draft, now));
        if (fault.isPresent()) {
            return faulty(session, row.matter().kind(), fault.stream().toList());
        }
        var yes =
                new Approval(
                        session.person().value(), credential, row.hash(), now, Optional.of(now));
        var asked = row.matter().request(row.subject()).with(List.of(yes));
        var policy = policies.now();
        var widening =
                gate.kept(session.actor(), Gate.Verdict.of(policy, Decided.may(asked, policy)));
        if (widening.against().isPresent()) {
            return new Answer.Refused<>(gate.refused(session, ANSWER, object, widening));
        }
        var answering = gate.kept(session.actor(), found.verdict());
        if (!answering.isKept()) {
            return new Answer.Refused<>(gate.refused(session, ANSWER, object, answering));
        }
        var given =
                written(
                        session.actor(),
                        Action.APPROVAL_GIVEN,
                        row,
                        entryText(row),
                        answering.decision());
        return made(
                        session.actor(),
                        row,
                        draft,
                        given,
                        widening.decision(),
                        handle -> answered(handle, session, row, credential, true))
                ? again(session, row.id())
                : refused(session, ANSWER, object, Reason.APPROVAL_OVER);
    }

    private interface First {
        boolean of(Handle handle);
    }

    /// Makes what was asked for, once, if it still fits. One after the other: of two that do not go together, each of
    /// which fits alone, one is made.
    ///
    /// @param before its entry; nothing is made without
    /// @param decision what the entry of what is made names
    /// @return whether it was made
    private synchronized boolean made(
            Actor actor,
            ApprovalTable.Row row,
            Draft draft,
            Optional<Receipt> before,
            Optional<Bytes> decision,
            First first) {
        var text = "%s (asked for by %s)".formatted(row.told(), row.name());
        var receipt =
                before.flatMap(_ ->
                        journal.done(actor, draft.kind().action(), draft.object(), text, decision));
        if (receipt.isEmpty()) {
            return false;
        }
        try {
            tables.in(handle -> {
                var fits =
                        drafts.against(handle, draft, now()).isEmpty()
                                && first.of(handle)
                                && ApprovalTable.use(handle, row.id(), now());
                if (!fits) {
                    throw new OvertakenException();
                }
                drafts.make(handle, draft, now(), receipt.get())
                        .ifPresent(given -> because(handle, row, draft, given));
                return row;
            });
        } catch (OvertakenException e) {
            failed(actor, draft, Reason.APPROVAL_OVER);
            return false;
        } catch (DatabaseAwayException e) {
            failed(actor, draft, Reason.DATABASE_UNAVAILABLE);
            throw e;
        }
        if (draft instanceof Draft.Reset(var person)) {
            sessions.endAllOf(person, Reason.SESSION_ENDED);
        }
        return madeInRegister(actor, draft, receipt.get());
    }

    /// Whoever asked answers for it, in their own words; or whoever answered for what it takes the place of.
    private void because(Handle handle, ApprovalTable.Row row, Draft draft, UUID given) {
        if (draft instanceof Draft.Gift gift) {
            var reason = credentials.reason(row.person(), row.reason());
            gift.replaces()
                    .ifPresentOrElse(
                            former -> AssignmentTable.becauseOf(handle, given, former),
                            () ->
                                    AssignmentTable.because(
                                            handle,
                                            given,
                                            row.person(),
                                            credentials.sealReason(gift.person(), reason)));
        }
    }

    private boolean madeInRegister(Actor actor, Draft draft, Receipt receipt) {
        try {
            if (drafts.makeInRegister(draft, receipt)) {
                return true;
            }
            failed(actor, draft, Reason.APPROVAL_OVER);
            return false;
        } catch (DatabaseAwayException e) {
            failed(actor, draft, Reason.DATABASE_UNAVAILABLE);
            throw e;
        } finally {
            changed();
        }
    }

    /// Does something while nothing that waits is made.
    synchronized <T> T alone(Supplier<T> work) {
        return work.get();
    }

    /// Undoes all of its transaction.
    private static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void failed(Actor actor, Draft draft, Reason why) {
        journal.failed(actor, draft.kind().action(), draft.object(), why.key());
    }

    /// Whether there is one officer and no second one; as it was half a minute ago at most.
    boolean lonely() {
        return lonely;
    }

    private long officers() {
        var policy = policies.now();
        return tables.in(PersonTable::all).stream()
                .filter(person -> person.state() == Person.State.ACTIVE)
                .filter(person -> mayAgree(person, policy, Right.APPROVE_RIGHTS))
                .count();
    }

    private static boolean mayAgree(Person person, PolicySnapshot policy, Right right) {
        return Decide.held(person.id().value(), policy, policy.takenAt()).contains(right);
    }

    /// Makes the widenings whose day is over, if there is still no second officer and whoever asked could ask for it
    /// still.
    void makeRipe() {
        var now = now();
        lonely = officers() == 1;
        for (var row : tables.in(handle -> ApprovalTable.ripe(handle, now))) {
            var policy = policies.now();
            var draft = tables.in(handle -> drafts.kept(handle, row.id())).orElseThrow();
            var asked =
                    Gate.Verdict.of(
                            policy, Decided.may(row.matter().request(row.subject()), policy));
            var stands = asked.against().filter(why -> why == Reason.APPROVAL_NEEDED).isPresent();
            var isOvertaken = tables.in(handle -> drafts.against(handle, draft, now)).isPresent();
            if (stands && !isOvertaken && !anotherOfficer(row.matter(), row.subject())) {
                makeAlone(row, draft, gate.kept(Actor.system(), asked));
            }
        }
    }

    /// What cannot be kept is not made; the next round tries again.
    private void makeAlone(ApprovalTable.Row row, Draft draft, Gate.Verdict kept) {
        if (kept.isKept()) {
            var system = Actor.system();
            var text = entryText(row) + "; nobody else could answer for 24 h";
            var given = written(system, Action.APPROVAL_GIVEN, row, text, kept.decision());
            var _ = made(system, row, draft, given, kept.decision(), _ -> true);
        }
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
        var object = row.get().matter().object();
        if (row.get().state(now()) != ApprovalRequest.State.WAITING) {
            return refused(session, WITHDRAW, object, Reason.APPROVAL_OVER);
        }
        var receipt =
                written(
                        session.actor(),
                        Action.APPROVAL_WITHDRAWN,
                        row.get(),
                        entryText(row.get()),
                        Optional.empty());
        if (receipt.isEmpty()) {
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

    /// Why a camera with its footage is not to be removed; empty if somebody said yes, which is used up.
    Optional<Reason> refusesRemoval(Session session, CameraId camera, Optional<UUID> approval) {
        var kind = ApprovalRequest.Kind.REMOVAL;
        if (approval.isEmpty()) {
            return gate.refuses(
                    session, REMOVE, Request.of(session.subject(), kind.right()).on(camera));
        }
        return switch (granted(session, REMOVE, kind, camera, approval.get())) {
            case Answer.Done<Request>(var request) ->
                    gate.refuses(session, REMOVE, request)
                            .or(() ->
                                    use(approval.get())
                                            ? Optional.empty()
                                            : Optional.of(
                                                    gate.recordRefusal(
                                                            session,
                                                            REMOVE,
                                                            Act.object(camera),
                                                            Reason.APPROVAL_OVER)));
            case Answer.Refused<Request>(var reason, _) -> Optional.of(reason);
            case Answer.Faulty<Request> _ -> Optional.of(Reason.BAD_INPUT);
        };
    }

    /// What somebody was allowed to do, as if it was begun now. It is not used up by this.
    ///
    /// @param what for the log, if it is refused
    Answer<Request> granted(
            Session session, String what, ApprovalRequest.Kind kind, CameraId camera, UUID id) {
        var now = now();
        var row =
                tables.in(handle -> ApprovalTable.byId(handle, id))
                        .filter(one -> one.person().equals(session.person()))
                        .filter(one -> one.matter().kind() == kind)
                        .filter(one -> one.matter().camera().equals(Optional.of(camera)));
        if (row.isEmpty()) {
            return refused(session, what, Act.object(camera), Reason.APPROVAL_UNKNOWN);
        }
        return row.get().state(now) == ApprovalRequest.State.APPROVED
                ? new Answer.Done<>(
                        row.get()
                                .matter()
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

    private <T> Answer<T> refused(Session session, String what, String object, Reason reason) {
        return new Answer.Refused<>(gate.recordRefusal(session, what, object, reason));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
