package org.custodes.access;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.custodes.audit.Action;
import org.custodes.media.CameraId;
import org.custodes.register.Group;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.Subject;

/// Something that somebody wants to do, as it will stand in the log.
///
/// @param object what it is about, such as `camera/<id>`; may be empty
/// @param text for readers of the log: what exactly; never a secret
/// @param concerned whose affair it is, if it is somebody's
public record Act(Kind kind, String object, String text, Optional<PersonId> concerned) {

    /// What can be done, which right it needs, and how the log names it.
    public enum Kind {
        TEST_CAMERA(Right.CONFIGURE_CAMERAS, Action.CAMERA_TESTED),
        ADD_CAMERA(Right.CONFIGURE_CAMERAS, Action.CAMERA_ADDED),
        CHANGE_CAMERA(Right.CONFIGURE_CAMERAS, Action.CAMERA_CHANGED),
        REMOVE_CAMERA(Right.CONFIGURE_CAMERAS, Action.CAMERA_REMOVED),
        GIVE_PLAIN_EXCEPTION(Right.CONFIGURE_CAMERAS, Action.PLAIN_EXCEPTION_GIVEN),
        END_PLAIN_EXCEPTION(Right.CONFIGURE_CAMERAS, Action.PLAIN_EXCEPTION_ENDED),
        ACCEPT_CERTIFICATE(Right.CONFIGURE_CAMERAS, Action.CERTIFICATE_ACCEPTED),
        CHANGE_SITE(Right.CONFIGURE_SITES, Action.SITE_CHANGED),
        CHANGE_GROUP(Right.ARRANGE_GROUPS, Action.GROUP_CHANGED),
        CHANGE_WALL(Right.ARRANGE_WALLS, Action.WALL_CHANGED),
        READ_AUDIT(Right.READ_AUDIT, Action.AUDIT_READ),
        INVITE(Right.PROPOSE_RIGHTS, Action.INVITED),
        RESET_SIGN_IN(Right.MANAGE_PEOPLE, Action.SIGN_IN_RESET),
        END_SESSIONS(Right.MANAGE_PEOPLE, Action.SESSIONS_ENDED),
        CHANGE_RIGHTS(Right.MANAGE_RIGHTS, Action.RIGHTS_CHANGED),
        CHANGE_ROLE(Right.MANAGE_RIGHTS, Action.ROLE_CHANGED),
        REMOVE_PERSON(Right.MANAGE_PEOPLE, Action.PERSON_REMOVED),
        ACKNOWLEDGE_ALARM(Right.ACKNOWLEDGE_ALARMS, Action.ALARM_ACKNOWLEDGED),
        ADD_PASSKEY(Right.OWN_SESSION, Action.PASSKEY_ADDED),
        RENAME_PASSKEY(Right.OWN_SESSION, Action.PASSKEY_RENAMED),
        REMOVE_PASSKEY(Right.OWN_SESSION, Action.PASSKEY_REMOVED),
        MAKE_RECOVERY_CODES(Right.OWN_SESSION, Action.RECOVERY_CODES_MADE),
        PROVE_AGAIN(Right.OWN_SESSION, Action.PROVED_AGAIN),
        TAKE_EMERGENCY(Right.TAKE_EMERGENCY, Action.EMERGENCY_TAKEN),
        END_EMERGENCY(Right.TAKE_EMERGENCY, Action.EMERGENCY_ENDED),
        REVIEW_EMERGENCY(Right.REVIEW_EMERGENCIES, Action.EMERGENCY_REVIEWED),
        /// What the log has of whoever asks.
        READ_OWN_ENTRIES(Right.OWN_SESSION, Action.OWN_ENTRIES_READ),
        APPROVE_PAIRING(Right.OWN_SESSION, Action.PAIRING_APPROVED);

        private final Right right;
        private final Action action;

        Kind(Right right, Action action) {
            this.right = right;
            this.action = action;
        }

        public Right right() {
            return right;
        }

        public Action action() {
            return action;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Act {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(object);
        Objects.requireNonNull(text);
        Objects.requireNonNull(concerned);
    }

    /// Nobody's own affair.
    public Act(Kind kind, String object, String text) {
        this(kind, object, text, Optional.empty());
    }

    /// Something about a person.
    static Act about(PersonId person, Kind kind, String text) {
        return new Act(kind, object(person), text, Optional.of(person));
    }

    /// Something about a camera.
    public static Act about(CameraId camera, Kind kind, String text) {
        return new Act(kind, object(camera), text);
    }

    /// What has to be decided for it.
    Request request(Subject subject) {
        return Request.of(subject, kind.right())
                .about("%s %s %s".formatted(kind.code(), object, text))
                .concerning(concerned.stream().map(PersonId::value).toList());
    }

    /// How the log names a camera.
    static String object(CameraId camera) {
        return "camera/" + camera;
    }

    /// How the log names a group of cameras.
    static String object(Group group) {
        return "group/" + group.id();
    }

    /// How the log names a person.
    static String object(PersonId person) {
        return "person/" + person;
    }
}
