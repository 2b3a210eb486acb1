package org.custodes.access;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Query;
import org.custodes.database.Database;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.register.Fault;
import org.custodes.register.GroupForm;
import org.custodes.register.Register;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.vault.Vault;

/// Who may do what here. Any thread.
///
/// Every sign-in, refusal, look and change is an entry in the log before its effect; without log or
/// database everything here refuses, and looks that run are ended within a few seconds.
public final class Access implements AutoCloseable {
    private final AccessSettings settings;
    private final Sessions sessions;
    private final SignIns signIns;
    private final Enrolments enrolments;
    private final Policies policies;
    private final Gate gate;
    private final OwnSessions ownSessions;
    private final PairingDesk pairings;
    private final Replay replay;
    private final ApprovalRequests requests;
    private final Widenings widenings;
    private final Approvals approvals;
    private final Emergencies emergencies;
    private final Looks looks;
    private final People people;
    private final RolesDesk roles;
    private final GroupsDesk groups;
    private final Sights sights;
    private final PasskeySignIns passkeySignIns;
    private final Proofs proofs;
    private final Passkeys passkeys;
    private final RecoveryCodes recoveryCodes;
    private final Watch watch;

    private Access(
            Database database,
            AuditLog audit,
            Vault vault,
            Register register,
            AccessSettings settings,
            InstantSource clock,
            SecureRandom random) {
        var tokens = new Tokens(random);
        var credentials = new Credentials(vault);
        var passwords = new Passwords(settings.passwords(), settings.hashesAtOnce(), random);
        this.settings = settings;
        var tables = new AccessTables(database);
        var journal = new Journal(audit);
        this.sessions = new Sessions(tables, clock, tokens);
        this.signIns = new SignIns(tables, sessions, journal, credentials, passwords, clock);
        this.enrolments =
                new Enrolments(
                        tables,
                        audit,
                        credentials,
                        passwords,
                        signIns,
                        sessions,
                        tokens,
                        clock,
                        random);
        this.policies = new Policies(tables, register, clock);
        var decisions = new Decisions(tables, audit, random);
        this.gate = new Gate(sessions, policies, register, decisions, journal);
        this.ownSessions = new OwnSessions(gate, sessions, journal);
        this.replay = new Replay(tables, gate, decisions, audit);
        var ceremonies = new Ceremonies();
        this.proofs =
                new Proofs(
                        tables,
                        gate,
                        sessions,
                        credentials,
                        ceremonies,
                        settings.demo(),
                        clock,
                        random);
        this.pairings =
                new PairingDesk(
                        tables, gate, proofs, sessions, journal, signIns, tokens, clock, random);
        var justifications = new Justifications(credentials);
        var drafts = new Drafts(register);
        this.requests =
                new ApprovalRequests(
                        tables,
                        gate,
                        policies,
                        journal,
                        credentials,
                        new Gains(drafts, register),
                        clock);
        this.widenings =
                new Widenings(
                        tables,
                        gate,
                        policies,
                        sessions,
                        journal,
                        justifications,
                        drafts,
                        requests,
                        clock);
        this.approvals = new Approvals(tables, gate, proofs, requests, widenings, clock);
        this.emergencies =
                new Emergencies(tables, gate, policies, journal, credentials, proofs, clock);
        this.looks =
                new Looks(gate, policies, approvals, emergencies, sessions, journal, vault, clock);
        this.people =
                new People(
                        tables,
                        gate,
                        policies,
                        widenings,
                        looks,
                        sessions,
                        credentials,
                        justifications,
                        enrolments,
                        register,
                        clock);
        this.roles = new RolesDesk(tables, gate, policies, widenings, people, looks);
        this.groups =
                new GroupsDesk(tables, gate, policies, widenings, people, looks, register, clock);
        this.sights = new Sights(tables, gate, policies, register);
        this.passkeySignIns =
                new PasskeySignIns(tables, signIns, journal, ceremonies, clock, random);
        this.passkeys = new Passkeys(tables, gate, proofs, sessions, ceremonies, clock, random);
        this.recoveryCodes = new RecoveryCodes(tables, gate, proofs, clock, random);
        this.watch =
                new Watch(
                        database,
                        sessions,
                        looks,
                        widenings,
                        enrolments,
                        policies,
                        decisions,
                        emergencies);
        requests.listen(looks::review);
        emergencies.listen(looks::review);
    }

    /// Opens the people of this database. If it does not answer, everything is refused until it does.
    public static Access open(
            Database database,
            AuditLog audit,
            Vault vault,
            Register register,
            AccessSettings settings,
            InstantSource clock,
            SecureRandom random) {
        var access = new Access(database, audit, vault, register, settings, clock, random);
        access.watch.start();
        return access;
    }

    /// Whether there is a security officer who can sign in, or will by a link of their own; yes while the database does
    /// not answer, so that nobody is offered to become the first.
    public boolean enrolled() {
        try {
            return enrolments.enrolled();
        } catch (DatabaseAwayException e) {
            return true;
        }
    }

    /// The links by which the first two security officers enrol, for two people; none if there is an officer already.
    /// New links replace the last ones. 24 h.
    ///
    /// @throws DatabaseAwayException if the database does not answer
    public List<OneTimeLink> firstOfficerLinks() {
        return enrolments.firstOfficerLinks();
    }

    /// The names of the security officers who are here.
    ///
    /// @throws DatabaseAwayException if the database does not answer
    public List<String> officers() {
        return enrolments.officers();
    }

    /// Lets a security officer in anew, for whoever has the root key: what they signed in with opens nothing any more,
    /// and the link does, once, for 24 h. Everybody is told for a week.
    ///
    /// @return empty if no security officer is called so
    /// @throws DatabaseAwayException if the database does not answer
    public Optional<OneTimeLink> recoverOfficer(String name) {
        return enrolments.recover(name);
    }

    /// When a security officer was last let in anew on the machine itself, if that was within a week; as it was half a
    /// minute ago at most. Anybody may know.
    public Optional<Instant> officerRecoveredAt() {
        return enrolments.recovered();
    }

    /// Whether there is one security officer and nobody who could agree to what they give; as it was half a minute ago
    /// at most.
    public boolean lonelyOfficer() {
        return widenings.lonely();
    }

    /// How many widenings will be made although nobody says yes to them, because there is no second officer. Anybody
    /// may know.
    public long madeAlone() {
        try {
            return widenings.alone();
        } catch (DatabaseAwayException e) {
            return 0;
        }
    }

    /// The emergencies that run, and those that nobody has reviewed in time; as it was half a minute ago at most.
    public StandingEmergencies standingEmergencies() {
        return emergencies.standing();
    }

    /// One-time sign-in links, one per person of the demo, good on loopback only; new ones replace the last ones.
    ///
    /// @throws IllegalStateException if the settings are not a demo's
    /// @throws DatabaseAwayException if the database does not answer
    public List<DemoLink> demoLinks() {
        if (!settings.demo()) {
            throw new IllegalStateException(
                    "Sign-in links for everybody are a demo's. Start `custodes demo`, or invite people.");
        }
        return enrolments.demoLinks();
    }

    /// How many sign-ins reached the hash of a password since the start: what guessing costs.
    public long hashedSignIns() {
        return signIns.hashed();
    }

    /// What a passkey is to sign so that whoever has it is signed in.
    public PasskeyAsk askPasskey(Origin origin) {
        return passkeySignIns.ask(origin);
    }

    /// Signs in by what a passkey has signed.
    public Answer<SignedIn> signInByPasskey(Assertion assertion, Origin origin) {
        return answer(() -> passkeySignIns.signIn(assertion, origin));
    }

    /// Signs in with the code that the person's authenticator shows now, or with a recovery code.
    public Answer<SignedIn> signIn(String name, String password, String code, Origin origin) {
        return answer(() -> signIns.signIn(name, password, code, origin));
    }

    /// Signs in by a demo's link.
    public Answer<SignedIn> signInByLink(String token, Origin origin) {
        return settings.demo()
                ? answer(() -> signIns.byLink(token, origin))
                : answer(() -> signIns.strangerRefused(origin, Reason.LINK_NOT_GOOD));
    }

    /// What the holder of an enrolment or invitation link is shown.
    public Answer<Enrolment> lookAtEnrolment(String token, Origin origin) {
        return answer(() -> enrolments.look(token, origin));
    }

    /// Enrols and signs in. Only the first two security officers may choose a name.
    public Answer<SignedIn> acceptEnrolment(
            String token, Optional<String> name, String password, String code, Origin origin) {
        return answer(() -> enrolments.accept(token, name, password, code, origin));
    }

    /// The session that this token proves, which counts as a sign of life of its person.
    ///
    /// @throws DatabaseAwayException if the database has not answered since the start, so that nobody
    ///     knows who was signed in before
    public Optional<Session> session(String token) {
        return sessions.seen(token);
    }

    /// The session that this token proves; no sign of life (polling, a socket's heartbeat).
    ///
    /// @throws DatabaseAwayException as [#session] does
    public Optional<Session> sessionQuietly(String token) {
        return sessions.byToken(token);
    }

    /// Why the session that this token proved has ended, if there is more to say to whoever has it than that.
    public Optional<Reason> whyEnded(String token) {
        return sessions.whyEnded(token);
    }

    /// Whether this session still stands.
    public boolean stands(Session session) {
        return sessions.live(session).isPresent();
    }

    /// Calls `listener` once when this session ends, at once if it has; it must not block.
    public void onEnd(Session session, Runnable listener) {
        sessions.live(session).ifPresentOrElse(live -> live.onEnd(listener), listener);
    }

    /// Ends the session and every look of it. It ends even if the log cannot be written: to stay
    /// signed in against one's will would be worse.
    public void signOut(Session session) {
        ownSessions.signOut(session);
    }

    /// The sessions of this person, oldest first: where they are signed in.
    public Answer<List<OwnSession>> ownSessions(Session session) {
        return ownSessions.all(session);
    }

    /// Ends another session of the same person, and every look of it; or all of them but this one.
    ///
    /// @param which empty for all others
    /// @return how many ended
    public Answer<Integer> endOwnSessions(Session session, Optional<UUID> which) {
        return ownSessions.end(session, which);
    }

    /// By what the person of this session can prove once more who they are.
    public Answer<ProofAsk> askProof(Session session, Origin origin) {
        return answer(() -> proofs.askAgain(session, origin));
    }

    /// Proves once more who they are, which opens for two minutes what needs that. The session goes on under a
    /// new token.
    public Answer<SignedIn> proveAgain(Session session, Confirmation confirmation, Origin origin) {
        return answer(() -> proofs.proveAgain(session, confirmation, origin));
    }

    /// The passkeys of this person, oldest first.
    public Answer<List<Passkey>> ownPasskeys(Session session) {
        return answer(() -> passkeys.of(session));
    }

    /// What an authenticator needs to make a passkey for this person; needs a fresh proof.
    public Answer<PasskeyAsk> askNewPasskey(Session session) {
        return answer(() -> passkeys.ask(session));
    }

    /// Adds what an authenticator has made; needs a fresh proof.
    public Answer<Passkey> addPasskey(Session session, NewPasskey wanted) {
        return answer(() -> passkeys.add(session, wanted));
    }

    public Answer<Passkey> renamePasskey(Session session, UUID passkey, String name) {
        return answer(() -> passkeys.rename(session, passkey, name));
    }

    /// Ends a passkey of this person, and the other sessions that it opened; needs a fresh proof.
    public Answer<Passkey> removePasskey(Session session, UUID passkey) {
        return answer(() -> passkeys.remove(session, passkey));
    }

    public Answer<RecoveryCodesLeft> recoveryCodesLeft(Session session) {
        return answer(() -> recoveryCodes.left(session));
    }

    /// Makes ten recovery codes, which are shown this once, in the place of older ones; needs a fresh proof.
    public Answer<List<String>> makeRecoveryCodes(Session session) {
        return answer(() -> recoveryCodes.make(session));
    }

    /// A command line asks to be paired with somebody. 10 min.
    public Answer<Pairing> pair(String device, Origin origin) {
        return answer(() -> pairings.ask(device, origin));
    }

    /// What waits under this code, however it is typed.
    public Answer<PairingRequest> lookAtPairing(Session session, String code) {
        return pairings.look(session, code);
    }

    /// Lets the command line act as this person, which needs a fresh proof; in a browser only.
    public Answer<PairingRequest> approvePairing(Session session, String code) {
        return pairings.approve(session, code);
    }

    /// The command line's session; `Done` and empty while nobody has approved.
    public Answer<Optional<SignedIn>> claimPairing(String code, String secret, Origin origin) {
        return answer(() -> pairings.claim(code, secret, origin));
    }

    /// The rights that this person has by one of their roles, each under its conditions: what is worth to be
    /// offered to them.
    public Set<Right> rights(Session session) {
        return gate.rights(session);
    }

    /// For what only reads and shows no picture: nothing if it may be done, else why not. The
    /// refusal is on record, the permission is not.
    public Optional<Reason> refuses(Session session, Right right) {
        return gate.refusesAnywhere(session, right);
    }

    /// As [#refuses(Session, Right)], for a right that is used on one camera.
    public Optional<Reason> refuses(Session session, Right right, CameraId camera) {
        return gate.refuses(session, right.code(), Request.of(session.subject(), right).on(camera));
    }

    /// Which cameras this person may know of; not on record.
    public Predicate<CameraId> known(Session session) {
        return gate.known(session);
    }

    /// The roles that this person has now, in the order in which they got them.
    public List<Role> roles(Session session) {
        return policies.roles(session.person());
    }

    /// Decides, and has it on record before it answers.
    public Decision decide(Session session, Act act) {
        return gate.decide(session, act);
    }

    /// Makes decisions of the log again, from what was kept of them; that this was done is an entry.
    ///
    /// @param query which entries to look at
    /// @throws org.custodes.audit.AuditUnavailableException if the log cannot be read
    public Answer<Replayed> replay(Session session, Query query) {
        return answer(() -> replay.of(session, query));
    }

    /// Puts on record that somebody who may do this was told that what they sent is wrong.
    ///
    /// @return [Reason#BAD_INPUT], or why not even that could be told
    public Reason recordFaults(Session session, Act act, List<Fault> faults) {
        return gate.recordFaults(session, act, faults);
    }

    /// As above, for what was sent to somebody with this right and could not be read at all.
    public Reason recordFaults(Session session, Right right, List<Fault> faults) {
        return gate.recordFaults(session, right, faults);
    }

    /// Puts on record that something granted could not be done.
    public void recordFailure(Session session, Act act, String why) {
        gate.recordFailure(session, act, why);
    }

    /// Decides about a look, has it on record, and only then makes the Grant.
    ///
    /// @param interval what is looked back at; needed for [LookKind#PLAYBACK], ignored for live
    public LookDecision openLook(
            Session session,
            CameraId camera,
            MediaClass mediaClass,
            LookKind kind,
            Optional<TimeRange> interval,
            Why why) {
        return looks.open(session, camera, mediaClass, kind, interval, why);
    }

    /// As [#openLook], back at what somebody else said yes to, from its first moment to its last; uses the yes up.
    public LookDecision openApprovedLook(
            Session session, CameraId camera, MediaClass mediaClass, UUID approval) {
        return looks.openApproved(session, camera, mediaClass, approval);
    }

    /// Why a camera that footage is kept of is not to be removed; empty if somebody else said yes to it, which is used
    /// up by this.
    ///
    /// @param approval the id of what was asked; empty if nothing was
    public Optional<Reason> refusesRemoval(
            Session session, CameraId camera, Optional<UUID> approval) {
        try {
            return approvals.refusesRemoval(session, camera, approval);
        } catch (DatabaseAwayException e) {
            return Optional.of(Reason.DATABASE_UNAVAILABLE);
        }
    }

    /// Asks for another's yes to a look back at what one's own role is not enough for, or to the removal of a camera
    /// that footage is kept of.
    public Answer<ApprovalRequest> askApproval(Session session, NewApproval wanted) {
        return answer(() -> approvals.ask(session, wanted));
    }

    /// What waits for this person's answer, what they asked for and what they answered in the last week, newest first.
    public Answer<List<ApprovalRequest>> approvals(Session session) {
        return answer(() -> requests.of(session));
    }

    /// By what this person can say yes to what somebody else asked for; what they sign is for that alone.
    public Answer<ProofAsk> askApprovalProof(Session session, UUID request, Origin origin) {
        return answer(() -> approvals.askProof(session, request, origin));
    }

    /// Says yes to what somebody else asked for; a widening of rights is made by it.
    public Answer<ApprovalRequest> approve(
            Session session, UUID request, Confirmation confirmation, Origin origin) {
        return answer(() -> approvals.approve(session, request, confirmation, origin));
    }

    /// Says no to what somebody else asked for.
    public Answer<ApprovalRequest> deny(Session session, UUID request) {
        return answer(() -> approvals.deny(session, request));
    }

    /// Takes back what one asked for.
    public Answer<ApprovalRequest> withdrawApproval(Session session, UUID request) {
        return answer(() -> approvals.withdraw(session, request));
    }

    /// Calls `listener` whenever something was asked, answered, withdrawn or used; it must not block.
    public void onApprovals(Runnable listener) {
        requests.listen(listener);
    }

    /// What whoever asks can take in an emergency, and what they have taken.
    public Answer<OwnEmergency> ownEmergency(Session session) {
        return answer(() -> emergencies.own(session));
    }

    /// What a passkey is to sign, so that somebody takes for this reason what was given to them for emergencies.
    public Answer<ProofAsk> askEmergencyProof(Session session, String reason, Origin origin) {
        return answer(() -> emergencies.askProof(session, reason, origin));
    }

    /// Takes for an hour what was given for emergencies, by a passkey that signed for it; whoever oversees is told.
    ///
    /// @param reason the same that the proof was asked for
    public Answer<Emergency> takeEmergency(
            Session session, String reason, Confirmation confirmation, Origin origin) {
        return answer(() -> emergencies.take(session, reason, confirmation, origin));
    }

    /// Ends before its time what this person took.
    public Answer<Emergency> endEmergency(Session session) {
        return answer(() -> emergencies.end(session));
    }

    /// What was taken in emergencies: what nobody has reviewed first, then the newest.
    public Answer<List<Emergency>> emergencies(Session session) {
        return answer(() -> emergencies.all(session));
    }

    /// Says, of what somebody else took and what is over, what is to be said.
    public Answer<Emergency> reviewEmergency(Session session, UUID emergency, String note) {
        return answer(() -> emergencies.review(session, emergency, note));
    }

    /// Calls `listener` whenever something was taken in an emergency, has ended or was reviewed; it must not block.
    public void onEmergencies(Runnable listener) {
        emergencies.listen(listener);
    }

    /// Everybody, by name; those who were removed too.
    public Answer<List<Person>> people(Session session) {
        return answer(() -> people.all(session));
    }

    /// Invites somebody, by a link that is good for 24 h.
    public Answer<Invitation> invite(Session session, NewPerson wanted) {
        return answer(() -> people.invite(session, wanted));
    }

    /// Why people have the roles that they have, by the ids of these ([Held]); nothing of those that the recorder itself
    /// gave.
    public Answer<Map<UUID, Grounds>> grounds(Session session) {
        return answer(() -> people.grounds(session));
    }

    /// A new link for somebody who is invited and lost theirs; whoever can sign in gets none, see [#resetSignIn].
    public Answer<Invitation> inviteAgain(Session session, PersonId person) {
        return answer(() -> people.inviteAgain(session, person));
    }

    /// Asks that what somebody signs in with ends, because they lost it: they are invited again when a second officer
    /// has said yes.
    public Answer<Person> resetSignIn(Session session, PersonId person) {
        return answer(() -> people.reset(session, person));
    }

    /// The roles that there are: those from the beginning, and those of one's own by name.
    public Answer<List<Role>> allRoles(Session session) {
        return answer(() -> roles.all(session));
    }

    public Answer<Role> addRole(Session session, NewRole wanted) {
        return answer(() -> roles.add(session, wanted));
    }

    /// Changes what a role of one's own is called and allows, for everybody who has it; its template stays.
    public Answer<Role> changeRole(Session session, String role, NewRole wanted) {
        return answer(() -> roles.change(session, role, wanted));
    }

    /// Takes a role of one's own out of use; not while somebody has it.
    public Answer<Role> retireRole(Session session, String role) {
        return answer(() -> roles.retire(session, role));
    }

    /// The groups of cameras that this person may know of, by name.
    public Answer<List<KnownGroup>> groups(Session session) {
        return answer(() -> groups.all(session));
    }

    /// Makes a group with nothing in it.
    public Answer<KnownGroup> addGroup(Session session, GroupForm wanted) {
        return answer(() -> groups.add(session, wanted));
    }

    /// Changes what a group is called, where it lies and what lies in it. If somebody sees more by that, it waits for a
    /// second officer; if somebody sees less, their looks at what they lose end.
    public Answer<KnownGroup> changeGroup(Session session, UUID group, GroupForm wanted) {
        return answer(() -> groups.change(session, group, wanted));
    }

    /// Takes a group away; not while another lies in it or a role is given on it. Its cameras stay.
    public Answer<KnownGroup> removeGroup(Session session, UUID group) {
        return answer(() -> groups.remove(session, group));
    }

    /// Of all cameras that are here, what somebody can see at a moment, by what is granted now.
    public Answer<List<Sight>> sightsOf(Session session, PersonId person, Instant at) {
        return answer(() -> sights.of(session, person, at));
    }

    /// Everybody who can see anything of a camera at a moment, by what is granted now.
    public Answer<List<Sight>> sightsAt(Session session, CameraId camera, Instant at) {
        return answer(() -> sights.at(session, camera, at));
    }

    /// Gives somebody a role beside those that they have; one that does not go together with them is a fault.
    public Answer<Person> giveRole(Session session, PersonId person, NewPerson.RoleGift gift) {
        return answer(() -> people.giveRole(session, person, gift));
    }

    /// Ends looks at cameras that are no longer among them.
    ///
    /// @param role the id of what they have, see [Held]
    public Answer<Person> changeCameras(
            Session session, PersonId person, UUID role, NewPerson.CameraChoice cameras) {
        return answer(() -> people.changeCameras(session, person, role, cameras));
    }

    /// Says that somebody still needs a role.
    public Answer<Person> confirmRole(Session session, PersonId person, UUID role) {
        return answer(() -> people.confirmRole(session, person, role));
    }

    /// Takes a role back; ends the looks that were theirs by it alone.
    public Answer<Person> endRole(Session session, PersonId person, UUID role) {
        return answer(() -> people.endRole(session, person, role));
    }

    /// Signs somebody else out wherever they are; ends their looks.
    public Answer<Person> endSessions(Session session, PersonId person) {
        return answer(() -> people.endSessions(session, person));
    }

    /// Ends the person's sessions and looks; their history stays.
    public Answer<Person> removePerson(Session session, PersonId person) {
        return answer(() -> people.remove(session, person));
    }

    /// Ends every look; the sessions stand, and are found again by the next start.
    @Override
    public void close() {
        watch.close();
        sessions.endLooks(Reason.SESSION_ENDED);
    }

    /// What the watch does every second.
    void watchOnce() {
        watch.once();
    }

    private static <T> Answer<T> answer(Supplier<Answer<T>> work) {
        try {
            return work.get();
        } catch (DatabaseAwayException e) {
            return new Answer.Refused<>(Reason.DATABASE_UNAVAILABLE);
        }
    }
}
