package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.audit.Action;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.rights.Request;
import org.custodes.rights.Right;

/// The second person's yes: said in a session of their own to what [ApprovalRequests] keeps, bound to every field of
/// it, used once. Whether a yes counts is for `rights` to say. Whoever asked for a look, or to remove a camera, does it
/// themselves once somebody has said yes; a widening is made by the yes ([Widenings]).
final class Approvals {
    private static final Duration LONGEST_LOOK = Duration.ofHours(24);
    private static final int MOST_WAITING = 20;
    private static final int LONGEST_REASON = 500;

    private static final String REMOVE = "remove a camera with footage";
    private static final String WITHDRAW = "withdraw a request for approval";

    private final AccessTables tables;
    private final Gate gate;
    private final Proofs proofs;
    private final ApprovalRequests requests;
    private final Widenings widenings;
    private final InstantSource clock;
    private final Changing changing;

    Approvals(
            AccessTables tables,
            Gate gate,
            Proofs proofs,
            ApprovalRequests requests,
            Widenings widenings,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.proofs = proofs;
        this.requests = requests;
        this.widenings = widenings;
        this.clock = clock;
        this.changing = new Changing(gate);
    }

    /// A look, or the removal of a camera: whoever asks does it themselves once somebody has said yes.
    Answer<ApprovalRequest> ask(Session session, NewApproval wanted) {
        var now = now();
        var form = new Form();
        var reason = form.text("reason", wanted.reason(), 1, LONGEST_REASON);
        var camera = camera(wanted.camera());
        if (camera.isEmpty()) {
            return refused(session, ApprovalRequests.ASK, "", Reason.CAMERA_UNKNOWN);
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
            return new Answer.Refused<>(
                    gate.refused(session, ApprovalRequests.ASK, matter.object(), verdict));
        }
        if (verdict.against().isEmpty() && asked.isPresent()) {
            form.add(needless());
        }
        requests.tooMany(session, MOST_WAITING).ifPresent(form::add);
        if (form.faulty() || (isLook && asked.isEmpty())) {
            return changing.faulty(session, kind.right(), form.faults());
        }
        var request = new ApprovalRequests.Wanted(matter, told(matter), reason, Optional.empty());
        return requests.ask(session, request, verdict, (_, _) -> {});
    }

    private static String told(ApprovalTable.Matter matter) {
        return matter.interval()
                .map(when -> "play back %s to %s".formatted(when.start(), when.end()))
                .orElse("remove a camera with its footage");
    }

    private static TimeRange justNow(Instant now) {
        return new TimeRange(now.minusSeconds(1), now);
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

    private static Optional<CameraId> camera(String text) {
        try {
            return Optional.of(CameraId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Answer<ApprovalRequests.Answerable> answerable(Session session, UUID id) {
        var row = tables.in(handle -> ApprovalTable.byId(handle, id));
        if (row.isEmpty()) {
            return refused(session, ApprovalRequests.ANSWER, "", Reason.APPROVAL_UNKNOWN);
        }
        var object = row.get().matter().object();
        var verdict =
                gate.verdict(session, ApprovalRequests.answering(row.get(), session.subject()));
        if (verdict.against().isPresent()) {
            var reason = gate.refused(session, ApprovalRequests.ANSWER, object, verdict);
            // Whoever may not answer does not learn that there is something to be answered.
            return new Answer.Refused<>(
                    reason == Reason.RIGHT_MISSING ? Reason.APPROVAL_UNKNOWN : reason);
        }
        return row.get().state(now()) == ApprovalRequest.State.WAITING
                ? new Answer.Done<>(new ApprovalRequests.Answerable(row.get(), verdict))
                : refused(session, ApprovalRequests.ANSWER, object, Reason.APPROVAL_OVER);
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
                        proofs.verify(
                                        session,
                                        ApprovalRequests.ANSWER,
                                        found.row().hash(),
                                        confirmation,
                                        origin)
                                .then(proof -> approved(session, found, proof)));
    }

    private Answer<ApprovalRequest> approved(
            Session session, ApprovalRequests.Answerable found, Proof proof) {
        return found.row().matter().kind() == ApprovalRequest.Kind.RIGHTS
                ? widenings.agree(session, found, proof.credential())
                : said(session, found, proof.credential(), true);
    }

    private Answer<ApprovalRequest> said(
            Session session, ApprovalRequests.Answerable found, String credential, boolean yes) {
        var row = found.row();
        var kept = gate.kept(session.actor(), found.verdict());
        if (!kept.isKept()) {
            return new Answer.Refused<>(
                    gate.refused(session, ApprovalRequests.ANSWER, row.matter().object(), kept));
        }
        var receipt =
                requests.written(
                        session.actor(),
                        yes ? Action.APPROVAL_GIVEN : Action.APPROVAL_DENIED,
                        row,
                        ApprovalRequests.entryText(row),
                        kept.decision());
        if (receipt.isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        var isFirst =
                tables.in(handle ->
                        ApprovalTable.answer(
                                handle, row.id(), session.person(), credential, yes, now()));
        if (!isFirst) {
            return refused(
                    session, ApprovalRequests.ANSWER, row.matter().object(), Reason.APPROVAL_OVER);
        }
        requests.changed();
        return requests.again(session, row.id());
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
                requests.written(
                        session.actor(),
                        Action.APPROVAL_WITHDRAWN,
                        row.get(),
                        ApprovalRequests.entryText(row.get()),
                        Optional.empty());
        if (receipt.isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        if (!tables.in(handle -> ApprovalTable.withdraw(handle, id, now()))) {
            return refused(session, WITHDRAW, object, Reason.APPROVAL_OVER);
        }
        requests.changed();
        return requests.again(session, id);
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
        requests.changed();
        return used;
    }

    private <T> Answer<T> refused(Session session, String what, String object, Reason reason) {
        return new Answer.Refused<>(gate.recordRefusal(session, what, object, reason));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
