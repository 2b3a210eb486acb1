package org.custodes.access;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.Approval;
import org.custodes.rights.Assurance;
import org.custodes.rights.Request;
import org.custodes.rights.Subject;
import org.jdbi.v3.core.Handle;

/// The table `access.approval`.
final class ApprovalTable {
    private static final String READ =
            """
            select approval.*, host(address) as host, person.name as name, answerer.name as answerer
            from access.approval
            join access.person on person.id = approval.person
            left join access.person as answerer on answerer.id = answered_by
            """;

    /// Of a table of what waits: that it was asked for after a moment.
    static final String ASKED_SINCE =
            "where approval in (select id from access.approval where asked_at > :then)";

    /// What is asked for.
    ///
    /// @param about exactly what, where the other members do not say it
    record Matter(
            ApprovalRequest.Kind kind,
            Optional<CameraId> camera,
            Optional<TimeRange> interval,
            Why why,
            String about,
            Optional<PersonId> concerned) {

        /// As decisions know it.
        Request request(Subject subject) {
            var plain =
                    Request.of(subject, kind.right())
                            .forPurpose(why.purpose(), why.caseNumber())
                            .about(about)
                            .concerning(concerned.stream().map(PersonId::value).toList());
            var there = camera.map(plain::on).orElse(plain);
            return interval.map(when -> there.of(MediaClass.VEILED, Optional.of(when)))
                    .orElse(there);
        }

        /// How the log names what it is about.
        String object() {
            return camera.map(Act::object).or(() -> concerned.map(Act::object)).orElse("");
        }
    }

    /// @param subject who asked, as they had signed in
    /// @param told for readers
    /// @param reason sealed
    /// @param hash of the request
    /// @param answerCredential by what whoever answered had proved who they are
    record Row(
            UUID id,
            Matter matter,
            Subject subject,
            String name,
            String told,
            Bytes reason,
            Bytes hash,
            Instant askedAt,
            Instant waitsUntil,
            Optional<Instant> aloneAt,
            boolean withdrawn,
            Optional<ApprovalRequest.Said> said,
            String answerCredential,
            Optional<Instant> usedAt) {

        PersonId person() {
            return new PersonId(subject.person());
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
            var standing =
                    said.isEmpty() ? ApprovalRequest.State.WAITING : ApprovalRequest.State.APPROVED;
            return now.isBefore(goodUntil().orElse(waitsUntil))
                    ? standing
                    : ApprovalRequest.State.EXPIRED;
        }

        Optional<Instant> goodUntil() {
            return said.filter(ApprovalRequest.Said::yes)
                    .map(yes -> yes.at().plus(Approval.GOOD_FOR));
        }
    }

    private ApprovalTable() {}

    static Optional<Row> byId(Handle handle, UUID id) {
        return handle.createQuery(READ + "where approval.id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    /// Those that were asked for since then: first what waits, and then the newest.
    static List<Row> since(Handle handle, Instant then, int most) {
        return handle.createQuery(
                        READ
                                + """
                                where asked_at > :then
                                order by (answered_at is null and withdrawn_at is null and used_at is null)
                                    desc, asked_at desc
                                limit :most
                                """)
                .bind("then", then)
                .bind("most", most)
                .map((row, _) -> read(row))
                .list();
    }

    /// Those whose day is over on which somebody could have said no.
    static List<Row> ripe(Handle handle, Instant now) {
        return handle.createQuery(
                        READ
                                + """
                                where alone_at <= :now and waits_until > :now and used_at is null
                                    and answered_at is null and withdrawn_at is null
                                order by asked_at
                                """)
                .bind("now", now)
                .map((row, _) -> read(row))
                .list();
    }

    /// How many will be done although nobody says yes.
    static long alone(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        select count(*) from access.approval where alone_at is not null
                            and waits_until > :now and used_at is null and answered_at is null
                            and withdrawn_at is null
                        """)
                .bind("now", now)
                .mapTo(long.class)
                .one();
    }

    /// How many of somebody wait for an answer.
    static long waiting(Handle handle, PersonId person, Instant now) {
        return handle.createQuery(
                        """
                        select count(*) from access.approval where person = :person and used_at is null
                            and answered_at is null and withdrawn_at is null and waits_until > :now
                        """)
                .bind("person", person.value())
                .bind("now", now)
                .mapTo(long.class)
                .one();
    }

    static void add(Handle handle, Row row, long entry) {
        var matter = row.matter();
        handle.createUpdate(
                        """
                        insert into access.approval (id, kind, person, credential, assurance, proved_at,
                            address, camera, first, past, purpose, case_number, about, told, concerned,
                            reason, hash, asked_at, waits_until, alone_at, entry)
                        values (:id, :kind, :person, :credential, :assurance, :proved,
                            cast(:address as inet), cast(:camera as uuid), :first, :past, :purpose, :case, :about, :told,
                            cast(:concerned as uuid), :reason, :hash, :asked, :until, :alone, :entry)
                        """)
                .bind("id", row.id())
                .bind("kind", matter.kind().code())
                .bind("person", row.subject().person())
                .bind("credential", row.subject().credential())
                .bind("assurance", row.subject().assurance().code())
                .bind("proved", row.subject().provedAt())
                .bind("address", row.subject().address().getHostAddress().replaceAll("%.*", ""))
                .bind("camera", matter.camera().map(CameraId::value).orElse(null))
                .bind("first", matter.interval().map(TimeRange::start).orElse(null))
                .bind("past", matter.interval().map(TimeRange::end).orElse(null))
                .bind("purpose", matter.why().purpose().orElse(null))
                .bind("case", matter.why().caseNumber().orElse(null))
                .bind("about", matter.about())
                .bind("told", row.told())
                .bind("concerned", matter.concerned().map(PersonId::value).orElse(null))
                .bind("reason", row.reason().array())
                .bind("hash", row.hash().array())
                .bind("asked", row.askedAt())
                .bind("until", row.waitsUntil())
                .bind("alone", row.aloneAt().orElse(null))
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
                                    and used_at is null and waits_until > :now
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
                                    and used_at is null
                                """)
                        .bind("now", now)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// Uses up a yes, or a day in which nobody could say it. Of two who use it at once, one does.
    ///
    /// @return whether it was not used yet
    static boolean use(Handle handle, UUID id, Instant now) {
        return handle.createUpdate(
                                """
                                update access.approval set used_at = :now
                                where id = :id and used_at is null and withdrawn_at is null
                                    and (said_yes or (answered_at is null and alone_at <= :now))
                                """)
                        .bind("now", now)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                new Matter(
                        ApprovalRequest.Kind.of(row.getString("kind")),
                        Optional.ofNullable(row.getObject("camera", UUID.class)).map(CameraId::new),
                        interval(row),
                        new Why(
                                Optional.ofNullable(row.getString("purpose")),
                                Optional.ofNullable(row.getString("case_number"))),
                        row.getString("about"),
                        Optional.ofNullable(row.getObject("concerned", UUID.class))
                                .map(PersonId::new)),
                new Subject(
                        row.getObject("person", UUID.class),
                        row.getString("credential"),
                        assurance(row.getString("assurance")),
                        row.getTimestamp("proved_at").toInstant(),
                        InetAddress.ofLiteral(row.getString("host"))),
                row.getString("name"),
                row.getString("told"),
                Bytes.of(row.getBytes("reason")),
                Bytes.of(row.getBytes("hash")),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("waits_until").toInstant(),
                moment(row, "alone_at"),
                row.getTimestamp("withdrawn_at") != null,
                said(row),
                Optional.ofNullable(row.getString("answer_credential")).orElse(""),
                moment(row, "used_at"));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static Optional<TimeRange> interval(ResultSet row) throws SQLException {
        var first = moment(row, "first");
        var past = moment(row, "past");
        return first.flatMap(start -> past.map(end -> new TimeRange(start, end)));
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

    private static Assurance assurance(String code) {
        return Arrays.stream(Assurance.values())
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
