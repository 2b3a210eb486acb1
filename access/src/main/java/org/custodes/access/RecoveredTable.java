package org.custodes.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `access.recovered`: officers who were let in anew on the machine itself.
final class RecoveredTable {
    private RecoveredTable() {}

    static void add(Handle handle, PersonId person, Instant when, long entry) {
        handle.createUpdate(
                        "insert into access.recovered (entry, person, at) values (:entry, :person, :at)")
                .bind("entry", entry)
                .bind("person", person.value())
                .bind("at", when)
                .execute();
    }

    /// The last time that it was done.
    static Optional<Instant> last(Handle handle) {
        return handle.createQuery("select at from access.recovered order by at desc limit 1")
                .mapTo(Timestamp.class)
                .findOne()
                .map(Timestamp::toInstant);
    }
}
