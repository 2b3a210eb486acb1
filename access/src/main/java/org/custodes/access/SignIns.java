package org.custodes.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.custodes.audit.Action;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.rights.Assurance;
import org.jdbi.v3.core.Handle;

/// Signing in with name, password and code, and by a demo's link. A recovery code does for the code of an
/// authenticator.
///
/// An unknown name costs the same work as a wrong password and gets the same answer. Attempts are
/// throttled per account and per source; refusals while waiting make one entry per wait, so that a
/// flood of attempts is no flood of entries.
final class SignIns {
    /// Typing errors happen; several people may come from one address.
    private static final int FREE_PER_ACCOUNT = 2;

    private static final int FREE_PER_SOURCE = 10;

    /// Whatever reaches the hash of a password costs a tenth of a second of a processor.
    private static final int MOST_PER_ACCOUNT = 10;

    private static final int MOST_PER_SOURCE = 60;
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_PASSWORD = 1_024;

    private final AccessTables tables;
    private final Sessions sessions;
    private final Journal journal;
    private final Credentials credentials;
    private final Passwords passwords;
    private final InstantSource clock;
    private final Throttle accounts;

    /// Names that nobody has are slowed as accounts are, so that nobody learns which they are.
    private final Throttle unknown;

    private final Throttle sources;

    SignIns(
            AccessTables tables,
            Sessions sessions,
            Journal journal,
            Credentials credentials,
            Passwords passwords,
            InstantSource clock) {
        this.tables = tables;
        this.sessions = sessions;
        this.journal = journal;
        this.credentials = credentials;
        this.passwords = passwords;
        this.clock = clock;
        this.accounts = Throttle.ofPeople(FREE_PER_ACCOUNT, MOST_PER_ACCOUNT, clock);
        this.unknown = new Throttle(FREE_PER_ACCOUNT, MOST_PER_ACCOUNT, clock);
        this.sources = new Throttle(FREE_PER_SOURCE, MOST_PER_SOURCE, clock);
    }

    /// How many attempts reached the hash of a password since the start.
    long hashed() {
        return passwords.checked();
    }

    Answer<SignedIn> signIn(String name, String password, String code, Origin origin) {
        var account = PersonTable.key(name.length() > 2 * LONGEST_NAME ? "" : name);
        var wait = mustWait(account, origin);
        if (wait.isPresent()) {
            return wait.get();
        }
        var faults = faults(name, password, code);
        return faults.isEmpty() ? known(name, password, code, origin) : faulty(faults, origin);
    }

    private Answer<SignedIn> known(String name, String password, String code, Origin origin) {
        var row = tables.in(handle -> PersonTable.byName(handle, name));
        var person = row.map(PersonTable.Row::person);
        var fits = passwords.verify(password, row.flatMap(credentials::password));
        if (fits.isEmpty()) {
            return refused(person, origin, Reason.BUSY);
        }
        var recovery = RecoveryCode.typed(code);
        var second =
                row.flatMap(known ->
                        recovery.isPresent()
                                ? recovery(known, recovery.get())
                                : second(known, code));
        if (!fits.get() || second.isEmpty() || row.isEmpty()) {
            return refused(person, origin, Reason.BAD_CREDENTIALS);
        }
        if (!tables.in(second.get()::use)) {
            return refused(person, origin, Reason.BAD_CREDENTIALS);
        }
        accounts.forget(row.get().person().id().toString());
        sources.forgive(origin.neighbourhood());
        var how = recovery.isPresent() ? "by password and recovery code" : "by password and code";
        return open(row.get().person(), Assurance.PASSWORD_AND_CODE, how, origin);
    }

    /// What was typed beside the password, and is good as long as nobody was faster.
    private interface Second {
        boolean use(Handle handle);
    }

    private Optional<Second> second(PersonTable.Row row, String code) {
        var id = row.person().id();
        var step = step(row, code);
        return step.isEmpty()
                ? Optional.empty()
                : Optional.of(handle -> PersonTable.useStep(handle, id, step.getAsLong()));
    }

    private Optional<Second> recovery(PersonTable.Row row, RecoveryCode code) {
        var id = row.person().id();
        var hash = code.hash(id);
        return tables.in(handle -> RecoveryTable.isGood(handle, id, hash))
                ? Optional.of(handle -> RecoveryTable.use(handle, id, hash, clock.instant()))
                : Optional.empty();
    }

    private OptionalLong step(PersonTable.Row row, String code) {
        return row.totp()
                .map(sealed ->
                        credentials.withTotp(
                                row.person().id(),
                                sealed,
                                secret -> Totp.step(secret, code, clock.instant(), row.totpStep())))
                .orElse(OptionalLong.empty());
    }

    Answer<SignedIn> open(Person person, Assurance assurance, String how, Origin origin) {
        return open(person, Proof.own(assurance, person.id(), clock.instant()), how, origin);
    }

    /// The entry first, then the session.
    Answer<SignedIn> open(Person person, Proof proof, String how, Origin origin) {
        var entry =
                journal.done(
                        Journal.of(person, origin), Action.SIGN_IN, Act.object(person.id()), how);
        if (entry.isEmpty()) {
            return new Answer.Refused<>(Reason.AUDIT_UNAVAILABLE);
        }
        var opened = sessions.open(person, Session.Kind.BROWSER, origin, proof);
        if (hasOneWorkstation(person)) {
            endElsewhere(opened.session());
        }
        return new Answer.Done<>(opened);
    }

    private boolean hasOneWorkstation(Person person) {
        return tables.in(RoleTable::all).stream()
                .filter(role -> role.template().hasOneWorkstation())
                .anyMatch(role ->
                        person.roles().stream().anyMatch(held -> held.role().equals(role.id())));
    }

    /// The newest sign-in stays: whoever left a workstation behind can go on where they are.
    private void endElsewhere(Session here) {
        sessions.of(here.person()).stream()
                .filter(live -> live.session().kind() == Session.Kind.BROWSER)
                .filter(live -> !live.session().id().equals(here.id()))
                .forEach(live -> {
                    journal.done(
                            live.session().actor(),
                            Action.SIGN_OUT,
                            Act.object(here.person()),
                            "signed in at another workstation");
                    sessions.end(live, Reason.SIGNED_IN_ELSEWHERE);
                });
    }

    /// A demo's link: good once, and on the recorder itself.
    Answer<SignedIn> byLink(String token, Origin origin) {
        if (!origin.loopback()) {
            return strangerRefused(origin, Reason.NOT_LOOPBACK);
        }
        var now = clock.instant();
        var hash = Tokens.hash(token);
        var person =
                tables.in(handle ->
                        LinkTable.good(handle, hash, LinkTable.Kind.SIGN_IN, now)
                                .flatMap(link -> PersonTable.byId(handle, link.person()))
                                .map(PersonTable.Row::person)
                                .filter(found -> found.state() == Person.State.ACTIVE));
        if (person.isEmpty() || !tables.in(handle -> LinkTable.use(handle, hash, now))) {
            return strangerRefused(origin, Reason.LINK_NOT_GOOD);
        }
        return open(person.get(), Assurance.LINK, "by a one-time link", origin);
    }

    /// A refusal of somebody of whom nothing is known: one entry per wait of their source.
    <T> Answer<T> strangerRefused(Origin origin, Reason reason) {
        return switch (sources.attempt(origin.neighbourhood())) {
            case Throttle.Verdict.Go() -> refused(Optional.empty(), origin, reason);
            case Throttle.Verdict.Wait(var until, var first) ->
                    waiting(Optional.empty(), origin, until, first);
        };
    }

    private Optional<Answer<SignedIn>> mustWait(String account, Origin origin) {
        // The source first: while it waits, its attempts do not count against an account.
        var source = sources.attempt(origin.neighbourhood());
        if (source instanceof Throttle.Verdict.Wait(var until, var first)) {
            return Optional.of(waiting(Optional.empty(), origin, until, first));
        }
        var person = claimed(account);
        var verdict =
                person.map(known -> accounts.attempt(known.id().toString()))
                        .orElseGet(() -> unknown.attempt(account));
        return verdict instanceof Throttle.Verdict.Wait(var until, var first)
                ? Optional.of(waiting(person, origin, until, first))
                : Optional.empty();
    }

    private Optional<Person> claimed(String account) {
        return tables.in(handle -> PersonTable.byName(handle, account))
                .map(PersonTable.Row::person);
    }

    private <T> Answer<T> waiting(
            Optional<Person> person, Origin origin, Instant until, boolean first) {
        if (first) {
            refused(person, origin, Reason.THROTTLED);
        }
        return new Answer.Refused<>(Reason.THROTTLED, Optional.of(until));
    }

    private <T> Answer<T> refused(Optional<Person> person, Origin origin, Reason reason) {
        return new Answer.Refused<>(
                journal.refused(
                        Journal.stranger(person, origin),
                        Action.SIGN_IN_REFUSED,
                        "sign-in",
                        person.map(found -> Act.object(found.id())).orElse(""),
                        reason));
    }

    private Answer<SignedIn> faulty(List<Fault> faults, Origin origin) {
        refused(Optional.empty(), origin, Reason.BAD_INPUT);
        return new Answer.Faulty<>(faults);
    }

    private static List<Fault> faults(String name, String password, String code) {
        var form = new Form();
        form.text("name", name, 1, LONGEST_NAME);
        if (password.isEmpty() || password.length() > LONGEST_PASSWORD) {
            form.add(
                    new Fault(
                            "password",
                            password.isEmpty() ? "form.required" : "form.too-long",
                            password.isEmpty()
                                    ? "'password' is missing."
                                    : "'password' has %d characters, but may have at most %d."
                                            .formatted(password.length(), LONGEST_PASSWORD),
                            Map.of(
                                    "length", Integer.toString(password.length()),
                                    "most", Integer.toString(LONGEST_PASSWORD))));
        }
        if (RecoveryCode.typed(code).isEmpty()) {
            codeFault(code).ifPresent(form::add);
        }
        return form.faults();
    }

    /// What is wrong with a code before anybody computes one.
    static Optional<Fault> codeFault(String code) {
        return code.matches("[0-9]{6}")
                ? Optional.empty()
                : Optional.of(
                        new Fault(
                                "code",
                                "code.form",
                                "'code' must be the six digits that your authenticator shows now.",
                                Map.of()));
    }
}
