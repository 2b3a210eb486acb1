package org.custodes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.rights.Assignment;
import org.custodes.rights.Scope;
import org.jdbi.v3.core.Handle;

/// The tables `access.emergency` and `access.emergency_look`.
final class EmergencyTable {
    private static final String READ =
            """
            select emergency.*, person.name as name, reviewer.name as reviewer, held.every_camera,
                array(select camera from access.assignment_camera
                    where assignment_camera.assignment = held.id) as cameras,
                array(select camera_group from access.assignment_group
                    where assignment_group.assignment = held.id) as camera_groups
            from access.emergency
            join access.person on person.id = emergency.person
            join access.assignment as held on held.id = emergency.assignment
            left join access.person as reviewer on reviewer.id = reviewed_by
            """;

    /// What is held for emergencies, as long as it holds.
    private static final String HOLDS =
            """
            select 1 from access.assignment as held
            where held.person = emergency.person and held.role = :role and held.ended_at is null
                and held.since <= :now and held.review_by > :now
                and (held.until is null or held.until > :now)
            """;

    /// What was said of one afterwards.
    ///
    /// @param note sealed
    record Said(PersonId by, String name, Instant at, Bytes note) {}

    /// @param reason sealed
    record Row(
            UUID id,
            PersonId person,
            String name,
            Scope on,
            Bytes reason,
            Instant takenAt,
            Instant until,
            Optional<Emergency.End> ended,
            Instant reviewBy,
            List<Emergency.Looked> looked,
            Optional<Said> said) {

        boolean runs(Instant now) {
            return ended.isEmpty() && now.isBefore(until);
        }
    }

    /// One that has ended by itself, and of which that was not written yet.
    record Over(UUID id, PersonId person, Emergency.End end) {}

    private EmergencyTable() {}

    static Optional<Row> byId(Handle handle, UUID id) {
        return handle.createQuery(READ + "where emergency.id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne()
                .map(row -> withLooks(row, looked(handle, Instant.EPOCH)));
    }

    /// Those that were taken since then, and those that nobody has reviewed: these first, and then the newest.
    static List<Row> since(Handle handle, Instant then, int most) {
        var looked = looked(handle, then);
        return handle
                .createQuery(
                        READ
                                + """
                                where taken_at > :then or reviewed_at is null
                                order by (reviewed_at is null) desc, taken_at desc
                                limit :most
                                """)
                .bind("then", then)
                .bind("most", most)
                .map((row, _) -> read(row))
                .list()
                .stream()
                .map(row -> withLooks(row, looked))
                .toList();
    }

    /// What somebody has taken and what has not ended.
    static Optional<Row> running(Handle handle, PersonId person, Instant now) {
        return handle.createQuery(
                        READ + "where emergency.person = :person and emergency.ended_at is null")
                .bind("person", person.value())
                .map((row, _) -> read(row))
                .findOne()
                .filter(row -> row.runs(now));
    }

    private record Look(UUID emergency, Emergency.Looked looked) {}

    private static Map<UUID, List<Emergency.Looked>> looked(Handle handle, Instant then) {
        return handle
                .createQuery(
                        """
                        select look.emergency, look.camera, count(*) as looks
                        from access.emergency_look as look
                        join access.emergency as taken on taken.id = look.emergency
                        where taken.taken_at > :then or taken.reviewed_at is null
                        group by look.emergency, look.camera
                        order by min(look.opened_at), look.camera
                        """)
                .bind("then", then)
                .map((row, _) ->
                        new Look(
                                row.getObject("emergency", UUID.class),
                                new Emergency.Looked(
                                        new CameraId(row.getObject("camera", UUID.class)),
                                        row.getInt("looks"))))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Look::emergency,
                                Collectors.mapping(Look::looked, Collectors.toList())));
    }

    private static Row withLooks(Row row, Map<UUID, List<Emergency.Looked>> looked) {
        return new Row(
                row.id(),
                row.person(),
                row.name(),
                row.on(),
                row.reason(),
                row.takenAt(),
                row.until(),
                row.ended(),
                row.reviewBy(),
                looked.getOrDefault(row.id(), List.of()),
                row.said());
    }

    /// Whether somebody takes nothing now: something was not reviewed in time, or so many were not reviewed yet.
    static boolean locked(Handle handle, PersonId person, int most, Instant now) {
        return handle.createQuery(
                        """
                        select count(*) >= :most or count(*) filter (where review_by <= :now) > 0
                        from access.emergency where person = :person and reviewed_at is null
                        """)
                .bind("most", most)
                .bind("person", person.value())
                .bind("now", now)
                .mapTo(boolean.class)
                .one();
    }

    /// How many have not ended on record, by whatever they ended.
    static int open(Handle handle) {
        return handle.createQuery("select count(*) from access.emergency where ended_at is null")
                .mapTo(int.class)
                .one();
    }

    static StandingEmergencies standing(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        select count(*) filter (where ended_at is null and until > :now) as running,
                            max(until) filter (where ended_at is null and until > :now) as last,
                            count(*) filter (where reviewed_at is null and review_by <= :now) as unreviewed
                        from access.emergency
                        """)
                .bind("now", now)
                .map((row, _) ->
                        new StandingEmergencies(
                                row.getInt("running"),
                                Optional.ofNullable(row.getTimestamp("last"))
                                        .map(Timestamp::toInstant),
                                row.getInt("unreviewed")))
                .one();
    }

    /// What decisions know: whoever has taken something has a role more, on the cameras that they hold it on now, and
    /// no longer than they hold it.
    static List<Assignment> assignments(Handle handle) {
        return handle.createQuery(
                        """
                        select emergency.person, taken_at, least(emergency.until, held.until) as until,
                            held.review_by, held.every_camera,
                            array(select camera from access.assignment_camera
                                where assignment = held.id) as cameras,
                            array(select camera_group from access.assignment_group
                                where assignment = held.id) as camera_groups
                        from access.emergency
                        join access.assignment as held on held.person = emergency.person
                        where emergency.ended_at is null and held.ended_at is null and held.role = :role
                        """)
                .bind("role", Template.EMERGENCY.code())
                .map((row, _) ->
                        new Assignment(
                                row.getObject("person", UUID.class),
                                Policies.TAKEN.role(),
                                AssignmentTable.scope(row),
                                row.getTimestamp("taken_at").toInstant(),
                                Optional.of(row.getTimestamp("until").toInstant()),
                                row.getTimestamp("review_by").toInstant(),
                                true))
                .list();
    }

    /// Takes it. Of two that somebody takes at once, one.
    ///
    /// @return whether nothing ran
    static boolean take(Handle handle, Row row, UUID assignment, String credential, long entry) {
        var taken =
                handle.createUpdate(
                                """
                                insert into access.emergency (id, person, assignment, credential, reason,
                                    taken_at, until, review_by, entry)
                                values (:id, :person, :assignment, :credential, :reason, :taken, :until,
                                    :review, :entry)
                                on conflict do nothing
                                """)
                        .bind("id", row.id())
                        .bind("person", row.person().value())
                        .bind("assignment", assignment)
                        .bind("credential", credential)
                        .bind("reason", row.reason().array())
                        .bind("taken", row.takenAt())
                        .bind("until", row.until())
                        .bind("review", row.reviewBy())
                        .bind("entry", entry)
                        .execute();
        AssignmentTable.changed(handle);
        return taken == 1;
    }

    /// A look that nothing else would have shown.
    ///
    /// @return whether an emergency of this person runs
    static boolean look(Handle handle, PersonId person, CameraId camera, Instant now, long entry) {
        return handle.createUpdate(
                                """
                                insert into access.emergency_look (emergency, entry, camera, opened_at)
                                select id, cast(:entry as bigint), cast(:camera as uuid),
                                    cast(:now as timestamptz)
                                from access.emergency
                                where person = :person and ended_at is null and until > :now
                                """)
                        .bind("entry", entry)
                        .bind("camera", camera.value())
                        .bind("now", now)
                        .bind("person", person.value())
                        .execute()
                == 1;
    }

    /// Those whose time is up, or whose role was taken back or lapsed.
    static List<Over> over(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        select id, person, until from access.emergency
                        where ended_at is null and (until <= :now or not exists (%s))
                        """
                                .formatted(HOLDS))
                .bind("role", Template.EMERGENCY.code())
                .bind("now", now)
                .map((row, _) ->
                        new Over(
                                row.getObject("id", UUID.class),
                                new PersonId(row.getObject("person", UUID.class)),
                                end(row.getTimestamp("until").toInstant(), now)))
                .list();
    }

    private static Emergency.End end(Instant until, Instant now) {
        return now.isBefore(until)
                ? new Emergency.End(now, Emergency.How.TAKEN_BACK)
                : new Emergency.End(until, Emergency.How.TIME);
    }

    /// Writes how it ended.
    ///
    /// @return whether it had not ended
    static boolean end(Handle handle, UUID id, Emergency.End end) {
        var ended =
                handle.createUpdate(
                                """
                                update access.emergency
                                set ended_at = least(until, greatest(taken_at, :at)), ended_how = :how
                                where id = :id and ended_at is null
                                """)
                        .bind("at", end.at())
                        .bind("how", end.how().code())
                        .bind("id", id)
                        .execute();
        AssignmentTable.changed(handle);
        return ended == 1;
    }

    /// Writes what was said of one that is over.
    ///
    /// @return whether nobody had reviewed it
    static boolean review(
            Handle handle, UUID id, PersonId by, Bytes note, Instant when, long entry) {
        return handle.createUpdate(
                                """
                                update access.emergency set reviewed_at = :when, reviewed_by = :by,
                                    note = :note, entry = :entry
                                where id = :id and reviewed_at is null and ended_at is not null
                                """)
                        .bind("when", when)
                        .bind("by", by.value())
                        .bind("note", note.array())
                        .bind("entry", entry)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("name"),
                AssignmentTable.scope(row),
                Bytes.of(row.getBytes("reason")),
                row.getTimestamp("taken_at").toInstant(),
                row.getTimestamp("until").toInstant(),
                ended(row),
                row.getTimestamp("review_by").toInstant(),
                List.of(),
                said(row));
    }

    private static Optional<Emergency.End> ended(ResultSet row) throws SQLException {
        var at = row.getTimestamp("ended_at");
        return at == null
                ? Optional.empty()
                : Optional.of(
                        new Emergency.End(
                                at.toInstant(), Emergency.How.of(row.getString("ended_how"))));
    }

    private static Optional<Said> said(ResultSet row) throws SQLException {
        var at = row.getTimestamp("reviewed_at");
        return at == null
                ? Optional.empty()
                : Optional.of(
                        new Said(
                                new PersonId(row.getObject("reviewed_by", UUID.class)),
                                row.getString("reviewer"),
                                at.toInstant(),
                                Bytes.of(row.getBytes("note"))));
    }
}
