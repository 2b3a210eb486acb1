package org.custodes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.Approval;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.Subject;
import org.jdbi.v3.core.Handle;

/// The table `access.approval`.
final class ApprovalTable {
    private static final String READ =
            """
            select approval.*, person.name as name, answerer.name as answerer
            from access.approval
            join access.person on person.id = approval.person
            left join access.person as answerer on answerer.id = answered_by
            """;

    /// @param reason sealed
    /// @param hash of the request
    /// @param answerCredential by what whoever answered had proved who they are
    record Row(
            UUID id,
            ApprovalRequest.Kind kind,
            PersonId person,
            String name,
            String credential,
            CameraId camera,
            TimeRange interval,
            Why why,
            Bytes reason,
            Bytes hash,
            Instant askedAt,
            Instant waitsUntil,
            boolean withdrawn,
            Optional<ApprovalRequest.Said> said,
            String answerCredential,
            Optional<Instant> usedAt) {

        /// What is asked for, as decisions know it.
        Request request(Subject subject) {
            return ApprovalTable.request(subject, camera, interval, why);
        }

        /// The yes to it, used at this moment; empty if there is none.
        Optional<Approval> usedAt(Instant now) {
            return said.filter(ApprovalRequest.Said::yes)
                    .map(yes ->
                            new Approval(
                                    yes.by().value(),
                                    answerCredential,
                                    hash,
                                    yes.at(),
                                    Optional.of(now)));
        }

        ApprovalRequest.State state(Instant now) {
            if (withdrawn) {
                return ApprovalRequest.State.WITHDRAWN;
            }
            if (usedAt.isPresent()) {
                return ApprovalRequest.State.USED;
            }
            if (said.filter(one -> !one.yes()).isPresent()) {
                return ApprovalRequest.State.REFUSED;
            }
            var waiting =
                    said.isEmpty() ? ApprovalRequest.State.WAITING : ApprovalRequest.State.APPROVED;
            return now.isBefore(goodUntil().orElse(waitsUntil))
                    ? waiting
                    : ApprovalRequest.State.EXPIRED;
        }

        Optional<Instant> goodUntil() {
            return said.filter(ApprovalRequest.Said::yes)
                    .map(yes -> yes.at().plus(Approval.GOOD_FOR));
        }
    }

    private ApprovalTable() {}

    /// The look that is asked for.
    static Request request(Subject subject, CameraId camera, TimeRange interval, Why why) {
        return Request.of(subject, Right.PLAY_BACK)
                .on(camera)
                .of(MediaClass.VEILED, Optional.of(interval))
                .forPurpose(why.purpose(), why.caseNumber());
    }

    static Optional<Row> byId(Handle handle, UUID id) {
        return handle.createQuery(READ + "where approval.id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    /// Those that were asked for since then, newest first.
    static List<Row> since(Handle handle, Instant then, int most) {
        return handle.createQuery(
                        READ + "where asked_at > :then order by asked_at desc limit :most")
                .bind("then", then)
                .bind("most", most)
                .map((row, _) -> read(row))
                .list();
    }

    /// How many of somebody wait for an answer.
    static long waiting(Handle handle, PersonId person, Instant now) {
        return handle.createQuery(
                        """
                        select count(*) from access.approval where person = :person
                            and answered_at is null and withdrawn_at is null and waits_until > :now
                        """)
                .bind("person", person.value())
                .bind("now", now)
                .mapTo(long.class)
                .one();
    }

    static void add(Handle handle, Row row, long entry) {
        handle.createUpdate(
                        """
                        insert into access.approval (id, kind, person, credential, camera, first, past,
                            purpose, case_number, reason, hash, asked_at, waits_until, entry)
                        values (:id, :kind, :person, :credential, :camera, :first, :past, :purpose, :case,
                            :reason, :hash, :asked, :until, :entry)
                        """)
                .bind("id", row.id())
                .bind("kind", row.kind().code())
                .bind("person", row.person().value())
                .bind("credential", row.credential())
                .bind("camera", row.camera().value())
                .bind("first", row.interval().start())
                .bind("past", row.interval().end())
                .bind("purpose", row.why().purpose().orElse(null))
                .bind("case", row.why().caseNumber().orElse(null))
                .bind("reason", row.reason().array())
                .bind("hash", row.hash().array())
                .bind("asked", row.askedAt())
                .bind("until", row.waitsUntil())
                .bind("entry", entry)
                .execute();
    }

    /// Puts an answer on what waits. Of two who answer at once, one does.
    ///
    /// @return whether it still waited
    static boolean answer(
            Handle handle, UUID id, PersonId by, String credential, boolean yes, Instant now) {
        return handle.createUpdate(
                                """
                                update access.approval set answered_at = :now, answered_by = :by,
                                    answer_credential = :credential, said_yes = :yes
                                where id = :id and answered_at is null and withdrawn_at is null
                                    and waits_until > :now
                                """)
                        .bind("now", now)
                        .bind("by", by.value())
                        .bind("credential", credential)
                        .bind("yes", yes)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// Takes back what waits.
    ///
    /// @return whether it still waited
    static boolean withdraw(Handle handle, UUID id, Instant now) {
        return handle.createUpdate(
                                """
                                update access.approval set withdrawn_at = :now
                                where id = :id and answered_at is null and withdrawn_at is null
                                """)
                        .bind("now", now)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// Uses a yes up. Of two who use it at once, one does.
    ///
    /// @return whether it was not used yet
    static boolean use(Handle handle, UUID id, Instant now) {
        return handle.createUpdate(
                                """
                                update access.approval set used_at = :now
                                where id = :id and said_yes and used_at is null
                                """)
                        .bind("now", now)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                kind(row.getString("kind")),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("name"),
                row.getString("credential"),
                new CameraId(row.getObject("camera", UUID.class)),
                new TimeRange(
                        row.getTimestamp("first").toInstant(),
                        row.getTimestamp("past").toInstant()),
                new Why(
                        Optional.ofNullable(row.getString("purpose")),
                        Optional.ofNullable(row.getString("case_number"))),
                Bytes.of(row.getBytes("reason")),
                Bytes.of(row.getBytes("hash")),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("waits_until").toInstant(),
                row.getTimestamp("withdrawn_at") != null,
                said(row),
                Optional.ofNullable(row.getString("answer_credential")).orElse(""),
                Optional.ofNullable(row.getTimestamp("used_at")).map(Timestamp::toInstant));
    }

    private static Optional<ApprovalRequest.Said> said(ResultSet row) throws SQLException {
        var at = row.getTimestamp("answered_at");
        return at == null
                ? Optional.empty()
                : Optional.of(
                        new ApprovalRequest.Said(
                                new PersonId(row.getObject("answered_by", UUID.class)),
                                row.getString("answerer"),
                                at.toInstant(),
                                row.getBoolean("said_yes")));
    }

    private static ApprovalRequest.Kind kind(String code) {
        for (var kind : ApprovalRequest.Kind.values()) {
            if (kind.code().equals(code)) {
                return kind;
            }
        }
        throw new IllegalStateException("No kind of approval is called " + code);
    }
}
