package org.custodes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.jdbi.v3.core.Handle;

/// The table `access.passkey`.
final class PasskeyTable {

    /// A passkey that has not ended.
    ///
    /// @param publicKey a COSE key
    /// @param signatures how often it has signed, as it counts
    record Row(
            Passkey passkey,
            PersonId person,
            Bytes credential,
            Bytes publicKey,
            long signatures,
            boolean backupEligible) {}

    private static final String STANDING =
            """
            select id, person, credential, public_key, signatures, backup_eligible, backed_up, name,
                made_at, last_used_at
            from access.passkey where ended_at is null
            """;

    private PasskeyTable() {}

    /// Oldest first.
    static List<Row> of(Handle handle, PersonId person) {
        return handle.createQuery(STANDING + " and person = :person order by made_at, id")
                .bind("person", person.value())
                .map((row, _) -> read(row))
                .list();
    }

    static Optional<Row> byCredential(Handle handle, Bytes credential) {
        return handle.createQuery(STANDING + " and credential = :credential")
                .bind("credential", credential.array())
                .map((row, _) -> read(row))
                .findOne();
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                new Passkey(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getBoolean("backed_up"),
                        row.getTimestamp("made_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("last_used_at"))
                                .map(Timestamp::toInstant)),
                new PersonId(row.getObject("person", UUID.class)),
                Bytes.of(row.getBytes("credential")),
                Bytes.of(row.getBytes("public_key")),
                row.getLong("signatures"),
                row.getBoolean("backup_eligible"));
    }

    /// Whether it was unknown until now; what has ended is not made again either.
    static boolean add(Handle handle, Row row, long entry) {
        return handle.createUpdate(
                                """
                                insert into access.passkey (id, person, credential, public_key, signatures,
                                    backup_eligible, backed_up, name, made_at, entry)
                                values (:id, :person, :credential, :key, :signatures,
                                    :eligible, :backedUp, :name, :made, :entry)
                                on conflict (credential) do nothing
                                """)
                        .bind("id", row.passkey().id())
                        .bind("person", row.person().value())
                        .bind("credential", row.credential().array())
                        .bind("key", row.publicKey().array())
                        .bind("signatures", row.signatures())
                        .bind("eligible", row.backupEligible())
                        .bind("backedUp", row.passkey().backedUp())
                        .bind("name", row.passkey().name())
                        .bind("made", row.passkey().madeAt())
                        .bind("entry", entry)
                        .execute()
                == 1;
    }

    /// Whether it stands and its counter has gone on; of two that count the same, one. Many
    /// authenticators count nothing.
    static boolean use(Handle handle, UUID id, long signatures, boolean backedUp, Instant when) {
        return handle.createUpdate(
                                """
                                update access.passkey
                                set signatures = :signatures, backed_up = :backedUp, last_used_at = :when
                                where id = :id and ended_at is null
                                    and (signatures < :signatures or (signatures = 0 and :signatures = 0))
                                """)
                        .bind("signatures", signatures)
                        .bind("backedUp", backedUp)
                        .bind("when", when)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    static void rename(Handle handle, UUID id, String name, long entry) {
        handle.createUpdate(
                        """
                        update access.passkey set name = :name, entry = :entry
                        where id = :id and ended_at is null
                        """)
                .bind("name", name)
                .bind("entry", entry)
                .bind("id", id)
                .execute();
    }

    static void end(Handle handle, UUID id, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update access.passkey set ended_at = :when, entry = :entry
                        where id = :id and ended_at is null
                        """)
                .bind("when", when)
                .bind("entry", entry)
                .bind("id", id)
                .execute();
    }

    static void endAll(Handle handle, PersonId person, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update access.passkey set ended_at = :when, entry = :entry
                        where person = :person and ended_at is null
                        """)
                .bind("when", when)
                .bind("entry", entry)
                .bind("person", person.value())
                .execute();
    }
}
