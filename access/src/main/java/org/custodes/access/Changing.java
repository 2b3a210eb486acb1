package org.custodes.access;

import java.util.List;
import org.custodes.audit.Receipt;
import org.custodes.register.Fault;
import org.custodes.rights.Right;

/// How this room changes what it keeps: the entry first, then the effect; if that fails, an entry that says so.
final class Changing {
    private final Gate gate;

    Changing(Gate gate) {
        this.gate = gate;
    }

    interface Effect<T> {
        T after(Receipt receipt);
    }

    <T> Answer<T> change(Session session, Act act, Effect<T> effect) {
        return switch (gate.receipt(session, act)) {
            case Answer.Faulty<Receipt>(var faults) -> new Answer.Faulty<>(faults);
            case Answer.Refused<Receipt>(var reason, var again) ->
                    new Answer.Refused<>(reason, again);
            case Answer.Done<Receipt>(var receipt) -> {
                try {
                    yield new Answer.Done<>(effect.after(receipt));
                } catch (DatabaseAwayException e) {
                    gate.recordFailure(session, act, Reason.DATABASE_UNAVAILABLE.key());
                    throw e;
                }
            }
        };
    }

    /// It was not done, because of what was sent.
    <T> Answer<T> faulty(Session session, Act act, List<Fault> faults) {
        return told(gate.recordFaults(session, act, faults), faults);
    }

    /// As above, of what needs this right and is not changed by whoever sent it.
    <T> Answer<T> faulty(Session session, Right right, List<Fault> faults) {
        return told(gate.recordFaults(session, right, faults), faults);
    }

    private static <T> Answer<T> told(Reason reason, List<Fault> faults) {
        return reason == Reason.BAD_INPUT
                ? new Answer.Faulty<>(faults)
                : new Answer.Refused<>(reason);
    }
}
