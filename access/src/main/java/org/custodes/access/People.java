package org.custodes.access;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.register.Group;
import org.custodes.register.Register;
import org.custodes.register.Site;
import org.custodes.rights.GroupId;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;
import org.jdbi.v3.core.Handle;

/// Who is here, and which roles they have on which cameras. Changes come one after the other.
final class People {
    private static final int LONGEST_NAME = 120;

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Widenings widenings;
    private final Looks looks;
    private final Sessions sessions;
    private final Credentials credentials;
    private final Justifications justifications;
    private final Enrolments enrolments;
    private final Register register;
    private final InstantSource clock;
    private final GiftForm gifts;
    private final Changing changing;

    People(
            AccessTables tables,
            Gate gate,
            Policies policies,
            Widenings widenings,
            Looks looks,
            Sessions sessions,
            Credentials credentials,
            Justifications justifications,
            Enrolments enrolments,
            Register register,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.widenings = widenings;
        this.looks = looks;
        this.sessions = sessions;
        this.credentials = credentials;
        this.justifications = justifications;
        this.enrolments = enrolments;
        this.register = register;
        this.clock = clock;
        this.gifts = new GiftForm(register);
        this.changing = new Changing(gate);
    }

    Answer<List<Person>> all(Session session) {
        var refused = mayNot(session, "list people");
        return refused.isPresent()
                ? new Answer.Refused<>(refused.get())
                : new Answer.Done<>(
                        tables.in(handle -> {
                            var waiting = GiftTable.waiting(handle, now());
                            return PersonTable.all(handle).stream()
                                    .map(person -> waitingFor(person, waiting))
                                    .toList();
                        }));
    }

    private static Person waitingFor(Person person, Map<PersonId, List<Waiting>> waiting) {
        return person.waitingFor(waiting.getOrDefault(person.id(), List.of()));
    }

    private Optional<Reason> mayNot(Session session, String what) {
        return gate.refuses(session, what, Request.of(session.subject(), Right.MANAGE_PEOPLE));
    }

    private Optional<Reason> mayNotPropose(Session session, String what) {
        return gate.refuses(session, what, Request.of(session.subject(), Right.PROPOSE_RIGHTS));
    }

    synchronized Answer<Invitation> invite(Session session, NewPerson wanted) {
        // The right first: whoever may not invite learns nothing about names.
        var refused = mayNotPropose(session, "invite");
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var form = new Form();
        var name = form.text("name", wanted.name(), 1, LONGEST_NAME);
        var held = held(form, wanted.given());
        var reason = GiftForm.reason(form, wanted.given());
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
                        List.of(),
                        List.of(),
                        Person.State.INVITED,
                        Optional.empty());
        var invited =
                changing.change(
                        session,
                        Act.about(person.id(), Act.Kind.INVITE, told(person)),
                        receipt ->
                                tables.in(handle -> {
                                    PersonTable.add(
                                            handle, person, receipt.time(), receipt.index());
                                    return enrolments.replaceLink(
                                            handle, person, LinkTable.Kind.ENROLMENT);
                                }));
        // To come in is one thing, to be given something another: that needs a second officer.
        return invited instanceof Answer.Done<OneTimeLink>(var link)
                ? give(session, person, held.get(), Optional.empty(), reason)
                        .map(given -> new Invitation(given, link))
                : invited.map(link -> new Invitation(person, link));
    }

    /// Gives a role at once if that widens nothing, and else asks a second officer.
    ///
    /// @param replaces the id of the role in whose place, whose reason stays
    /// @param reason why they have it, if it is in no other's place
    private Answer<Person> give(
            Session session, Person before, Held held, Optional<UUID> replaces, String reason) {
        var kept = before.roles().stream().filter(one -> !replaces.equals(Optional.of(one.id())));
        var after = before.with(Stream.concat(kept, Stream.of(held)).toList());
        if (!policies.widens(after)) {
            return save(
                    session,
                    before,
                    after,
                    handle ->
                            justifications.keep(
                                    handle,
                                    new Justifications.Given(held.id(), before.id(), replaces),
                                    session.person(),
                                    reason));
        }
        var gift = new Draft.Gift(before.id(), held.role(), held.on(), held.until(), replaces);
        return widenings
                .ask(session, gift, told(after), reason)
                .map(_ ->
                        tables.in(handle ->
                                waitingFor(
                                        PersonTable.byId(handle, before.id())
                                                .orElseThrow()
                                                .person(),
                                        GiftTable.waiting(handle, now()))));
    }

    /// Why people have the roles that they have, by the ids of these; nothing of those that nobody answers for.
    Answer<Map<UUID, Grounds>> grounds(Session session) {
        var refused = mayNot(session, "list people");
        return refused.isPresent()
                ? new Answer.Refused<>(refused.get())
                : new Answer.Done<>(tables.in(justifications::all));
    }

    synchronized Answer<Invitation> inviteAgain(Session session, PersonId id) {
        return changeOther(
                session,
                Act.Kind.INVITE,
                id,
                person ->
                        person.state() == Person.State.INVITED
                                ? changing.change(
                                        session,
                                        Act.about(id, Act.Kind.INVITE, "a new link"),
                                        _ ->
                                                tables.in(handle ->
                                                        new Invitation(
                                                                person,
                                                                enrolments.replaceLink(
                                                                        handle,
                                                                        person,
                                                                        LinkTable.Kind.ENROLMENT))))
                                : changing.faulty(
                                        session,
                                        Act.about(id, Act.Kind.INVITE, ""),
                                        List.of(stillIn())));
    }

    private static Fault stillIn() {
        return new Fault(
                "person",
                "person.still-in",
                "They can still sign in. Have their sign-in reset first; a second security officer has to agree.",
                Map.of());
    }

    /// Asks a second officer whether what somebody signs in with is to end, so that they can be invited again: whoever
    /// could do that alone could become anybody.
    synchronized Answer<Person> reset(Session session, PersonId id) {
        return changeOther(
                session,
                Act.Kind.RESET_SIGN_IN,
                id,
                person ->
                        againstReset(person)
                                .<Answer<Person>>map(fault ->
                                        changing.faulty(
                                                session,
                                                Act.about(id, Act.Kind.RESET_SIGN_IN, ""),
                                                List.of(fault)))
                                .orElseGet(() ->
                                        widenings
                                                .ask(
                                                        session,
                                                        new Draft.Reset(id),
                                                        person.name()
                                                                + ": sign-in is reset, to enrol anew")
                                                .map(_ -> person)));
    }

    private Optional<Fault> againstReset(Person person) {
        if (person.state() == Person.State.INVITED) {
            return Optional.of(
                    new Fault(
                            "person",
                            "person.not-in",
                            "They have nothing to sign in with. Give them a new link.",
                            Map.of()));
        }
        return tables.in(handle -> ResetTable.waits(handle, person.id(), now()))
                ? Optional.of(
                        new Fault(
                                "person",
                                "person.reset-waits",
                                "Somebody has asked for this already, and it waits for a second security officer.",
                                Map.of()))
                : Optional.empty();
    }

    synchronized Answer<Person> giveRole(Session session, PersonId id, NewPerson.RoleGift gift) {
        return changeOther(
                session,
                Act.Kind.CHANGE_RIGHTS,
                id,
                before -> {
                    var form = new Form();
                    var held = held(form, gift);
                    var reason = GiftForm.reason(form, gift);
                    held.flatMap(given -> clash(before, given)).ifPresent(form::add);
                    return form.faulty() || held.isEmpty()
                            ? faulty(session, before, form)
                            : give(session, before, held.get(), Optional.empty(), reason);
                });
    }

    synchronized Answer<Person> changeCameras(
            Session session, PersonId id, UUID role, NewPerson.CameraChoice cameras) {
        return withHeld(
                session,
                id,
                role,
                (before, held, form) -> {
                    if (!held.of(id).holds(now())) {
                        form.add(
                                new Fault(
                                        "role",
                                        "role.over",
                                        "This role has ended or lapsed. Confirm it, or give it anew.",
                                        Map.of()));
                    }
                    var on =
                            role(held.role())
                                    .map(known -> gifts.on(form, known, cameras))
                                    .orElseGet(Scope.All::new);
                    // Another assignment, so that it stays known on which cameras it was before.
                    var changed =
                            new Held(
                                    UUID.randomUUID(),
                                    held.role(),
                                    on,
                                    now(),
                                    held.until(),
                                    held.reviewBy());
                    return form.faulty()
                            ? faulty(session, before, form)
                            : give(session, before, changed, Optional.of(role), "");
                });
    }

    synchronized Answer<Person> confirmRole(Session session, PersonId id, UUID role) {
        var refused = mayNotPropose(session, "confirm a role");
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        return changeHeld(
                session,
                id,
                role,
                held ->
                        role(held.role())
                                .map(known ->
                                        held.reviewedUntil(now().plus(known.template().review()))));
    }

    synchronized Answer<Person> endRole(Session session, PersonId id, UUID role) {
        return changeHeld(session, id, role, _ -> Optional.empty());
    }

    private interface HeldChange {
        Answer<Person> of(Person before, Held held, Form form);
    }

    private Answer<Person> withHeld(Session session, PersonId id, UUID role, HeldChange change) {
        return changeOther(
                session,
                Act.Kind.CHANGE_RIGHTS,
                id,
                before ->
                        before.roles().stream()
                                .filter(one -> one.id().equals(role))
                                .findFirst()
                                .map(held -> change.of(before, held, new Form()))
                                .orElseGet(() ->
                                        refused(
                                                session,
                                                Act.Kind.CHANGE_RIGHTS,
                                                id,
                                                Reason.ROLE_UNKNOWN)));
    }

    /// What widens nothing: somebody still needs what they have, or has it no more.
    ///
    /// @param become what becomes of it; empty if it ends
    private Answer<Person> changeHeld(
            Session session, PersonId id, UUID role, Function<Held, Optional<Held>> become) {
        return withHeld(
                session,
                id,
                role,
                (before, held, _) -> {
                    var changed = become.apply(held);
                    var roles =
                            before.roles().stream()
                                    .flatMap(one ->
                                            one.equals(held) ? changed.stream() : Stream.of(one))
                                    .toList();
                    return save(session, before, before.with(roles), _ -> {});
                });
    }

    private Answer<Person> faulty(Session session, Person before, Form form) {
        return changing.faulty(
                session, Act.about(before.id(), Act.Kind.CHANGE_RIGHTS, ""), form.faults());
    }

    private interface Beside {
        void keep(Handle handle);
    }

    private Answer<Person> save(Session session, Person before, Person after, Beside beside) {
        return changing.change(
                session,
                Act.about(after.id(), Act.Kind.CHANGE_RIGHTS, told(after)),
                receipt -> {
                    tables.in(handle -> {
                        AssignmentTable.change(
                                handle, before, after, receipt.time(), receipt.index());
                        beside.keep(handle);
                        return after;
                    });
                    looks.review();
                    return after;
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

    private Optional<Held> held(Form form, NewPerson.RoleGift gift) {
        return gifts.held(form, gift, tables.in(RoleTable::all), now());
    }

    /// Why somebody cannot have this role beside those that they have.
    private Optional<Fault> clash(Person person, Held given) {
        var beside = person.roles().stream().map(Held::role).toList();
        return Drafts.clash(tables.in(RoleTable::all), beside, given.role());
    }

    private Optional<Role> role(RoleId id) {
        return tables.in(RoleTable::all).stream().filter(role -> role.id().equals(id)).findFirst();
    }

    /// Of a group, or of a site.
    private Optional<String> groupName(UUID id) {
        return register.group(id).map(Group::name).or(() -> register.site(id).map(Site::name));
    }

    /// Does something while nobody's roles change.
    synchronized <T> T alone(Supplier<T> work) {
        return work.get();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String told(Person person) {
        return person.roles().isEmpty()
                ? person.name() + ": no role"
                : person.roles().stream()
                        .map(this::told)
                        .collect(Collectors.joining("; ", person.name() + ": ", ""));
    }

    private String told(Held held) {
        var cameras =
                switch (held.on()) {
                    case Scope.All() -> "all cameras";
                    case Scope.Cameras(var listed) -> "%d cameras".formatted(listed.size());
                    case Scope.Groups(var groups) -> told(groups);
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

    /// By name, without what parts one from the next: readers of the log take the text apart.
    private String told(Set<GroupId> groups) {
        return groups.stream()
                .map(group -> groupName(group.value()).orElse("one that is gone"))
                .map(name -> name.replaceAll("[,;+]", " "))
                .sorted()
                .collect(Collectors.joining(" + ", "groups ", ""));
    }
}
