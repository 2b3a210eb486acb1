package org.custodes.access;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.custodes.rights.Assurance;
import org.jdbi.v3.core.Handle;

/// The table `access.session`.
final class SessionTable {

    /// A session as it is kept; who it belongs to is looked up when it is read.
    record Row(
            UUID id,
            Bytes token,
            PersonId person,
            Session.Kind kind,
            Origin origin,
            Proof proof,
            Instant signedInAt,
            Instant lastSeenAt,
            Instant endsAt) {}

    private SessionTable() {}

    static List<Row> all(Handle handle) {
        return handle.createQuery(
                        """
                        select id, token, person, kind, host(address) as address, workstation,
                            assurance, credential, proved_at, signed_in_at, last_seen_at, ends_at
                        from access.session
                        """)
                .map((row, _) -> read(row))
                .list();
    }

    private static Row read(ResultSet row) throws SQLException {
        var kind = row.getString("kind");
        return new Row(
                row.getObject("id", UUID.class),
                Bytes.of(row.getBytes("token")),
                new PersonId(row.getObject("person", UUID.class)),
                Arrays.stream(Session.Kind.values())
                        .filter(each -> each.code().equals(kind))
                        .findFirst()
                        .orElseThrow(),
                new Origin(
                        InetAddress.ofLiteral(row.getString("address")),
                        row.getString("workstation")),
                new Proof(
                        assurance(row.getString("assurance")),
                        row.getString("credential"),
                        row.getTimestamp("proved_at").toInstant()),
                row.getTimestamp("signed_in_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                row.getTimestamp("ends_at").toInstant());
    }

    private static Assurance assurance(String code) {
        return Arrays.stream(Assurance.values())
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    static boolean stands(Handle handle, UUID id) {
        return handle.createQuery("select exists (select 1 from access.session where id = :id)")
                .bind("id", id)
                .mapTo(boolean.class)
                .one();
    }

    static void add(Handle handle, Row session) {
        handle.createUpdate(
                        """
                        insert into access.session (id, token, person, kind, address, workstation,
                            assurance, credential, proved_at, signed_in_at, last_seen_at, ends_at)
                        values (:id, :token, :person, :kind, cast(:address as inet), :workstation,
                            :assurance, :credential, :proved, :signedIn, :seen, :ends)
                        """)
                .bind("id", session.id())
                .bind("token", session.token().array())
                .bind("person", session.person().value())
                .bind("kind", session.kind().code())
                .bind("address", session.origin().plainAddress())
                .bind("workstation", session.origin().workstation())
                .bind("assurance", session.proof().assurance().code())
                .bind("credential", session.proof().credential())
                .bind("proved", session.proof().at())
                .bind("signedIn", session.signedInAt())
                .bind("seen", session.lastSeenAt())
                .bind("ends", session.endsAt())
                .execute();
    }

    /// Whether it was there.
    static boolean prove(Handle handle, UUID id, Bytes token, Proof proof) {
        return handle.createUpdate(
                                """
                                update access.session set token = :token, assurance = :assurance,
                                    credential = :credential, proved_at = :proved
                                where id = :id
                                """)
                        .bind("token", token.array())
                        .bind("assurance", proof.assurance().code())
                        .bind("credential", proof.credential())
                        .bind("proved", proof.at())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    static void seen(Handle handle, UUID id, Instant when) {
        handle.createUpdate("update access.session set last_seen_at = :when where id = :id")
                .bind("when", when)
                .bind("id", id)
                .execute();
    }

    static void remove(Handle handle, UUID id) {
        handle.createUpdate("delete from access.session where id = :id").bind("id", id).execute();
    }

    static void removeAll(Handle handle, PersonId person) {
        handle.createUpdate("delete from access.session where person = :person")
                .bind("person", person.value())
                .execute();
    }
}
