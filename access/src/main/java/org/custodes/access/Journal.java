package org.custodes.access;

import java.util.Optional;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.AuditUnavailableException;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.media.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entries as this room writes them. An entry that cannot be made durable is an answer here: what it
/// was about is refused.
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final AuditLog audit;

    Journal(AuditLog audit) {
        this.audit = audit;
    }

    /// The receipt; empty if the log cannot be written.
    Optional<Receipt> write(Event event) {
        try {
            return Optional.of(audit.append(event));
        } catch (AuditUnavailableException e) {
            LOG.error("The log cannot be written, so {} is refused", event.action().code(), e);
            return Optional.empty();
        }
    }

    Optional<Receipt> done(Actor actor, Action action, String object, String text) {
        return done(actor, action, object, text, Optional.empty());
    }

    /// @param decision what it was decided on, see [Decisions]
    Optional<Receipt> done(
            Actor actor, Action action, String object, String text, Optional<Bytes> decision) {
        return write(decided(actor, action, object, Outcome.DONE, text, decision));
    }

    /// A refusal. If even that cannot be written, the refusal stands and this is its reason.
    Reason refused(Actor actor, String what, String object, Reason reason) {
        return refused(actor, what, object, reason, Optional.empty());
    }

    /// @param decision what it was decided on, see [Decisions]
    Reason refused(
            Actor actor, String what, String object, Reason reason, Optional<Bytes> decision) {
        return refused(actor, Action.REFUSED, what, object, reason, decision);
    }

    Reason refused(Actor actor, Action action, String what, String object, Reason reason) {
        return refused(actor, action, what, object, reason, Optional.empty());
    }

    private Reason refused(
            Actor actor,
            Action action,
            String what,
            String object,
            Reason reason,
            Optional<Bytes> decision) {
        var text = "%s: %s".formatted(what, reason.key());
        return write(decided(actor, action, object, Outcome.REFUSED, text, decision))
                .map(_ -> reason)
                .orElse(Reason.AUDIT_UNAVAILABLE);
    }

    private static Event decided(
            Actor actor,
            Action action,
            String object,
            Outcome outcome,
            String text,
            Optional<Bytes> decision) {
        return new Event(
                actor, action, object, Optional.empty(), Optional.empty(), outcome, text, decision);
    }

    void failed(Actor actor, Action action, String object, String why) {
        write(Event.of(actor, action, object, Outcome.FAILED, why));
    }

    /// Somebody who is not signed in. A name is repeated only if somebody is called so: what people
    /// type into the wrong field is often their password.
    static Actor stranger(Optional<Person> claimed, Origin origin) {
        return claimed.map(person -> of(person, origin))
                .orElseGet(() -> Actor.stranger("", origin.plainAddress(), origin.workstation()));
    }

    static Actor of(Person person, Origin origin) {
        return new Actor(
                Optional.of(person.id().value()),
                person.name(),
                origin.plainAddress(),
                origin.workstation());
    }
}
