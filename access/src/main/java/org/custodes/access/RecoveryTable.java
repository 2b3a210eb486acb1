package org.custodes.access;

import java.time.Instant;
import java.util.List;
import org.custodes.media.Bytes;
import org.jdbi.v3.core.Handle;

/// The table `access.recovery_code`.
final class RecoveryTable {

    private RecoveryTable() {}

    static int left(Handle handle, PersonId person) {
        return handle.createQuery(
                        """
                        select count(*) from access.recovery_code
                        where person = :person and used_at is null
                        """)
                .bind("person", person.value())
                .mapTo(int.class)
                .one();
    }

    static boolean isGood(Handle handle, PersonId person, Bytes hash) {
        return handle.createQuery(
                        """
                        select exists (select 1 from access.recovery_code
                            where person = :person and hash = :hash and used_at is null)
                        """)
                .bind("person", person.value())
                .bind("hash", hash.array())
                .mapTo(boolean.class)
                .one();
    }

    /// Whether it was unused until now; of two that come together, one.
    static boolean use(Handle handle, PersonId person, Bytes hash, Instant when) {
        return handle.createUpdate(
                                """
                                update access.recovery_code set used_at = :when
                                where person = :person and hash = :hash and used_at is null
                                """)
                        .bind("when", when)
                        .bind("person", person.value())
                        .bind("hash", hash.array())
                        .execute()
                == 1;
    }

    /// Makes these, and all older ones of the same person useless.
    static void replace(Handle handle, PersonId person, List<Bytes> hashes, Instant when) {
        removeAll(handle, person);
        var batch =
                handle.prepareBatch(
                        """
                        insert into access.recovery_code (person, hash, made_at)
                        values (:person, :hash, :made)
                        """);
        for (var hash : hashes) {
            batch.bind("person", person.value())
                    .bind("hash", hash.array())
                    .bind("made", when)
                    .add();
        }
        batch.execute();
    }

    static void removeAll(Handle handle, PersonId person) {
        handle.createUpdate("delete from access.recovery_code where person = :person")
                .bind("person", person.value())
                .execute();
    }
}
