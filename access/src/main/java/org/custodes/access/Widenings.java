package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.Receipt;
import org.custodes.media.Bytes;
import org.custodes.rights.Approval;
import org.custodes.rights.Decide;
import org.custodes.rights.Decided;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.Subject;
import org.jdbi.v3.core.Handle;

/// What gives somebody more than they had: asked for by one security officer, and made by the yes of another, or after
/// a day while there is no other. One after the other.
final class Widenings {
    /// While there is no second officer, whoever is asked is everybody who reads the sign-in page.
    static final Duration ALONE_AFTER = Duration.ofHours(24);

    /// Whoever opens a site invites everybody who works there.
    private static final int MOST_WAITING = 500;

    private static final ApprovalRequest.Kind KIND = ApprovalRequest.Kind.RIGHTS;
    private static final int LONGEST_TOLD = 1_900;

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Sessions sessions;
    private final Journal journal;
    private final Justifications justifications;
    private final Drafts drafts;
    private final ApprovalRequests requests;
    private final InstantSource clock;
    private final Changing changing;
    private volatile boolean lonely;

    Widenings(
            AccessTables tables,
            Gate gate,
            Policies policies,
            Sessions sessions,
            Journal journal,
            Justifications justifications,
            Drafts drafts,
            ApprovalRequests requests,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.sessions = sessions;
        this.journal = journal;
        this.justifications = justifications;
        this.drafts = drafts;
        this.requests = requests;
        this.clock = clock;
        this.changing = new Changing(gate);
    }

    /// A widening that needs no words of its own.
    Answer<ApprovalRequest> ask(Session session, Draft draft, String told) {
        return ask(session, draft, told, "");
    }

    /// A widening: it is made as soon as a second officer says yes, or after a day if there is none.
    ///
    /// @param told what, for readers
    /// @param reason why, in the asker's words
    Answer<ApprovalRequest> ask(Session session, Draft draft, String told, String reason) {
        var proposing =
                Request.of(session.subject(), Right.PROPOSE_RIGHTS)
                        .about(draft.about())
                        .concerning(draft.concerned().stream().map(PersonId::value).toList());
        var proposal = gate.verdict(session, proposing);
        if (proposal.against().isPresent()) {
            return new Answer.Refused<>(
                    gate.refused(session, ApprovalRequests.ASK, draft.object(), proposal));
        }
        var matter =
                new ApprovalTable.Matter(
                        KIND,
                        Optional.empty(),
                        Optional.empty(),
                        Why.UNSAID,
                        draft.about(),
                        draft.concerned());
        var verdict = gate.verdict(session, matter.request(session.subject()));
        if (!verdict.against().equals(Optional.of(Reason.APPROVAL_NEEDED))) {
            return new Answer.Refused<>(
                    gate.refused(session, ApprovalRequests.ASK, draft.object(), verdict));
        }
        var full = requests.tooMany(session, MOST_WAITING);
        if (full.isPresent()) {
            return changing.faulty(session, KIND.right(), full.stream().toList());
        }
        var aloneAt =
                anotherOfficer(matter, session.subject())
                        ? Optional.<Instant>empty()
                        : Optional.of(now().plus(ALONE_AFTER));
        var wanted =
                new ApprovalRequests.Wanted(
                        matter,
                        told.substring(0, Math.min(told.length(), LONGEST_TOLD)),
                        reason,
                        aloneAt);
        return requests.ask(
                session, wanted, verdict, (handle, id) -> drafts.keep(handle, id, draft));
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
                .anyMatch(person -> mayAgree(person, policy));
    }

    /// How many widenings will be made although nobody says yes: told to everybody who comes to sign in.
    long alone() {
        return tables.in(handle -> ApprovalTable.alone(handle, now()));
    }

    /// Whether there is one officer and no second one; as it was half a minute ago at most.
    boolean lonely() {
        return lonely;
    }

    private long officers() {
        var policy = policies.now();
        return tables.in(PersonTable::all).stream()
                .filter(person -> person.state() == Person.State.ACTIVE)
                .filter(person -> mayAgree(person, policy))
                .count();
    }

    private static boolean mayAgree(Person person, PolicySnapshot policy) {
        return Decide.held(person.id().value(), policy, policy.takenAt())
                .contains(KIND.answeredBy());
    }

    /// A yes to a widening, and the widening.
    ///
    /// @param found what was asked, and that this session may answer it
    /// @param credential by what whoever says yes has proved who they are
    Answer<ApprovalRequest> agree(
            Session session, ApprovalRequests.Answerable found, String credential) {
        var now = now();
        var row = found.row();
        var object = row.matter().object();
        var draft = tables.in(handle -> drafts.kept(handle, row.id())).orElseThrow();
        var fault = tables.in(handle -> drafts.against(handle, draft, now));
        if (fault.isPresent()) {
            return changing.faulty(session, KIND.right(), fault.stream().toList());
        }
        var yes =
                new Approval(
                        session.person().value(), credential, row.hash(), now, Optional.of(now));
        var asked = row.matter().request(row.subject()).with(List.of(yes));
        var policy = policies.now();
        var widening =
                gate.kept(session.actor(), Gate.Verdict.of(policy, Decided.may(asked, policy)));
        if (widening.against().isPresent()) {
            return new Answer.Refused<>(
                    gate.refused(session, ApprovalRequests.ANSWER, object, widening));
        }
        var answering = gate.kept(session.actor(), found.verdict());
        if (!answering.isKept()) {
            return new Answer.Refused<>(
                    gate.refused(session, ApprovalRequests.ANSWER, object, answering));
        }
        var given =
                requests.written(
                        session.actor(),
                        Action.APPROVAL_GIVEN,
                        row,
                        ApprovalRequests.entryText(row),
                        answering.decision());
        return made(
                        session.actor(),
                        row,
                        draft,
                        given,
                        widening.decision(),
                        handle ->
                                ApprovalTable.answer(
                                        handle,
                                        row.id(),
                                        session.person(),
                                        credential,
                                        true,
                                        now()))
                ? requests.again(session, row.id())
                : new Answer.Refused<>(
                        gate.recordRefusal(
                                session, ApprovalRequests.ANSWER, object, Reason.APPROVAL_OVER));
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

    /// Whoever asked answers for it.
    private void because(Handle handle, ApprovalTable.Row row, Draft draft, UUID given) {
        if (draft instanceof Draft.Gift gift) {
            justifications.keep(
                    handle, new Justifications.Given(given, gift.person(), gift.replaces()), row);
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
            requests.changed();
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
            var text = ApprovalRequests.entryText(row) + "; nobody else could answer for 24 h";
            var given = requests.written(system, Action.APPROVAL_GIVEN, row, text, kept.decision());
            var _ = made(system, row, draft, given, kept.decision(), _ -> true);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
