package org.custodes.access;

/// Why something was refused.
public enum Reason {
    SESSION_ENDED("session-ended", "This session has ended. Sign in again."),
    RIGHT_MISSING(
            "right-missing", "Your role may not do this. A security officer can say who may."),
    CAMERA_NOT_GIVEN(
            "camera-not-given",
            "This camera was not given to you. A security officer can give it."),
    CAMERA_UNKNOWN("camera-unknown", "There is no such camera."),
    CLASS_NOT_GIVEN("class-not-given", "This kind of footage is not shown in this version."),
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
    NOT_YOURSELF(
            "not-yourself",
            "Nobody changes their own rights or removes themselves. Ask another security officer."),
    BAD_INPUT("bad-input", "Something in the request is wrong; the faults say what.");

    private final String key;
    private final String words;

    Reason(String key, String words) {
        this.key = key;
        this.words = words;
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
