package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Entry;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Query;
import org.custodes.audit.Receipt;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.house.HeldClock;
import org.custodes.house.Tables;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.register.AddressRules;
import org.custodes.register.Changed;
import org.custodes.register.Checked;
import org.custodes.register.NewCamera;
import org.custodes.register.Register;
import org.custodes.register.SiteForm;
import org.custodes.simulator.SoftPasskey;
import org.custodes.simulator.SoftPasskey.Algorithm;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;

/// A recorder with two cameras over a real database, vault and log, and people who sign in.
final class AccessHouse implements AutoCloseable {
    static final String PASSWORD = "seven purple kettles sing";
    static final RelyingParty HOME = RelyingParty.of("localhost", 8443);
    static final String DEPUTY = "Dora Deputy";
    static final Origin DESK = origin("192.0.2.50");
    static final Origin HERE = origin("127.0.0.1");

    /// As little memory as Argon2 can do with: what it costs is not what these tests are about.
    private static final AccessSettings SETTINGS =
            new AccessSettings(new PasswordCost(64, 1, 1), 2, true);

    final HeldClock clock = new HeldClock();
    final SecureRandom random = new SecureRandom();
    final DatabaseSwitch line;
    final Database database;
    final Vault vault;
    final AuditLog audit;
    final Register register;
    final CameraId lobby;
    final CameraId dock;
    Access access;

    /// Says yes to every widening, as long as [#agreeing].
    private Optional<Somebody> deputy = Optional.empty();

    boolean agreeing = true;

    private final Map<PersonId, SoftPasskey> passkeys = new HashMap<>();

    AccessHouse(Path folder, Database real) {
        Tables.empty(real, "register", "access");
        line = new DatabaseSwitch(real);
        line.turnOn();
        database = line.database();
        vault =
                Vault.open(
                        List.of(folder.resolve("keys")),
                        RootKey.file(folder.resolve("root.key")),
                        random);
        audit = AuditLog.open(folder.resolve("audit"), vault, clock, random);
        register =
                Register.open(
                        database,
                        vault,
                        folder.resolve("register.sealed"),
                        new AddressRules(Set.of()),
                        clock);
        var site = new SiteForm("Depot", "Europe/Helsinki", "FI", "Example Oy");
        done(register.saveSite(fits(register.checkNewSite(site)), receipt()));
        lobby = camera("Lobby", "rtsp://192.0.2.10/1");
        dock = camera("Dock", "rtsp://192.0.2.11/1");
        access = open();
    }

    /// As after a restart of the recorder.
    void restart() {
        access.close();
        access = open();
    }

    private Access open() {
        var opened = Access.open(database, audit, vault, register, SETTINGS, clock, random);
        opened.onApprovals(this::agree);
        return opened;
    }

    /// A camera that is put up now.
    CameraId camera(String name, String address) {
        var wanted =
                new NewCamera(
                        name,
                        Optional.empty(),
                        address,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "burglary at night",
                        "indoor",
                        Optional.empty());
        return done(register.addCamera(fits(register.checkNew(wanted)), receipt())).id();
    }

    private Receipt receipt() {
        return audit.append(
                Event.of(Actor.system(), Action.CAMERA_ADDED, "", Outcome.DONE, "a test"));
    }

    /// The first security officer, who has just enrolled; and a second one has, who agrees to what the first does.
    Somebody officer() {
        var links = access.firstOfficerLinks();
        var officer = enrol(links.getFirst().token(), Optional.of("Olga Officer"));
        deputy = Optional.of(enrol(links.getLast().token(), Optional.of(DEPUTY)));
        passkey(deputy());
        return officer;
    }

    /// The first security officer, and no second one.
    Somebody lonelyOfficer() {
        var link = access.firstOfficerLinks().getFirst();
        return enrol(link.token(), Optional.of("Olga Officer"));
    }

    /// The second officer, in the session of their first sign-in.
    Somebody deputy() {
        return deputy.orElseThrow();
    }

    private void agree() {
        if (agreeing && deputy.isPresent()) {
            var session =
                    access.session(deputy().signedIn().token())
                            .orElseGet(() -> signedInAgain(deputy(), DEPUTY));
            if (access.approvals(session)
                    instanceof Answer.Done<List<ApprovalRequest>>(var waiting)) {
                waiting.stream()
                        .filter(one -> one.kind() == ApprovalRequest.Kind.RIGHTS)
                        .filter(ApprovalRequest::mayAnswer)
                        .findFirst()
                        .ifPresent(one -> yes(session, one.id()));
            }
        }
    }

    /// Somebody says yes, by a passkey of theirs that they get for it if they have none.
    Answer<ApprovalRequest> yes(Session session, UUID request) {
        var passkey =
                passkeys.computeIfAbsent(
                        session.person(), _ -> passkey(session, Algorithm.ES256, "a key"));
        return access.askApprovalProof(session, request, DESK)
                .map(asked -> passkey.signed(asked.passkey().challenge()))
                .map(signed -> new Confirmation.Passkey(assertion(signed)))
                .then(confirmation -> access.approve(session, request, confirmation, DESK));
    }

    /// They get a passkey now, as long as their sign-in is fresh.
    void passkey(Somebody person) {
        passkeys.put(person.id(), passkey(person.session(), Algorithm.ES256, "a key"));
    }

    /// A passkey that is added now; whoever adds it has proved lately who they are.
    SoftPasskey passkey(Session session, Algorithm algorithm, String name) {
        var ask = done(access.askNewPasskey(session));
        var passkey = new SoftPasskey(algorithm, HOME.id(), HOME.origin(), ask.user());
        done(access.addPasskey(session, made(passkey, ask, name)));
        return passkey;
    }

    static NewPasskey made(SoftPasskey passkey, PasskeyAsk ask, String name) {
        var made = passkey.made(ask.challenge());
        return new NewPasskey(HOME, name, made.clientData(), made.attestation());
    }

    static Assertion assertion(SoftPasskey.Signed signed) {
        return new Assertion(
                HOME,
                signed.credential(),
                signed.clientData(),
                signed.authenticatorData(),
                signed.signature(),
                Optional.of(signed.user()));
    }

    /// Somebody who was invited by an officer and has just enrolled.
    Somebody invited(Session officer, String name, Template role, NewPerson.CameraChoice cameras) {
        var wanted = new NewPerson(name, role.code(), cameras, "a test");
        var invitation = done(access.invite(officer, wanted));
        return enrol(invitation.link().token(), Optional.empty());
    }

    /// A link for somebody who has lost what they sign in with: one officer asks for it and another agrees.
    OneTimeLink linkAfterReset(Session officer, PersonId person) {
        done(access.resetSignIn(officer, person));
        return done(access.inviteAgain(officer, person)).link();
    }

    Somebody enrol(String token, Optional<String> name) {
        var shown = done(access.lookAtEnrolment(token, DESK));
        var secret = Base32.decode(shown.totpSecret());
        var signedIn =
                done(access.acceptEnrolment(token, name, PASSWORD, code(Bytes.of(secret)), DESK));
        return new Somebody(signedIn, Bytes.of(secret));
    }

    /// The session of somebody who signs in once more.
    Session signedInAgain(Somebody person, String name) {
        return done(access.signIn(name, PASSWORD, code(person.secret()), DESK)).session();
    }

    /// @param secret of their authenticator
    record Somebody(SignedIn signedIn, Bytes secret) {

        Session session() {
            return signedIn.session();
        }

        PersonId id() {
            return session().person();
        }
    }

    /// What an authenticator shows now.
    String code(Bytes secret) {
        return Totp.code(secret.array(), clock.instant().getEpochSecond() / 30, 6);
    }

    NewPerson.CameraChoice only(CameraId camera) {
        return new NewPerson.CameraChoice(false, List.of(camera.toString()));
    }

    /// The newest entries, as `code outcome`, newest first.
    List<String> trail(int most) {
        return entries(most).stream().map(entry -> entry.action() + " " + entry.outcome()).toList();
    }

    List<Entry> entries(int most) {
        return audit.read(Query.newest(most)).entries();
    }

    static Origin origin(String address) {
        return new Origin(InetAddress.ofLiteral(address), "a test");
    }

    static <T> T done(Answer<T> answer) {
        if (answer instanceof Answer.Done<T>(var value)) {
            return value;
        }
        throw new AssertionError("Not done: " + answer);
    }

    static <T> Reason refused(Answer<T> answer) {
        if (answer instanceof Answer.Refused<T>(var reason, _)) {
            return reason;
        }
        throw new AssertionError("Not refused: " + answer);
    }

    static <T> List<String> faults(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Faulty.class);
        return answer instanceof Answer.Faulty<T>(var faults)
                ? faults.stream().map(fault -> fault.field() + " " + fault.key()).toList()
                : List.of();
    }

    private static <T> T fits(Checked<T> checked) {
        if (checked instanceof Checked.Fits<T>(var value)) {
            return value;
        }
        throw new AssertionError("Does not fit: " + checked);
    }

    private static <T> T done(Changed<T> changed) {
        if (changed instanceof Changed.Done<T>(var value)) {
            return value;
        }
        throw new AssertionError("Not done: " + changed);
    }

    @Override
    public void close() {
        access.close();
        register.close();
        audit.close();
        vault.close();
        database.close();
        line.close();
    }
}
