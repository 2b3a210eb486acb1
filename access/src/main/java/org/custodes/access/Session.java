package org.custodes.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.custodes.audit.Actor;
import org.custodes.media.CameraId;

/// Somebody who has signed in, as they were when this was handed out. Only [Access] makes one, and it
/// looks up again at each decision whether it still stands: to hold a `Session` proves nothing later.
public final class Session {

    /// How it came to be.
    public enum Kind {
        BROWSER("browser"),
        /// Paired by a code that was approved in a browser.
        COMMAND_LINE("command-line");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /// The word of the API and of the tables.
        public String code() {
            return code;
        }
    }

    private final UUID id;
    private final PersonId person;
    private final String name;
    private final Role role;
    private final CameraScope cameras;
    private final Kind kind;
    private final Origin origin;
    private final Instant signedInAt;
    private final Instant endsAt;

    Session(
            UUID id,
            PersonId person,
            String name,
            Role role,
            CameraScope cameras,
            Kind kind,
            Origin origin,
            Instant signedInAt,
            Instant endsAt) {
        this.id = id;
        this.person = person;
        this.name = name;
        this.role = role;
        this.cameras = cameras;
        this.kind = kind;
        this.origin = origin;
        this.signedInAt = signedInAt;
        this.endsAt = endsAt;
    }

    /// Its own name; not its token.
    public UUID id() {
        return id;
    }

    public PersonId person() {
        return person;
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    public Kind kind() {
        return kind;
    }

    /// Where it was opened from.
    public Origin origin() {
        return origin;
    }

    public Instant signedInAt() {
        return signedInAt;
    }

    /// It ends then at the latest, whatever happens (12 h).
    public Instant endsAt() {
        return endsAt;
    }

    /// Whether cameras shown to this person include this one; no decision, and not on record.
    public boolean coversCamera(CameraId camera) {
        return role != Role.OPERATOR || cameras.covers(camera);
    }

    CameraScope cameras() {
        return cameras;
    }

    Actor actor() {
        return new Actor(
                Optional.of(person.value()), name, origin.plainAddress(), origin.workstation());
    }

    /// Tells no name: this text may end up in a log.
    @Override
    public String toString() {
        return "session " + id;
    }
}
