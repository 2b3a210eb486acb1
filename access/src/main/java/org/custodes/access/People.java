package org.custodes.access;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.custodes.media.CameraId;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.register.Register;
import org.custodes.rights.Duties;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;

/// Who is here, and which roles they have on which cameras. Changes come one after the other.
final class People {
    private static final int LONGEST_NAME = 120;
    private static final int MOST_CAMERAS = 10_000;

    private final AccessTables tables;
    private final Gate gate;
    private final Looks looks;
    private final Sessions sessions;
    private final Credentials credentials;
    private final Enrolments enrolments;
    private final Register register;
    private final InstantSource clock;
    private final Changing changing;

    People(
            AccessTables tables,
            Gate gate,
            Looks looks,
            Sessions sessions,
            Credentials credentials,
            Enrolments enrolments,
            Register register,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.looks = looks;
        this.sessions = sessions;
        this.credentials = credentials;
        this.enrolments = enrolments;
        this.register = register;
        this.clock = clock;
        this.changing = new Changing(gate);
    }

    Answer<List<Person>> all(Session session) {
        var refused = mayNot(session, "list people");
        return refused.isPresent()
                ? new Answer.Refused<>(refused.get())
                : new Answer.Done<>(tables.in(PersonTable::all));
    }

    private Optional<Reason> mayNot(Session session, String what) {
        return gate.refuses(session, what, Request.of(session.subject(), Right.MANAGE_PEOPLE));
    }

    synchronized Answer<Invitation> invite(Session session, NewPerson wanted) {
        // The right first: whoever may not invite learns nothing about names.
        var refused = mayNot(session, "invite");
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var form = new Form();
        var name = form.text("name", wanted.name(), 1, LONGEST_NAME);
        var held = held(form, wanted.given());
        if (!name.isEmpty() && tables.in(handle -> PersonTable.byName(handle, name)).isPresent()) {
            form.add(Enrolments.taken());
        }
        if (form.faulty() || held.isEmpty()) {
            return changing.faulty(session, new Act(Act.Kind.INVITE, "", ""), form.faults());
        }
        var person =
                new Person(
                        new PersonId(UUID.randomUUID()),
                        name,
                        List.of(held.get()),
                        Person.State.INVITED,
                        Optional.empty());
        return changing.change(
                session,
                Act.about(person.id(), Act.Kind.INVITE, told(person)),
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
                        changing.change(
                                session,
                                Act.about(id, Act.Kind.INVITE, "a new link"),
                                _ ->
                                        tables.in(handle ->
                                                new Invitation(
                                                        person,
                                                        enrolments.replaceLink(
                                                                handle,
                                                                person,
                                                                LinkTable.Kind.ENROLMENT)))));
    }

    synchronized Answer<Person> giveRole(Session session, PersonId id, NewPerson.RoleGift gift) {
        return changeOther(
                session,
                Act.Kind.CHANGE_RIGHTS,
                id,
                before -> {
                    var form = new Form();
                    var held = held(form, gift);
                    held.flatMap(given -> clash(before, given)).ifPresent(form::add);
                    return changeRoles(
                            session,
                            before,
                            form,
                            () -> Stream.concat(before.roles().stream(), held.stream()).toList());
                });
    }

    synchronized Answer<Person> changeCameras(
            Session session, PersonId id, UUID role, NewPerson.CameraChoice cameras) {
        return changeHeld(
                session,
                id,
                role,
                (held, form) -> {
                    if (!held.of(id).holds(now())) {
                        form.add(
                                new Fault(
                                        "role",
                                        "role.over",
                                        "This role has ended or lapsed. Confirm it, or give it anew.",
                                        Map.of()));
                    }
                    var watches =
                            role(held.role())
                                    .filter(known -> known.template().watches())
                                    .isPresent();
                    var on = watches ? scope(form, cameras) : new Scope.All();
                    // Another assignment, so that it stays known on which cameras it was before.
                    return Optional.of(
                            new Held(
                                    UUID.randomUUID(),
                                    held.role(),
                                    on,
                                    now(),
                                    held.until(),
                                    held.reviewBy()));
                });
    }

    synchronized Answer<Person> confirmRole(Session session, PersonId id, UUID role) {
        return changeHeld(
                session,
                id,
                role,
                (held, _) ->
                        role(held.role())
                                .map(known ->
                                        held.reviewedUntil(now().plus(known.template().review()))));
    }

    synchronized Answer<Person> endRole(Session session, PersonId id, UUID role) {
        return changeHeld(session, id, role, (_, _) -> Optional.empty());
    }

    private interface HeldChange {
        /// What becomes of it; empty if it ends.
        Optional<Held> of(Held held, Form form);
    }

    private Answer<Person> changeHeld(Session session, PersonId id, UUID role, HeldChange change) {
        return changeOther(
                session,
                Act.Kind.CHANGE_RIGHTS,
                id,
                before -> {
                    var held =
                            before.roles().stream()
                                    .filter(one -> one.id().equals(role))
                                    .findFirst();
                    if (held.isEmpty()) {
                        return refused(session, Act.Kind.CHANGE_RIGHTS, id, Reason.ROLE_UNKNOWN);
                    }
                    var form = new Form();
                    var changed = change.of(held.get(), form);
                    return changeRoles(
                            session,
                            before,
                            form,
                            () ->
                                    before.roles().stream()
                                            .flatMap(one ->
                                                    one.id().equals(role)
                                                            ? changed.stream()
                                                            : Stream.of(one))
                                            .toList());
                });
    }

    private Answer<Person> changeRoles(
            Session session, Person before, Form form, Supplier<List<Held>> roles) {
        if (form.faulty()) {
            return changing.faulty(
                    session, Act.about(before.id(), Act.Kind.CHANGE_RIGHTS, ""), form.faults());
        }
        var person = before.with(roles.get());
        return changing.change(
                session,
                Act.about(person.id(), Act.Kind.CHANGE_RIGHTS, told(person)),
                receipt -> {
                    tables.in(handle -> {
                        AssignmentTable.change(
                                handle, before, person, receipt.time(), receipt.index());
                        return person;
                    });
                    looks.review();
                    return person;
                });
    }

    synchronized Answer<Person> endSessions(Session session, PersonId id) {
        return changeOther(
                session,
                Act.Kind.END_SESSIONS,
                id,
                person ->
                        changing.change(
                                session,
                                Act.about(id, Act.Kind.END_SESSIONS, ""),
                                _ -> {
                                    sessions.endAllOf(id, Reason.SESSION_ENDED);
                                    return person;
                                }));
    }

    synchronized Answer<Person> remove(Session session, PersonId id) {
        return changeOther(
                session,
                Act.Kind.REMOVE_PERSON,
                id,
                before -> {
                    var person = before.with(Person.State.REMOVED).with(List.of());
                    return changing.change(
                            session,
                            Act.about(id, Act.Kind.REMOVE_PERSON, person.name()),
                            receipt -> {
                                tables.in(handle -> {
                                    PersonTable.remove(handle, id, receipt.time(), receipt.index());
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
        var refused =
                gate.refuses(session, kind.code(), Request.of(session.subject(), kind.right()));
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
        // Decided again with the change itself; here so that nobody learns what is wrong with what
        // they may not do.
        return session.person().equals(id)
                ? refused(session, kind, id, Reason.OWN_AFFAIR)
                : change.of(person.get());
    }

    private <T> Answer<T> refused(Session session, Act.Kind kind, PersonId id, Reason reason) {
        return new Answer.Refused<>(
                gate.recordRefusal(session, new Act(kind, Act.object(id), ""), reason));
    }

    /// A role as it is given now; empty if there is none of this name.
    private Optional<Held> held(Form form, NewPerson.RoleGift gift) {
        var roles = tables.in(RoleTable::all).toArray(Role[]::new);
        var now = now();
        return form.choice("role", gift.role(), roles, one -> one.id().code())
                .map(known -> {
                    var template = known.template();
                    endFault(template, gift.until(), now).ifPresent(form::add);
                    var on = template.watches() ? scope(form, gift.cameras()) : new Scope.All();
                    return Held.given(known, on, now, gift.until());
                });
    }

    private static Optional<Fault> endFault(
            Template template, Optional<Instant> until, Instant now) {
        var days = template.longest().map(longest -> Long.toString(longest.toDays())).orElse("");
        if (template.longest().isPresent() && until.isEmpty()) {
            return Optional.of(
                    endFault(
                            "role.until-needed",
                            "This role is given for a time, %s days at most. Say until when."
                                    .formatted(days),
                            days));
        }
        if (until.filter(end -> !end.isAfter(now)).isPresent()) {
            return Optional.of(
                    endFault(
                            "role.until-past",
                            "'until' has passed already. Choose a later time.",
                            days));
        }
        var latest = template.longest().map(now::plus);
        return latest.filter(last -> until.filter(end -> end.isAfter(last)).isPresent())
                .map(_ ->
                        endFault(
                                "role.until-far",
                                "This role is given for %s days at most. Choose an earlier end."
                                        .formatted(days),
                                days));
    }

    private static Fault endFault(String key, String words, String days) {
        return new Fault("until", key, words, Map.of("days", days));
    }

    /// Why somebody cannot have this role beside those that they have.
    private Optional<Fault> clash(Person person, Held given) {
        if (person.roles().stream().anyMatch(one -> one.role().equals(given.role()))) {
            return Optional.of(
                    new Fault(
                            "role",
                            "role.held",
                            "They have this role already. Change its cameras, or confirm it.",
                            Map.of()));
        }
        var other =
                person.roles().stream()
                        .filter(one -> !goTogether(one.role(), given.role()))
                        .findFirst();
        return other.map(one ->
                new Fault(
                        "role",
                        "role.clash",
                        "Nobody has '%s' and '%s': together they could do what nobody may alone. Give it to somebody else, or take the other first."
                                .formatted(given.role(), one.role()),
                        Map.of("held", one.role().code(), "wanted", given.role().code())));
    }

    private boolean goTogether(RoleId one, RoleId other) {
        var duties = EnumSet.noneOf(Right.Duty.class);
        Stream.of(one, other)
                .flatMap(id -> role(id).stream())
                .forEach(role -> duties.addAll(role.template().duties()));
        return Duties.goTogether(duties);
    }

    private Optional<Role> role(RoleId id) {
        return tables.in(RoleTable::all).stream().filter(role -> role.id().equals(id)).findFirst();
    }

    private Scope scope(Form form, NewPerson.CameraChoice choice) {
        if (choice.all()) {
            return new Scope.All();
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
        return new Scope.Cameras(cameras);
    }

    private Optional<CameraId> camera(String text) {
        try {
            return Optional.of(CameraId.parse(text)).filter(id -> register.camera(id).isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String told(Person person) {
        return person.roles().isEmpty()
                ? person.name() + ": no role"
                : person.roles().stream()
                        .map(People::told)
                        .collect(Collectors.joining("; ", person.name() + ": ", ""));
    }

    private static String told(Held held) {
        var cameras =
                switch (held.on()) {
                    case Scope.All() -> "all cameras";
                    case Scope.Cameras(var listed) -> "%d cameras".formatted(listed.size());
                    case Scope.Groups(var groups) -> "%d groups".formatted(groups.size());
                };
        return "%s, %s, to be confirmed by %s%s"
                .formatted(
                        held.role(),
                        cameras,
                        held.reviewBy().truncatedTo(ChronoUnit.SECONDS),
                        held.until()
                                .map(end -> ", until " + end.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(""));
    }
}
