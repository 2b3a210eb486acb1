package org.custodes.access;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.custodes.audit.AuditLog;
import org.custodes.database.Database;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.register.Fault;
import org.custodes.register.Register;
import org.custodes.vault.Vault;

/// Who may do what here. Any thread.
///
/// Every sign-in, refusal, look and change is an entry in the log before its effect; without log or
/// database everything here refuses.
public abstract class Access implements AutoCloseable {
    Access() {}

    /// Opens the people of this database. If it does not answer, everything is refused until it does.
    public static Access open(
            Database database,
            AuditLog audit,
            Vault vault,
            Register register,
            AccessSettings settings,
            InstantSource clock,
            SecureRandom random) {
        return built().orElseThrow();
    }

    /// Whether there is a security officer who can sign in.
    public abstract boolean enrolled();

    /// The link by which the first security officer enrols; empty if there is one already. A new link
    /// replaces the last one. 24 h.
    public abstract Optional<OneTimeLink> firstOfficerLink();

    /// One-time sign-in links, one per role, good on loopback only; new ones replace the last ones.
    ///
    /// @throws IllegalStateException if the settings are not a demo's
    public abstract Map<Role, OneTimeLink> demoLinks();

    public abstract Answer<SignedIn> signIn(
            String name, String password, String code, Origin origin);

    /// Signs in by a demo's link.
    public abstract Answer<SignedIn> signInByLink(String token, Origin origin);

    /// What the holder of an enrolment or invitation link is shown.
    public abstract Answer<Enrolment> lookAtEnrolment(String token, Origin origin);

    /// Enrols and signs in. Only the first security officer may choose a name.
    public abstract Answer<SignedIn> acceptEnrolment(
            String token, Optional<String> name, String password, String code, Origin origin);

    /// The session that this token proves, which counts as a sign of life of its person.
    public abstract Optional<Session> session(String token);

    /// The session that this token proves; no sign of life (polling, a socket's heartbeat).
    public abstract Optional<Session> sessionQuietly(String token);

    /// Whether this session still stands.
    public abstract boolean stands(Session session);

    /// Calls `listener` once when this session ends, at once if it has; it must not block.
    public abstract void onEnd(Session session, Runnable listener);

    /// Ends the session and every look of it.
    public abstract void signOut(Session session);

    public abstract Answer<Pairing> pair(String device, Origin origin);

    public abstract Answer<PairingRequest> lookAtPairing(Session session, String code);

    public abstract Answer<PairingRequest> approvePairing(Session session, String code);

    /// The command line's session; `Done` and empty while nobody has approved.
    public abstract Answer<Optional<SignedIn>> claimPairing(
            String code, String secret, Origin origin);

    /// Everything the role of this session may do.
    public abstract Set<Right> rights(Session session);

    /// For what only reads and shows no picture: nothing if it may be done, else why not. The
    /// refusal is on record, the permission is not.
    public abstract Optional<Reason> refuses(Session session, Right right);

    /// As [#refuses(Session, Right)], for a right that is used on one camera.
    public abstract Optional<Reason> refuses(Session session, Right right, CameraId camera);

    /// Decides, and has it on record before it answers.
    public abstract Decision decide(Session session, Act act);

    /// Puts on record that somebody who may do this was told that what they sent is wrong.
    public abstract Reason recordFaults(Session session, Act act, List<Fault> faults);

    /// Puts on record that something granted could not be done.
    public abstract void recordFailure(Session session, Act act, String why);

    /// Decides about a look, has it on record, and only then makes the Grant.
    ///
    /// @param interval what is looked back at; needed for [LookKind#PLAYBACK], ignored for live
    public abstract LookDecision openLook(
            Session session,
            CameraId camera,
            MediaClass mediaClass,
            LookKind kind,
            Optional<TimeRange> interval,
            Optional<String> purpose);

    /// Everybody, by name; those who were removed too.
    public abstract Answer<List<Person>> people(Session session);

    public abstract Answer<Invitation> invite(Session session, NewPerson wanted);

    /// A new link for somebody who is invited and lost theirs, or who lost password or authenticator:
    /// what they had stops working when they accept.
    public abstract Answer<Invitation> inviteAgain(Session session, PersonId person);

    /// Ends the person's sessions and looks.
    public abstract Answer<Person> changeCameras(
            Session session, PersonId person, NewPerson.CameraChoice cameras);

    /// Ends the person's sessions and looks; their history stays.
    public abstract Answer<Person> removePerson(Session session, PersonId person);

    /// Ends every look.
    @Override
    public abstract void close();

    private static Optional<Access> built() {
        return Optional.empty();
    }
}
