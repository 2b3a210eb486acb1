package org.custodes.audit;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What was done. The code is what stands in the log: it never changes and is never reused.
public enum Action {
    SIGN_IN("session.opened"),
    SIGN_IN_REFUSED("session.refused"),
    SIGN_OUT("session.closed"),
    /// Somebody who is signed in proved once more who they are.
    PROVED_AGAIN("session.proved-again"),
    PASSKEY_ADDED("passkey.added"),
    PASSKEY_RENAMED("passkey.renamed"),
    PASSKEY_REMOVED("passkey.removed"),
    RECOVERY_CODES_MADE("recovery-codes.made"),
    /// Somebody was signed out wherever they were, by somebody else.
    SESSIONS_ENDED("session.all-ended"),
    INVITED("person.invited"),
    ENROLLED("person.enrolled"),
    /// Somebody with the root key let a security officer in anew, on the machine itself.
    OFFICER_RECOVERED("person.officer-recovered"),
    PERSON_CHANGED("person.changed"),
    /// What somebody signs in with opens nothing any more; they have to enrol anew.
    SIGN_IN_RESET("person.sign-in-reset"),
    PERSON_REMOVED("person.removed"),
    RIGHTS_CHANGED("person.rights-changed"),
    /// A role was made, changed or retired: what it allows, not who has it.
    ROLE_CHANGED("role.changed"),
    PAIRING_ASKED("pairing.asked"),
    PAIRING_APPROVED("pairing.approved"),
    PAIRING_REFUSED("pairing.refused"),
    CAMERA_ADDED("camera.added"),
    CAMERA_TESTED("camera.tested"),
    CAMERA_CHANGED("camera.changed"),
    CAMERA_REMOVED("camera.removed"),
    /// A camera may be called in the clear for a time, though its site takes encrypted ones only.
    PLAIN_EXCEPTION_GIVEN("camera.plain-exception-given"),
    PLAIN_EXCEPTION_ENDED("camera.plain-exception-ended"),
    /// The recorder met a device for the first time and knows it by its certificate from then on.
    CERTIFICATE_PINNED("device.certificate-pinned"),
    CERTIFICATE_ACCEPTED("device.certificate-accepted"),
    SITE_CHANGED("site.changed"),
    /// A group of cameras was made, changed or removed: who has a role on it may see other cameras by that.
    GROUP_CHANGED("group.changed"),
    WALL_CHANGED("wall.changed"),
    LIVE_OPENED("look.live-opened"),
    PLAYBACK_OPENED("look.playback-opened"),
    TIMELINE_READ("look.timeline-read"),
    LOOK_CLOSED("look.closed"),
    /// Somebody asked for a yes to what they may not do alone.
    APPROVAL_ASKED("approval.asked"),
    APPROVAL_GIVEN("approval.given"),
    APPROVAL_DENIED("approval.denied"),
    APPROVAL_WITHDRAWN("approval.withdrawn"),
    /// Somebody took, for an hour, what was given to them for emergencies.
    EMERGENCY_TAKEN("emergency.taken"),
    EMERGENCY_ENDED("emergency.ended"),
    EMERGENCY_REVIEWED("emergency.reviewed"),
    REFUSED("act.refused"),
    AUDIT_READ("audit.read"),
    /// Somebody read what the log has of them.
    OWN_ENTRIES_READ("audit.own-read"),
    AUDIT_VERIFIED("audit.verified"),
    AUDIT_TAIL_CUT("audit.tail-cut"),
    AUDIT_RESUMED("audit.resumed"),
    /// From here on, what decisions are made on is kept, so that they can be decided again.
    DECISIONS_KEPT("decisions.kept"),
    SERVER_STARTED("server.started"),
    SERVER_STOPPED("server.stopped"),
    SETTING_CHANGED("setting.changed"),
    FOOTAGE_EXPIRING("footage.expiring"),
    FOOTAGE_EXPIRED("footage.expired"),
    EXPIRY_FROZEN("footage.expiry-frozen"),
    EXPIRY_RESUMED("footage.expiry-resumed"),
    ALARM_ACKNOWLEDGED("alarm.acknowledged"),
    ;

    private static final Map<String, Action> BY_CODE =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Action::code, Function.identity()));

    private final String code;

    Action(String code) {
        this.code = code;
    }

    /// The dotted code used in the log and in the API.
    public String code() {
        return code;
    }

    /// The action with this code; empty if this version knows none.
    public static Optional<Action> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
