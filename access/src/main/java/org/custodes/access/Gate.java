package org.custodes.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.custodes.audit.Receipt;
import org.custodes.media.CameraId;
import org.custodes.register.Fault;
import org.custodes.register.Register;

/// Where every request of somebody who is signed in is decided: the session stands, the database
/// answers, the rule says yes, the entry is durable; in this order, and a no at any of them is an
/// entry too.
final class Gate {
    /// A form may name a hundred fields that there are not.
    private static final int MOST_FAULTS_TOLD = 20;

    private final RightsTable table;
    private final Sessions sessions;
    private final Register register;
    private final Journal journal;

    Gate(RightsTable table, Sessions sessions, Register register, Journal journal) {
        this.table = table;
        this.sessions = sessions;
        this.register = register;
        this.journal = journal;
    }

    Set<Right> rights(Session session) {
        return table.of(session.role());
    }

    /// Why not; empty if the rule says yes. The refusal is on record.
    Optional<Reason> refuses(Session session, String what, Right right, Optional<CameraId> camera) {
        return refusal(session, right, camera)
                .map(reason ->
                        journal.refused(
                                session.actor(), what, camera.map(Act::object).orElse(""), reason));
    }

    private Optional<Reason> refusal(Session session, Right right, Optional<CameraId> camera) {
        var live = sessions.live(session);
        if (live.isEmpty()) {
            return Optional.of(Reason.SESSION_ENDED);
        }
        try {
            if (!sessions.confirmed(live.get())) {
                return Optional.of(Reason.SESSION_ENDED);
            }
        } catch (DatabaseAwayException e) {
            return Optional.of(Reason.DATABASE_UNAVAILABLE);
        }
        if (camera.isPresent() && register.camera(camera.get()).isEmpty()) {
            return Optional.of(Reason.CAMERA_UNKNOWN);
        }
        var now = live.get().session();
        return Rules.refusal(table, now.role(), now.cameras(), right, camera);
    }

    Decision decide(Session session, Act act) {
        var refused = refusal(session, act.kind().right(), Optional.empty());
        if (refused.isPresent()) {
            return new Decision.Refused(
                    journal.refused(
                            session.actor(), act.kind().code(), act.object(), refused.get()));
        }
        return journal.done(session.actor(), act.kind().action(), act.object(), act.text())
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
        return journal.refused(session.actor(), act.kind().code(), act.object(), reason);
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
