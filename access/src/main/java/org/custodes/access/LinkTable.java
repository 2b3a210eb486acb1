package org.custodes.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.jdbi.v3.core.Handle;

/// The table `access.link`: links that open once.
final class LinkTable {

    /// What a link is good for.
    enum Kind {
        ENROLMENT("enrolment"),
        SIGN_IN("sign-in");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    /// A link that was not used yet.
    ///
    /// @param totp the secret shown to its holder, sealed; empty until somebody looked
    record Row(Bytes token, PersonId person, Instant expiresAt, Optional<Bytes> totp) {}

    private LinkTable() {}

    /// Makes a link, and all older ones of the same person useless.
    static void replace(Handle handle, Bytes token, Kind kind, PersonId person, Instant expiresAt) {
        removeAll(handle, person);
        handle.createUpdate(
                        """
                        insert into access.link (token, kind, person, expires_at)
                        values (:token, :kind, :person, :expires)
                        """)
                .bind("token", token.array())
                .bind("kind", kind.code)
                .bind("person", person.value())
                .bind("expires", expiresAt)
                .execute();
    }

    static void removeAll(Handle handle, PersonId person) {
        handle.createUpdate("delete from access.link where person = :person")
                .bind("person", person.value())
                .execute();
    }

    /// A link that is still good.
    static Optional<Row> good(Handle handle, Bytes token, Kind kind, Instant now) {
        return handle.createQuery(
                        """
                        select token, person, expires_at, totp from access.link
                        where token = :token and kind = :kind and used_at is null and expires_at > :now
                        """)
                .bind("token", token.array())
                .bind("kind", kind.code)
                .bind("now", now)
                .map((row, _) ->
                        new Row(
                                Bytes.of(row.getBytes("token")),
                                new PersonId(row.getObject("person", UUID.class)),
                                row.getTimestamp("expires_at").toInstant(),
                                Optional.ofNullable(row.getBytes("totp")).map(Bytes::of)))
                .findOne();
    }

    /// Keeps the secret of the first who looked: whoever looks again sees the same.
    static Bytes keepTotp(Handle handle, Bytes token, Bytes totp) {
        return Bytes.of(
                handle.createQuery(
                                """
                                update access.link set totp = coalesce(totp, :totp)
                                where token = :token returning totp
                                """)
                        .bind("totp", totp.array())
                        .bind("token", token.array())
                        .mapTo(byte[].class)
                        .one());
    }

    /// Whether it was unused until now; of two that come together, one.
    static boolean use(Handle handle, Bytes token, Instant when) {
        return handle.createUpdate(
                                """
                                update access.link set used_at = :when
                                where token = :token and used_at is null and expires_at > :when
                                """)
                        .bind("when", when)
                        .bind("token", token.array())
                        .execute()
                == 1;
    }
}
