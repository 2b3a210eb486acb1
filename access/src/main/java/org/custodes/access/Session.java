package org.custodes.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.custodes.audit.Actor;
import org.custodes.rights.Subject;

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
    private final Kind kind;
    private final Origin origin;
    private final Proof proof;
    private final Instant signedInAt;
    private final Instant endsAt;

    Session(
            UUID id,
            PersonId person,
            String name,
            Kind kind,
            Origin origin,
            Proof proof,
            Instant signedInAt,
            Instant endsAt) {
        this.id = id;
        this.person = person;
        this.name = name;
        this.kind = kind;
        this.origin = origin;
        this.proof = proof;
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

    Proof proof() {
        return proof;
    }

    Session proved(Proof again) {
        return new Session(id, person, name, kind, origin, again, signedInAt, endsAt);
    }

    /// As decisions know them.
    Subject subject() {
        return new Subject(
                person.value(),
                proof.credential(),
                proof.assurance(),
                proof.at(),
                origin.address());
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
