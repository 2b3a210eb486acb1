package org.custodes.access;

import java.util.Arrays;
import org.custodes.rights.Ground;

/// Why something was refused.
public enum Reason {
    SESSION_ENDED("session-ended", "This session has ended. Sign in again."),
    SIGNED_IN_ELSEWHERE(
            "signed-in-elsewhere",
            "You have signed in at another workstation, and an operator has one at a time. Sign in again if this is where you are; if it was not you, tell a security officer."),
    RIGHT_MISSING(
            "right-missing", "Your role may not do this. A security officer can say who may."),
    CAMERA_NOT_GIVEN(
            "camera-not-given",
            "This camera was not given to you. A security officer can give it."),
    CAMERA_UNKNOWN("camera-unknown", "There is no such camera."),
    CLASS_NOT_GIVEN(
            "class-not-given",
            "Your role does not show this kind of footage. Ask a security officer who may see it."),
    POLICY_STALE(
            "policy-stale",
            "What was granted could not be looked up for too long. Try again in a few seconds."),
    REQUEST_INCOMPLETE(
            "request-incomplete",
            "The request does not say on which camera, or of when. Reload the page."),
    FORBIDDEN(
            "forbidden",
            "A rule of this house forbids it, whoever may do it else. A security officer can say which."),
    OWN_AFFAIR(
            "own-affair",
            "Nobody changes their own rights, removes themselves or approves what they asked for. Ask another security officer."),
    TRAINING_EXPIRED(
            "training-expired", "Your training has run out. Repeat it, then this works again."),
    ROLE_ENDED(
            "role-ended",
            "The role by which you could do this has ended or was not confirmed in time. Ask a security officer to confirm it."),
    EMERGENCY_ONLY(
            "emergency-only",
            "A role that was taken in an emergency does not reach this far. Ask somebody who has the right."),
    RESTRICTED(
            "restricted",
            "This footage is kept for somebody and shown to nobody meanwhile. Ask the data protection officer."),
    NETWORK_NOT_GIVEN(
            "network-not-given",
            "Your role may not do this from this network. Use a workstation of the control room."),
    OUTSIDE_HOURS(
            "outside-hours",
            "Your role may not do this at this hour. Come back within its hours, or ask a supervisor."),
    TOO_OLD("too-old", "This footage is older than your role may see. Ask a supervisor for more."),
    BEFORE_GIVEN(
            "before-given",
            "This footage is from before this camera was given to you. Ask a supervisor for more."),
    TOO_TALL("too-tall", "Your role shows smaller pictures only. Ask a supervisor for more."),
    ASSURANCE_TOO_LOW(
            "assurance-too-low",
            "How you signed in is not enough for this. Sign in with a passkey."),
    PROOF_TOO_OLD(
            "proof-too-old", "This needs a fresh proof of who you are. Confirm it and try again."),
    PURPOSE_NEEDED(
            "purpose-needed",
            "Your role asks what for. Choose a purpose that it knows, and try again."),
    CASE_NEEDED("case-needed", "Your role asks for which case. Give its number, and try again."),
    APPROVAL_NEEDED(
            "approval-needed",
            "Somebody else has to say yes to this first. Ask for their approval."),
    APPROVAL_UNKNOWN("approval-unknown", "There is no such request for approval."),
    APPROVAL_OVER(
            "approval-over",
            "This is over: it was answered, withdrawn or used, or its time is up. Ask anew if you still need it."),
    PASSKEY_NEEDED(
            "passkey-needed",
            "This is done with a passkey and with nothing else. Add one under 'What is kept of you', then try again."),
    EMERGENCY_UNKNOWN("emergency-unknown", "There is no such emergency."),
    EMERGENCY_RUNS("emergency-runs", "You have taken it already, and it runs. End it first."),
    EMERGENCY_OVER(
            "emergency-over",
            "The emergency is over, and with it what it let you see. Take it again if there is another one."),
    EMERGENCY_LOCKED(
            "emergency-locked",
            "Three of yours wait for review, or one has waited longer than 72 hours; nothing is taken until they are reviewed. Ask the data protection officer to review them."),
    EMERGENCY_REVIEWED(
            "emergency-reviewed",
            "Somebody has reviewed this already. What they wrote stands with it."),
    INTERVAL_NEEDED("interval-needed", "To look back, say from when to when."),
    AUDIT_UNAVAILABLE(
            "audit-unavailable",
            "The log cannot be written, and nothing is done without an entry. A system"
                    + " administrator sees why under System."),
    DATABASE_UNAVAILABLE(
            "database-unavailable",
            "The database does not answer, so rights cannot be checked. Recording goes on. Try again"
                    + " in a few seconds."),
    BAD_CREDENTIALS(
            "bad-credentials",
            "Name, password and code do not fit together. A code is good once and for 30 s: wait for"
                    + " the next one."),
    PASSKEY_REFUSED(
            "passkey-refused",
            "This passkey does not open anything here. Use another one, or sign in with name, password"
                    + " and code."),
    NOT_PROVED(
            "not-proved",
            "This does not prove who you are. Try again; a code is good once and for 30 s, a passkey's"
                    + " answer for two minutes."),
    PASSKEY_UNKNOWN("passkey-unknown", "You have no such passkey."),
    THROTTLED("throttled", "Too many attempts. Wait before you try again."),
    BUSY("busy", "Too many people sign in at this moment. Try again in a few seconds."),
    LINK_NOT_GOOD(
            "link-not-good",
            "This link was used, has expired or was replaced. Ask a security officer for a new one."),
    NOT_LOOPBACK("not-loopback", "This link is good on the recorder itself only."),
    PAIRING_UNKNOWN(
            "pairing-unknown",
            "This code is not waiting: it was used, has expired or was mistyped. Start again with"
                    + " `custodes login`."),
    BROWSER_NEEDED("browser-needed", "This is approved in the browser only."),
    PERSON_UNKNOWN("person-unknown", "There is no such person."),
    GROUP_UNKNOWN("group-unknown", "There is no such group."),
    ROLE_UNKNOWN("role-unknown", "They do not have this role."),
    BAD_INPUT("bad-input", "Something in the request is wrong; the faults say what.");

    private final String key;
    private final String words;

    Reason(String key, String words) {
        this.key = key;
        this.words = words;
    }

    static Reason of(Ground ground) {
        return Arrays.stream(values())
                .filter(reason -> reason.key.equals(ground.code()))
                .findFirst()
                .orElseThrow();
    }

    /// The key in the catalogues of messages.
    public String key() {
        return key;
    }

    /// What happened and the next step, in English.
    public String words() {
        return words;
    }
}
