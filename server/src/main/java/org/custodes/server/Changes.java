package org.custodes.server;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.custodes.access.Access;
import org.custodes.access.Act;
import org.custodes.access.Decision;
import org.custodes.access.Reason;
import org.custodes.access.Session;
import org.custodes.audit.Receipt;
import org.custodes.register.Changed;
import org.custodes.register.Checked;
import org.custodes.register.Fault;

/// How a change of the register walks (DESIGN section 5): check, decide, write, change. Each step takes
/// what the last one gave, and whatever became of it is on record.
final class Changes {
    private final Access access;

    Changes(Access access) {
        this.access = access;
    }

    /// @param act how the log names it, made of what was understood
    /// @param attempt how the log names it if it cannot be understood
    /// @param change makes it, under the receipt
    /// @param told what is answered when it was made
    <D, T> Reply make(
            Session session,
            Checked<D> checked,
            Act attempt,
            Function<D, Act> act,
            BiFunction<D, Receipt, Changed<T>> change,
            Function<T, Reply> told) {
        return switch (checked) {
            case Checked.Faulty<D>(var faults) -> faulty(session, attempt, faults);
            case Checked.Fits<D>(var draft) ->
                    make(session, act.apply(draft), receipt -> change.apply(draft, receipt), told);
        };
    }

    /// What was sent has faults; that it was sent is on record.
    Reply faulty(Session session, Act attempt, List<Fault> faults) {
        var reason = access.recordFaults(session, attempt, faults);
        return new Reply.Refused(
                reason == Reason.BAD_INPUT ? Problem.badInput(faults) : Refusals.of(reason));
    }

    /// A change that needs no check beforehand.
    <T> Reply make(
            Session session,
            Act act,
            Function<Receipt, Changed<T>> change,
            Function<T, Reply> told) {
        return switch (access.decide(session, act)) {
            case Decision.Refused(var reason) -> new Reply.Refused(Refusals.of(reason));
            case Decision.Granted(var receipt) ->
                    switch (change.apply(receipt)) {
                        case Changed.Done<T>(var value) -> told.apply(value);
                        case Changed.Faulty<T>(var faults) -> {
                            access.recordFailure(session, act, "It no longer fitted.");
                            yield new Reply.Refused(Problem.badInput(faults));
                        }
                        case Changed.Unavailable<T>() -> {
                            access.recordFailure(session, act, "The database did not answer.");
                            yield new Reply.Refused(Refusals.of(Reason.DATABASE_UNAVAILABLE));
                        }
                    };
        };
    }
}
