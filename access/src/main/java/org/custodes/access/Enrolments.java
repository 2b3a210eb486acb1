package org.custodes.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.media.Bytes;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.rights.Assurance;
import org.custodes.rights.Scope;
import org.jdbi.v3.core.Handle;

/// How people come in for the first time: the first security officer by the link of the first start,
/// everybody else by an invitation, and a demo's people by links of their own.
final class Enrolments {
    static final Duration LINK_LIVES = Duration.ofHours(24);

    private static final String ISSUER = "Custodes";
    private static final int LONGEST_NAME = 120;

    /// Who gives rights is never alone: what one officer gives the other agrees to.
    private static final List<String> FIRST_OFFICERS =
            List.of("Security officer", "Second security officer");

    /// As long as everybody is told that an officer was let in anew.
    private static final Duration TOLD_FOR = Duration.ofDays(7);

    private static final String SECOND = "second-officer";

    private final AccessTables tables;
    private final AuditLog audit;
    private final Journal journal;
    private final Credentials credentials;
    private final Passwords passwords;
    private final SignIns signIns;
    private final Sessions sessions;
    private final Tokens tokens;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile Optional<Instant> recovered = Optional.empty();

    Enrolments(
            AccessTables tables,
            AuditLog audit,
            Credentials credentials,
            Passwords passwords,
            SignIns signIns,
            Sessions sessions,
            Tokens tokens,
            InstantSource clock,
            SecureRandom random) {
        this.tables = tables;
        this.audit = audit;
        this.journal = new Journal(audit);
        this.credentials = credentials;
        this.passwords = passwords;
        this.signIns = signIns;
        this.sessions = sessions;
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
    }

    boolean enrolled() {
        return tables.in(this::anyOfficer);
    }

    private boolean anyOfficer(Handle handle) {
        return PersonTable.anyEnrolled(handle, Template.SECURITY_OFFICER.id(), clock.instant());
    }

    List<OneTimeLink> firstOfficerLinks() {
        return enrolled()
                ? List.of()
                : FIRST_OFFICERS.stream()
                        .map(name ->
                                linkFor(
                                        name,
                                        Template.SECURITY_OFFICER,
                                        Person.State.INVITED,
                                        LinkTable.Kind.ENROLMENT))
                        .toList();
    }

    /// The names of those who are security officers, or were and are still here; by name.
    List<String> officers() {
        return tables.in(PersonTable::all).stream()
                .filter(person -> person.state() != Person.State.REMOVED)
                .filter(Enrolments::isOfficer)
                .map(Person::name)
                .toList();
    }

    private static boolean isOfficer(Person person) {
        return person.roles().stream()
                .anyMatch(held -> held.role().equals(Template.SECURITY_OFFICER.id()));
    }

    /// Lets a security officer in anew: what they signed in with opens nothing any more, and the link does.
    ///
    /// @return empty if no officer is called so
    Optional<OneTimeLink> recover(String name) {
        var officer =
                tables.in(handle -> PersonTable.byName(handle, name))
                        .map(PersonTable.Row::person)
                        .filter(Enrolments::isOfficer);
        return officer.map(this::recover);
    }

    private OneTimeLink recover(Person person) {
        var receipt =
                audit.append(
                        Event.of(
                                Actor.system(),
                                Action.OFFICER_RECOVERED,
                                Act.object(person.id()),
                                Outcome.DONE,
                                "a link was made on the machine itself"));
        var link =
                tables.in(handle -> {
                    PersonTable.reset(handle, person.id(), receipt.time(), receipt.index());
                    giveAgain(handle, person, given(Template.SECURITY_OFFICER, now()), receipt);
                    RecoveredTable.add(handle, person.id(), receipt.time(), receipt.index());
                    return replaceLink(handle, person, LinkTable.Kind.ENROLMENT);
                });
        sessions.endAllOf(person.id(), Reason.SESSION_ENDED);
        lookForRecovered();
        return link;
    }

    /// When an officer was last let in anew, as long as everybody is told; as it was half a minute ago at most.
    Optional<Instant> recovered() {
        return recovered;
    }

    void lookForRecovered() {
        var now = now();
        recovered =
                tables.in(RecoveredTable::last).filter(when -> now.isBefore(when.plus(TOLD_FOR)));
    }

    List<DemoLink> demoLinks() {
        return Stream.concat(
                        Stream.of(Template.values()).map(role -> demoLink(role.code(), role)),
                        Stream.of(demoLink(SECOND, Template.SECURITY_OFFICER)))
                .toList();
    }

    private DemoLink demoLink(String who, Template role) {
        var link =
                linkFor(
                        "Demo " + who.replace('-', ' '),
                        role,
                        Person.State.ACTIVE,
                        LinkTable.Kind.SIGN_IN);
        return new DemoLink(who, role, link);
    }

    /// A link for somebody whom the recorder itself lets in; the person is made if there is none.
    private OneTimeLink linkFor(
            String name, Template role, Person.State state, LinkTable.Kind kind) {
        var known =
                tables.in(handle -> PersonTable.byName(handle, name)).map(PersonTable.Row::person);
        var person = known.orElseGet(() -> newPerson(name, given(role, now()), state));
        var receipt =
                audit.append(
                        Event.of(
                                Actor.system(),
                                Action.INVITED,
                                Act.object(person.id()),
                                Outcome.DONE,
                                "one-time link for the role " + role.code()));
        return tables.in(handle -> {
            if (known.isEmpty()) {
                PersonTable.add(handle, person, receipt.time(), receipt.index());
            } else {
                giveAgain(handle, person, given(role, now()), receipt);
            }
            return replaceLink(handle, person, kind);
        });
    }

    /// What the recorder itself gives holds, whatever became of it meanwhile.
    private static void giveAgain(Handle handle, Person person, Held held, Receipt receipt) {
        var had = person.roles().stream().filter(one -> one.role().equals(held.role())).findFirst();
        if (had.isPresent()) {
            AssignmentTable.review(handle, had.get().id(), held.reviewBy(), receipt.index());
        } else {
            AssignmentTable.give(handle, person.id(), held, receipt.index());
        }
    }

    private static Person newPerson(String name, Held held, Person.State state) {
        return new Person(
                new PersonId(UUID.randomUUID()),
                name,
                List.of(held),
                List.of(),
                state,
                Optional.empty());
    }

    private static Held given(Template template, Instant now) {
        return Held.given(template.role(), new Scope.All(), now, Optional.empty());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// A new link; those the person had are useless from now on.
    OneTimeLink replaceLink(Handle handle, Person person, LinkTable.Kind kind) {
        var token = tokens.make();
        var expires = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(LINK_LIVES);
        LinkTable.replace(handle, Tokens.hash(token), kind, person.id(), expires);
        return new OneTimeLink(token, expires);
    }

    /// A link that is good, and whose it is.
    private record Door(LinkTable.Row link, Person person, boolean first) {}

    private Optional<Door> door(String token) {
        return tables.in(handle -> {
            var link =
                    LinkTable.good(
                            handle, Tokens.hash(token), LinkTable.Kind.ENROLMENT, clock.instant());
            return link.flatMap(found -> PersonTable.byId(handle, found.person()))
                    .map(PersonTable.Row::person)
                    .filter(person -> person.state() != Person.State.REMOVED)
                    .map(person -> new Door(link.orElseThrow(), person, isNamedByUs(person)));
        });
    }

    private static boolean isNamedByUs(Person person) {
        return person.state() == Person.State.INVITED && FIRST_OFFICERS.contains(person.name());
    }

    Answer<Enrolment> look(String token, Origin origin) {
        var found = door(token);
        if (found.isEmpty()) {
            return signIns.strangerRefused(origin, Reason.LINK_NOT_GOOD);
        }
        var person = found.get().person();
        var link = found.get().link();
        var sealed = link.totp().orElseGet(() -> freshTotp(link, person));
        return new Answer.Done<>(
                credentials.withTotp(
                        person.id(),
                        sealed,
                        secret ->
                                new Enrolment(
                                        person.name(),
                                        found.get().first(),
                                        roles(person),
                                        Base32.encode(secret),
                                        Totp.uri(ISSUER, person.name(), secret),
                                        link.expiresAt())));
    }

    private List<Role> roles(Person person) {
        var known = tables.in(RoleTable::all);
        return person.roles().stream()
                .flatMap(held -> known.stream().filter(role -> role.id().equals(held.role())))
                .toList();
    }

    private Bytes freshTotp(LinkTable.Row link, Person person) {
        var secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        var sealed = credentials.sealTotp(person.id(), secret);
        Arrays.fill(secret, (byte) 0);
        return tables.in(handle -> LinkTable.keepTotp(handle, link.token(), sealed));
    }

    Answer<SignedIn> accept(
            String token, Optional<String> newName, String password, String code, Origin origin) {
        var found = door(token);
        if (found.isEmpty()) {
            return signIns.strangerRefused(origin, Reason.LINK_NOT_GOOD);
        }
        var door = found.get();
        var form = new Form();
        var name = name(form, door, newName);
        PasswordRules.fault(password, name).ifPresent(form::add);
        var step = step(door, code);
        if (step.isEmpty()) {
            form.add(codeFault(code));
        }
        if (form.faulty()) {
            journal.refused(
                    Journal.of(door.person(), origin),
                    "enrol",
                    Act.object(door.person().id()),
                    Reason.BAD_INPUT);
            return new Answer.Faulty<>(form.faults());
        }
        var hash = passwords.hash(password);
        if (hash.isEmpty()) {
            return new Answer.Refused<>(
                    journal.refused(
                            Journal.of(door.person(), origin),
                            "enrol",
                            Act.object(door.person().id()),
                            Reason.BUSY));
        }
        return enrol(door, name, hash.get(), step.getAsLong(), origin);
    }

    private Answer<SignedIn> enrol(Door door, String name, String hash, long step, Origin origin) {
        var person = door.person().called(name).with(Person.State.ACTIVE);
        var actor = Journal.of(person, origin);
        var receipt = journal.done(actor, Action.ENROLLED, Act.object(person.id()), "");
        if (receipt.isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        var password = credentials.sealPassword(person.id(), hash);
        var totp = door.link().totp().orElseThrow();
        var entry = receipt.get().index();
        var used =
                tables.in(handle -> {
                    if (!LinkTable.use(handle, door.link().token(), clock.instant())) {
                        return false;
                    }
                    PersonTable.enrol(handle, person.id(), name, password, totp, step, entry);
                    PasskeyTable.endAll(handle, person.id(), now(), entry);
                    RecoveryTable.removeAll(handle, person.id());
                    SessionTable.removeAll(handle, person.id());
                    return true;
                });
        if (!used) {
            journal.failed(
                    actor, Action.ENROLLED, Act.object(person.id()), Reason.LINK_NOT_GOOD.key());
            return new Answer.Refused<>(Reason.LINK_NOT_GOOD);
        }
        // Whoever held the old password, authenticator or passkeys is out.
        sessions.endAllOf(person.id(), Reason.SESSION_ENDED);
        return signIns.open(person, Assurance.PASSWORD_AND_CODE, "by enrolling", origin);
    }

    private String name(Form form, Door door, Optional<String> wanted) {
        var own = door.person().name();
        var given = wanted.filter(text -> !text.isEmpty() && !text.equals(own));
        if (given.isEmpty()) {
            return own;
        }
        if (!door.first()) {
            form.add(
                    new Fault(
                            "name",
                            "name.given",
                            "Your name was given by the security officer who invited you. Leave it as it"
                                    + " is.",
                            Map.of()));
            return own;
        }
        var name = form.text("name", given.get(), 1, LONGEST_NAME);
        if (!name.isEmpty() && taken(name, door.person().id())) {
            form.add(taken());
        }
        return name;
    }

    private boolean taken(String name, PersonId self) {
        return tables.in(handle -> PersonTable.byName(handle, name))
                .filter(row -> !row.person().id().equals(self))
                .isPresent();
    }

    static Fault taken() {
        return new Fault(
                "name",
                "name.taken",
                "Somebody here is called so already. Add something that tells them apart.",
                Map.of());
    }

    private OptionalLong step(Door door, String code) {
        return door.link()
                .totp()
                .map(sealed ->
                        credentials.withTotp(
                                door.person().id(),
                                sealed,
                                secret -> Totp.step(secret, code, clock.instant(), 0)))
                .orElse(OptionalLong.empty());
    }

    private static Fault codeFault(String code) {
        return SignIns.codeFault(code)
                .orElseGet(() ->
                        new Fault(
                                "code",
                                "code.wrong",
                                "This is not the code of the secret shown. Check that the clock of"
                                        + " your authenticator is right, and type the next code.",
                                Map.of()));
    }
}
