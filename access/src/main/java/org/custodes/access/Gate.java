package org.custodes.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditUnavailableException;
import org.custodes.audit.Receipt;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.register.Fault;
import org.custodes.register.Register;
import org.custodes.rights.Decide;
import org.custodes.rights.Decided;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;

/// Where every request of somebody who is signed in is decided: the session stands, the database
/// answers, the rule says yes, what it was decided on is kept, the entry is durable; in this order, and
/// a no at any of them is an entry too. Each entry names what it was decided on.
final class Gate {
    /// A form may name a hundred fields that there are not.
    private static final int MOST_FAULTS_TOLD = 20;

    private final Sessions sessions;
    private final Policies policies;
    private final Register register;
    private final Decisions decisions;
    private final Journal journal;

    Gate(
            Sessions sessions,
            Policies policies,
            Register register,
            Decisions decisions,
            Journal journal) {
        this.sessions = sessions;
        this.policies = policies;
        this.register = register;
        this.decisions = decisions;
        this.journal = journal;
    }

    /// What was found.
    ///
    /// @param request what it is about: all that was asked for, or what of it may be seen
    /// @param ruling what the rules said; nothing if it did not come so far
    /// @param decision what its entry names; there as soon as it is kept
    record Verdict(
            Optional<Reason> against,
            Request request,
            Optional<Ruling> ruling,
            Optional<Bytes> decision) {

        static Verdict of(PolicySnapshot policy, Decided decided) {
            return new Verdict(
                    decided.ground().map(Reason::of),
                    decided.request(),
                    Optional.of(new Ruling(policy, decided)),
                    Optional.empty());
        }

        private static Verdict no(Reason reason, Request request) {
            return new Verdict(Optional.of(reason), request, Optional.empty(), Optional.empty());
        }

        /// Whether another camera might be answered otherwise.
        private boolean isOfTheCamera() {
            return against.isEmpty() || against.get() == Reason.CAMERA_NOT_GIVEN;
        }

        /// No, whatever the rules said.
        private Verdict because(Reason reason) {
            return new Verdict(Optional.of(reason), request, ruling, decision);
        }

        private Verdict keptAs(Bytes hash) {
            return new Verdict(against, request, ruling, Optional.of(hash));
        }

        /// Whether it can be made again.
        boolean isKept() {
            return decision.isPresent();
        }

        /// Whether it would be refused, if it were not for an emergency.
        boolean inEmergency() {
            return against.isEmpty()
                    && request.right().showsMedia()
                    && ruling.filter(made -> Policies.inEmergency(request, made.policy()))
                            .isPresent();
        }
    }

    /// @param policy that it was made by
    record Ruling(PolicySnapshot policy, Decided decided) {}

    /// What is worth to be offered to them.
    Set<Right> rights(Session session) {
        var policy = policies.shown();
        return Decide.held(session.person().value(), policy, policy.takenAt());
    }

    /// Which cameras they may know of; not on record.
    Predicate<CameraId> known(Session session) {
        var policy = policies.shown();
        return camera -> Decide.decide(known(session, camera), policy, policy.takenAt()).allows();
    }

    private static Request known(Session session, CameraId camera) {
        return Request.of(session.subject(), Right.LIST_CAMERAS).on(camera);
    }

    /// Why not; empty if the rule says yes. The refusal is on record.
    ///
    /// @param what was wanted, for the log
    Optional<Reason> refuses(Session session, String what, Request request) {
        var object = request.camera().map(Act::object).orElse("");
        var verdict = verdict(session, request);
        return verdict.against().map(_ -> refused(session, what, object, verdict));
    }

    /// As [#refuses], for what is asked before it is known on which camera: a right that is used on
    /// cameras is refused only to whoever has it on none.
    Optional<Reason> refusesAnywhere(Session session, Right right) {
        if (!right.ofCamera()) {
            return refuses(session, right.code(), Request.of(session.subject(), right));
        }
        var request = Request.of(session.subject(), right);
        var verdict =
                verdict(
                        session,
                        request,
                        policy -> Verdict.of(policy, Decided.anywhere(request, policy)));
        return verdict.against().map(_ -> refused(session, right.code(), "", verdict));
    }

    /// The answer to a request, and nothing on record.
    Verdict verdict(Session session, Request request) {
        return verdictOnCamera(
                session, request, policy -> Verdict.of(policy, Decided.may(request, policy)));
    }

    /// As [#verdict], for footage of an interval: if only the younger part of it may be seen, for that part.
    Verdict verdictOnFootage(Session session, Request request) {
        return verdictOnCamera(
                session,
                request,
                policy -> Verdict.of(policy, Decided.may(Policies.shown(request, policy), policy)));
    }

    /// A camera that there is not is refused like one that was not given: whoever has no right at all learns the
    /// same of both, and it takes as long.
    private Verdict verdictOnCamera(
            Session session, Request request, Function<PolicySnapshot, Verdict> rule) {
        var unknown =
                request.camera().filter(camera -> register.camera(camera).isEmpty()).isPresent();
        return verdict(
                session,
                request,
                policy -> {
                    var verdict = rule.apply(policy);
                    return unknown && verdict.isOfTheCamera()
                            ? verdict.because(Reason.CAMERA_UNKNOWN)
                            : verdict;
                });
    }

    private Verdict verdict(
            Session session, Request request, Function<PolicySnapshot, Verdict> rule) {
        var live = sessions.live(session);
        if (live.isEmpty()) {
            return Verdict.no(Reason.SESSION_ENDED, request);
        }
        try {
            return sessions.ifConfirmed(live.get(), policies::read)
                    .map(rule)
                    .orElseGet(() -> Verdict.no(Reason.SESSION_ENDED, request));
        } catch (DatabaseAwayException e) {
            return Verdict.no(Reason.DATABASE_UNAVAILABLE, request);
        }
    }

    /// The same, kept so that it can be made again, before the entry that will name it. What cannot be kept is a no.
    ///
    /// @param actor whose entry that will be
    Verdict kept(Actor actor, Verdict verdict) {
        if (verdict.isKept() || verdict.ruling().isEmpty()) {
            return verdict;
        }
        var ruling = verdict.ruling().get();
        try {
            return verdict.keptAs(decisions.keep(actor, ruling.policy(), ruling.decided()));
        } catch (DatabaseAwayException e) {
            return Verdict.no(Reason.DATABASE_UNAVAILABLE, verdict.request());
        } catch (AuditUnavailableException e) {
            return Verdict.no(Reason.AUDIT_UNAVAILABLE, verdict.request());
        }
    }

    /// Puts a refusal on record.
    ///
    /// @return its reason, or why not even that could be told
    Reason refused(Session session, String what, String object, Verdict verdict) {
        var kept = kept(session.actor(), verdict);
        return journal.refused(
                session.actor(), what, object, kept.against().orElseThrow(), kept.decision());
    }

    Decision decide(Session session, Act act) {
        var verdict = kept(session.actor(), verdict(session, act.request(session.subject())));
        if (verdict.against().isPresent()) {
            return new Decision.Refused(refused(session, act.kind().code(), act.object(), verdict));
        }
        return journal.done(
                        session.actor(),
                        act.kind().action(),
                        act.object(),
                        act.text(),
                        verdict.decision())
                .<Decision>map(Decision.Granted::new)
                .orElseGet(() -> new Decision.Refused(Reason.AUDIT_UNAVAILABLE));
    }

    /// The entry about something that was sent and is wrong: which fields and why, never their
    /// contents.
    Reason recordFaults(Session session, Act act, List<Fault> faults) {
        return recordFaults(session, act.kind().code(), act.object(), faults);
    }

    Reason recordFaults(Session session, Right right, List<Fault> faults) {
        return recordFaults(session, right.code(), "", faults);
    }

    private Reason recordFaults(Session session, String what, String object, List<Fault> faults) {
        var told =
                faults.stream()
                        .limit(MOST_FAULTS_TOLD)
                        .map(fault -> fault.field() + " " + fault.key())
                        .collect(Collectors.joining(", "));
        return journal.refused(
                session.actor(), "%s (%s)".formatted(what, told), object, Reason.BAD_INPUT);
    }

    Reason recordRefusal(Session session, Act act, Reason reason) {
        return recordRefusal(session, act.kind().code(), act.object(), reason);
    }

    Reason recordRefusal(Session session, String what, String object, Reason reason) {
        return journal.refused(session.actor(), what, object, reason);
    }

    void recordFailure(Session session, Act act, String why) {
        journal.failed(session.actor(), act.kind().action(), act.object(), why);
    }

    /// As [#decide], for changes that this room makes itself.
    Answer<Receipt> receipt(Session session, Act act) {
        return switch (decide(session, act)) {
            case Decision.Granted(var receipt) -> new Answer.Done<>(receipt);
            case Decision.Refused(var reason) -> new Answer.Refused<>(reason);
        };
    }
}
