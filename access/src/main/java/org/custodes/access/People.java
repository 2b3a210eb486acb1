package org.custodes.access;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.audit.Receipt;
import org.custodes.media.CameraId;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.register.Register;

/// Who is here, and which cameras they were given. Changes come one after the other.
final class People {
    private static final int LONGEST_NAME = 120;
    private static final int MOST_CAMERAS = 10_000;

    private final AccessTables tables;
    private final Gate gate;
    private final Sessions sessions;
    private final Credentials credentials;
    private final Enrolments enrolments;
    private final Register register;

    People(
            AccessTables tables,
            Gate gate,
            Sessions sessions,
            Credentials credentials,
            Enrolments enrolments,
            Register register) {
        this.tables = tables;
        this.gate = gate;
        this.sessions = sessions;
        this.credentials = credentials;
        this.enrolments = enrolments;
        this.register = register;
    }

    Answer<List<Person>> all(Session session) {
        var refused = gate.refuses(session, "list people", Right.MANAGE_PEOPLE, Optional.empty());
        return refused.isPresent()
                ? new Answer.Refused<>(refused.get())
                : new Answer.Done<>(tables.in(PersonTable::all));
    }

    synchronized Answer<Invitation> invite(Session session, NewPerson wanted) {
        // The right first: whoever may not invite learns nothing about names.
        var refused = gate.refuses(session, "invite", Right.MANAGE_PEOPLE, Optional.empty());
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var id = new PersonId(UUID.randomUUID());
        var form = new Form();
        var name = form.text("name", wanted.name(), 1, LONGEST_NAME);
        var role = form.choice("role", wanted.role(), Role.values(), Role::code);
        var cameras =
                role.map(chosen -> scope(form, chosen, wanted.cameras()))
                        .orElse(CameraScope.none());
        if (!name.isEmpty() && tables.in(handle -> PersonTable.byName(handle, name)).isPresent()) {
            form.add(Enrolments.taken());
        }
        if (form.faulty() || role.isEmpty()) {
            return faulty(session, new Act(Act.Kind.INVITE, "", ""), form.faults());
        }
        var person =
                new Person(id, name, role.get(), cameras, Person.State.INVITED, Optional.empty());
        var act = about(Act.Kind.INVITE, person, told(person));
        return change(
                session,
                act,
                receipt ->
                        tables.in(handle -> {
                            PersonTable.add(handle, person, receipt.time(), receipt.index());
                            return new Invitation(
                                    person,
                                    enrolments.replaceLink(
                                            handle, person, LinkTable.Kind.ENROLMENT));
                        }));
    }

    synchronized Answer<Invitation> inviteAgain(Session session, PersonId id) {
        return changeOther(
                session,
                Act.Kind.INVITE,
                id,
                person ->
                        change(
                                session,
                                about(Act.Kind.INVITE, person, "a new link"),
                                _ ->
                                        tables.in(handle ->
                                                new Invitation(
                                                        person,
                                                        enrolments.replaceLink(
                                                                handle,
                                                                person,
                                                                LinkTable.Kind.ENROLMENT)))));
    }

    synchronized Answer<Person> changeCameras(
            Session session, PersonId id, NewPerson.CameraChoice cameras) {
        return changeOther(
                session,
                Act.Kind.CHANGE_RIGHTS,
                id,
                before -> {
                    var form = new Form();
                    var scope = scope(form, before.role(), cameras);
                    if (form.faulty()) {
                        return faulty(
                                session, about(Act.Kind.CHANGE_RIGHTS, before, ""), form.faults());
                    }
                    var person =
                            new Person(
                                    id,
                                    before.name(),
                                    before.role(),
                                    scope,
                                    before.state(),
                                    before.lastSignIn());
                    return change(
                            session,
                            about(Act.Kind.CHANGE_RIGHTS, person, told(person)),
                            receipt -> {
                                tables.in(handle -> {
                                    PersonTable.setCameras(handle, id, scope, receipt.index());
                                    SessionTable.removeAll(handle, id);
                                    return person;
                                });
                                sessions.endAllOf(id, Reason.SESSION_ENDED);
                                return person;
                            });
                });
    }

    synchronized Answer<Person> remove(Session session, PersonId id) {
        return changeOther(
                session,
                Act.Kind.REMOVE_PERSON,
                id,
                before -> {
                    var person =
                            new Person(
                                    id,
                                    before.name(),
                                    before.role(),
                                    before.cameras(),
                                    Person.State.REMOVED,
                                    before.lastSignIn());
                    return change(
                            session,
                            about(Act.Kind.REMOVE_PERSON, person, person.name()),
                            receipt -> {
                                tables.in(handle -> {
                                    PersonTable.remove(handle, id, receipt.index());
                                    LinkTable.removeAll(handle, id);
                                    SessionTable.removeAll(handle, id);
                                    return person;
                                });
                                sessions.endAllOf(id, Reason.SESSION_ENDED);
                                credentials.destroy(id);
                                return person;
                            });
                });
    }

    private interface Change<T> {
        Answer<T> of(Person person);
    }

    /// Somebody else who is here. Nobody changes themselves, so nobody gives themselves a right, and
    /// the last security officer cannot remove themselves.
    private <T> Answer<T> changeOther(
            Session session, Act.Kind kind, PersonId id, Change<T> change) {
        var what = kind.code();
        var refused = gate.refuses(session, what, kind.right(), Optional.empty());
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var person =
                tables.in(handle -> PersonTable.byId(handle, id))
                        .map(PersonTable.Row::person)
                        .filter(known -> known.state() != Person.State.REMOVED);
        if (person.isEmpty()) {
            return refused(session, kind, id, Reason.PERSON_UNKNOWN);
        }
        return session.person().equals(id)
                ? refused(session, kind, id, Reason.NOT_YOURSELF)
                : change.of(person.get());
    }

    private interface Effect<T> {
        T after(Receipt receipt);
    }

    /// The entry first, then the effect; if that fails, an entry that says so.
    private <T> Answer<T> change(Session session, Act act, Effect<T> effect) {
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

    private <T> Answer<T> faulty(Session session, Act act, List<Fault> faults) {
        var reason = gate.recordFaults(session, act, faults);
        return reason == Reason.BAD_INPUT
                ? new Answer.Faulty<>(faults)
                : new Answer.Refused<>(reason);
    }

    private <T> Answer<T> refused(Session session, Act.Kind kind, PersonId id, Reason reason) {
        return new Answer.Refused<>(
                gate.recordRefusal(session, new Act(kind, Act.object(id), ""), reason));
    }

    /// Cameras are given to operators only: to anybody else they would be an empty promise.
    private CameraScope scope(Form form, Role role, NewPerson.CameraChoice choice) {
        if (role != Role.OPERATOR) {
            return CameraScope.none();
        }
        if (choice.all()) {
            return new CameraScope.All();
        }
        var cameras = new HashSet<CameraId>();
        for (var text : choice.ids().stream().limit(MOST_CAMERAS).toList()) {
            camera(text).ifPresent(cameras::add);
        }
        if (cameras.size() < choice.ids().stream().distinct().count()) {
            form.add(
                    new Fault(
                            "cameras",
                            "form.unknown",
                            "'cameras' names a camera that is not here.",
                            Map.of()));
        }
        return new CameraScope.Listed(cameras);
    }

    private Optional<CameraId> camera(String text) {
        try {
            return Optional.of(CameraId.parse(text)).filter(id -> register.camera(id).isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Act about(Act.Kind kind, Person person, String text) {
        return new Act(kind, Act.object(person.id()), text);
    }

    private static String told(Person person) {
        var cameras =
                switch (person.cameras()) {
                    case CameraScope.All() -> "all cameras";
                    case CameraScope.Listed(var listed) -> "%d cameras".formatted(listed.size());
                };
        return "%s: %s, %s".formatted(person.name(), person.role().code(), cameras);
    }
}
