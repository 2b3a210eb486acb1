package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.custodes.audit.Action;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.Request;
import org.custodes.vault.Vault;

/// Makes Grants: decide, entry, and only then the opener (DESIGN I2). The one place that does.
final class Looks {
    /// Somebody who scrubs along what they may not see would fill the log.
    private static final Duration WITHHELD_EVERY = Duration.ofSeconds(10);

    private static final String APPROVED = "approved look";

    private final Gate gate;
    private final Policies policies;
    private final Approvals approvals;
    private final Emergencies emergencies;
    private final Sessions sessions;
    private final Journal journal;
    private final Vault vault;
    private final InstantSource clock;

    Looks(
            Gate gate,
            Policies policies,
            Approvals approvals,
            Emergencies emergencies,
            Sessions sessions,
            Journal journal,
            Vault vault,
            InstantSource clock) {
        this.gate = gate;
        this.policies = policies;
        this.approvals = approvals;
        this.emergencies = emergencies;
        this.sessions = sessions;
        this.journal = journal;
        this.vault = vault;
        this.clock = clock;
    }

    LookDecision open(
            Session session,
            CameraId camera,
            MediaClass mediaClass,
            LookKind kind,
            Optional<TimeRange> interval,
            Why why) {
        var what = kind.code() + " look";
        var asked = asked(session, kind, interval);
        var wanted =
                Request.of(session.subject(), kind.right())
                        .on(camera)
                        .of(seen(mediaClass), interval)
                        .forPurpose(why.purpose(), why.caseNumber());
        var verdict = gate.verdictOnFootage(session, wanted);
        if (verdict.against().isPresent()) {
            return new LookDecision.Refused(
                    gate.refused(session, what, Act.object(camera), verdict));
        }
        if (asked.isEmpty()) {
            return refused(session, what, camera, Reason.INTERVAL_NEEDED);
        }
        return recorded(session, verdict, mediaClass, kind, asked.get());
    }

    /// A look back that somebody else said yes to: for exactly what was asked, once.
    LookDecision openApproved(
            Session session, CameraId camera, MediaClass mediaClass, UUID approval) {
        try {
            return switch (approvals.granted(
                    session, APPROVED, ApprovalRequest.Kind.PLAYBACK, camera, approval)) {
                case Answer.Done<Request>(var request) ->
                        used(session, request, mediaClass, approval);
                case Answer.Refused<Request>(var reason, _) -> new LookDecision.Refused(reason);
                case Answer.Faulty<Request> _ -> new LookDecision.Refused(Reason.BAD_INPUT);
            };
        } catch (DatabaseAwayException e) {
            return refused(session, APPROVED, camera, Reason.DATABASE_UNAVAILABLE);
        }
    }

    private LookDecision used(
            Session session, Request request, MediaClass mediaClass, UUID approval) {
        var camera = request.camera().orElseThrow();
        var verdict = gate.verdict(session, request);
        if (verdict.against().isPresent()) {
            return new LookDecision.Refused(
                    gate.refused(session, APPROVED, Act.object(camera), verdict));
        }
        if (!approvals.use(approval)) {
            return refused(session, APPROVED, camera, Reason.APPROVAL_OVER);
        }
        var asked = request.interval().orElseThrow();
        return recorded(session, verdict, mediaClass, LookKind.PLAYBACK, asked);
    }

    private LookDecision recorded(
            Session session,
            Gate.Verdict verdict,
            MediaClass mediaClass,
            LookKind kind,
            TimeRange asked) {
        var receipt = journal.write(opened(session, verdict, kind, asked));
        if (receipt.isEmpty()) {
            return new LookDecision.Refused(Reason.AUDIT_UNAVAILABLE);
        }
        var against =
                verdict.inEmergency()
                        ? emergencies.looks(
                                session, verdict.request().camera().orElseThrow(), receipt.get())
                        : Optional.<Reason>empty();
        if (against.isPresent()) {
            journal.failed(
                    session.actor(),
                    kind.action(),
                    Act.object(verdict.request().camera().orElseThrow()),
                    against.get().key());
            return new LookDecision.Refused(against.get());
        }
        return granted(session, verdict, mediaClass, kind, asked, receipt.get());
    }

    /// What somebody sees: of a camera without masks its original is all that there is to be seen, and no mask is
    /// lifted for it.
    private static MediaClass seen(MediaClass stored) {
        return stored == MediaClass.ORIGINAL ? MediaClass.VEILED : stored;
    }

    /// Why what lies before the look's footage is withheld; on record, at most once in [#WITHHELD_EVERY].
    private Withheld withheld(Grant grant, Instant at) {
        var policy = policies.shown();
        var wanted = grant.request().since(at);
        var reason = Policies.unaided(wanted, policy).orElse(Reason.TOO_OLD);
        if (grant.maySayAgain(policy.takenAt(), WITHHELD_EVERY)) {
            journal.refused(
                    grant.session().actor(),
                    grant.kind().code() + " look",
                    Act.object(grant.camera()),
                    reason);
        }
        var askable =
                Policies.against(wanted, policy)
                        .filter(why -> why == Reason.APPROVAL_NEEDED)
                        .isPresent();
        return new Withheld(reason, askable);
    }

    /// Ends the looks that would be refused now: somebody lost a role or a camera, its hours are over, it was not
    /// confirmed in time, or the database does not answer. What was young enough when a look began grows older.
    void review() {
        var open = sessions.looks();
        if (open.isEmpty()) {
            return;
        }
        try {
            var policy = policies.now();
            for (var grant : open) {
                var part = Policies.shown(grant.request(), policy);
                Policies.against(part, policy)
                        .ifPresentOrElse(
                                why ->
                                        grant.revoke(
                                                grant.inEmergency() ? Reason.EMERGENCY_OVER : why),
                                () -> grant.narrow(part));
            }
        } catch (DatabaseAwayException e) {
            sessions.endLooks(Reason.DATABASE_UNAVAILABLE);
        }
    }

    private LookDecision refused(Session session, String what, CameraId camera, Reason reason) {
        return new LookDecision.Refused(
                journal.refused(session.actor(), what, Act.object(camera), reason));
    }

    /// Live is from now to the session's end; nobody looks beyond the session's end.
    private Optional<TimeRange> asked(
            Session session, LookKind kind, Optional<TimeRange> interval) {
        var now = clock.instant();
        var start =
                switch (kind) {
                    case LIVE -> Optional.of(now);
                    case PLAYBACK -> interval.map(TimeRange::start);
                };
        var end =
                switch (kind) {
                    case LIVE -> session.endsAt();
                    case PLAYBACK -> earlier(interval.map(TimeRange::end), session.endsAt());
                };
        return start.filter(from -> from.isBefore(end)).map(from -> new TimeRange(from, end));
    }

    private static Instant earlier(Optional<Instant> one, Instant other) {
        return one.filter(end -> end.isBefore(other)).orElse(other);
    }

    private static Event opened(
            Session session, Gate.Verdict verdict, LookKind kind, TimeRange asked) {
        var request = verdict.request();
        var text =
                switch (kind) {
                    case LIVE -> "live";
                    case PLAYBACK ->
                            "%s to %s%s"
                                    .formatted(
                                            request.interval().orElse(asked).start(),
                                            asked.end(),
                                            request.approvals().isEmpty() ? "" : ", approved");
                };
        return new Event(
                session.actor(),
                kind.action(),
                Act.object(request.camera().orElseThrow()),
                request.purpose(),
                request.caseNumber(),
                Outcome.DONE,
                verdict.inEmergency() ? text + ", in an emergency" : text,
                verdict.policy());
    }

    private LookDecision granted(
            Session session,
            Gate.Verdict verdict,
            MediaClass mediaClass,
            LookKind kind,
            TimeRange asked,
            Receipt receipt) {
        var request = verdict.request();
        var camera = request.camera().orElseThrow();
        var from = request.interval().map(TimeRange::start).orElse(asked.start());
        var opens = new TimeRange(from.minus(Grant.LEAD), asked.end());
        var grant =
                new Grant(
                        session,
                        request,
                        camera,
                        mediaClass,
                        kind,
                        asked,
                        opens,
                        verdict.inEmergency(),
                        vault.opener(
                                camera.value(), mediaClass.number(), opens.start(), opens.end()),
                        this::withheld,
                        (closed, seen) -> closed(closed, seen, receipt));
        var held = sessions.live(session).filter(live -> live.hold(grant));
        if (held.isEmpty()) {
            // It ended between the decision and here; the entry is closed like any other look.
            grant.revoke(Reason.SESSION_ENDED);
            grant.close();
            return new LookDecision.Refused(Reason.SESSION_ENDED);
        }
        return new LookDecision.Granted(grant);
    }

    /// If this entry cannot be written, the one that opened the look stands alone: nothing is shown
    /// any more, so there is nothing left to refuse.
    private void closed(Grant grant, Seen seen, Receipt opened) {
        sessions.live(grant.session()).ifPresent(live -> live.release(grant));
        var ended = grant.endedBy().map(reason -> "; ended: " + reason.key()).orElse("");
        journal.done(
                grant.session().actor(),
                Action.LOOK_CLOSED,
                Act.object(grant.camera()),
                "%s look of entry %d: %d s, %d frames seen%s"
                        .formatted(
                                grant.kind().code(),
                                opened.index(),
                                seen.shown().toSeconds(),
                                seen.frames(),
                                ended));
    }
}
