package org.custodes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.rights.GroupId;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;
import org.jdbi.v3.core.Handle;

/// The tables `access.assignment`, `access.assignment_camera` and `access.assignment_group`, and `access.policy` which counts their changes.
final class AssignmentTable {

    /// A role and who has it.
    record Row(PersonId person, Held held) {}

    /// One of what somebody has a role on.
    private record Given(UUID assignment, UUID on) {}

    private AssignmentTable() {}

    /// The number of the last change; 0 before the first.
    static long version(Handle handle) {
        return handle.createQuery("select version from access.policy")
                .mapTo(long.class)
                .findOne()
                .orElse(0L);
    }

    /// Everybody's that have not been taken back, each person's in the order in which they were given.
    static List<Row> all(Handle handle) {
        return read(handle, "true", Map.of());
    }

    /// As [#all], of one person.
    static List<Held> of(Handle handle, PersonId person) {
        return read(handle, "person = :person", Map.of("person", person.value())).stream()
                .map(Row::held)
                .toList();
    }

    private static List<Row> read(Handle handle, String which, Map<String, UUID> values) {
        var cameras = given(handle, "camera", which, values);
        var groups = given(handle, "group", which, values);
        return handle.createQuery(
                        """
                        select id, person, role, every_camera, since, until, review_by
                        from access.assignment
                        where ended_at is null and %s order by since, role
                        """
                                .formatted(which))
                .bindMap(values)
                .map((row, _) -> read(row, cameras, groups))
                .list();
    }

    /// @param kind `camera` or `group`
    private static Map<UUID, Set<UUID>> given(
            Handle handle, String kind, String which, Map<String, UUID> values) {
        var column = kind.equals("group") ? "camera_group" : "camera";
        return handle
                .createQuery(
                        """
                        select assignment, %s as given from access.assignment_%s
                        join access.assignment on id = assignment
                        where ended_at is null and %s
                        """
                                .formatted(column, kind, which))
                .bindMap(values)
                .map((row, _) ->
                        new Given(
                                row.getObject("assignment", UUID.class),
                                row.getObject("given", UUID.class)))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Given::assignment,
                                Collectors.mapping(Given::on, Collectors.toSet())));
    }

    private static Row read(
            ResultSet row, Map<UUID, Set<UUID>> cameras, Map<UUID, Set<UUID>> groups)
            throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Row(
                new PersonId(row.getObject("person", UUID.class)),
                new Held(
                        id,
                        new RoleId(row.getString("role")),
                        scope(
                                row.getBoolean("every_camera"),
                                groups.getOrDefault(id, Set.of()),
                                cameras.getOrDefault(id, Set.of())),
                        row.getTimestamp("since").toInstant(),
                        Optional.ofNullable(row.getTimestamp("until")).map(Timestamp::toInstant),
                        row.getTimestamp("review_by").toInstant()));
    }

    /// All, or else groups, or else cameras.
    private static Scope scope(boolean every, Set<UUID> groups, Set<UUID> cameras) {
        if (every) {
            return new Scope.All();
        }
        return groups.isEmpty()
                ? new Scope.Cameras(cameras.stream().map(CameraId::new).collect(Collectors.toSet()))
                : new Scope.Groups(groups.stream().map(GroupId::new).collect(Collectors.toSet()));
    }

    /// As a row has it that is not of this table: in the columns `every_camera`, `camera_groups` and `cameras`.
    static Scope scope(ResultSet row) throws SQLException {
        return scope(
                row.getBoolean("every_camera"), ids(row, "camera_groups"), ids(row, "cameras"));
    }

    /// The ids of an array.
    static Set<UUID> ids(ResultSet row, String column) throws SQLException {
        return Set.of((UUID[]) row.getArray(column).getArray());
    }

    /// The groups that a role is on; none if it is on something else.
    static Set<UUID> groups(Scope on) {
        return on instanceof Scope.Groups(var groups)
                ? groups.stream().map(GroupId::value).collect(Collectors.toSet())
                : Set.of();
    }

    /// The cameras that a role is on one by one; none if it is on something else.
    static Set<UUID> cameras(Scope on) {
        return on instanceof Scope.Cameras(var cameras)
                ? cameras.stream().map(CameraId::value).collect(Collectors.toSet())
                : Set.of();
    }

    static long holders(Handle handle, RoleId role) {
        return handle.createQuery(
                        "select count(*) from access.assignment where role = :role and ended_at is null")
                .bind("role", role.code())
                .mapTo(long.class)
                .one();
    }

    static void give(Handle handle, PersonId person, Held held, long entry) {
        handle.createUpdate(
                        """
                        insert into access.assignment
                            (id, person, role, every_camera, since, until, review_by, entry)
                        values (:id, :person, :role, :every, :since, :until, :review, :entry)
                        """)
                .bind("id", held.id())
                .bind("person", person.value())
                .bind("role", held.role().code())
                .bind("every", held.on() instanceof Scope.All)
                .bind("since", held.since())
                .bind("until", held.until().orElse(null))
                .bind("review", held.reviewBy())
                .bind("entry", entry)
                .execute();
        giveEach(handle, "camera", held.id(), cameras(held.on()));
        giveEach(handle, "group", held.id(), groups(held.on()));
        changed(handle);
    }

    /// @param kind `camera` or `group`
    private static void giveEach(
            Handle handle, String kind, UUID assignment, Collection<UUID> given) {
        var column = kind.equals("group") ? "camera_group" : "camera";
        var batch =
                handle.prepareBatch(
                        "insert into access.assignment_%s (assignment, %s) values (:id, :given)"
                                .formatted(kind, column));
        given.forEach(one -> batch.bind("id", assignment).bind("given", one).add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /// Why somebody has it, before anybody has opened that.
    ///
    /// @param person who has it
    /// @param name of the owner
    record SealedGrounds(PersonId person, PersonId owner, String name, Bytes reason) {}

    /// Of all that have not been taken back and that somebody answers for, by their ids.
    static Map<UUID, SealedGrounds> grounds(Handle handle) {
        return handle.createQuery(
                        """
                        select assignment.id as id, assignment.person as person, owner, reason,
                            answering.name as name
                        from access.assignment
                        join access.person as answering on answering.id = owner
                        where ended_at is null
                        """)
                .map((row, _) ->
                        Map.entry(
                                row.getObject("id", UUID.class),
                                new SealedGrounds(
                                        new PersonId(row.getObject("person", UUID.class)),
                                        new PersonId(row.getObject("owner", UUID.class)),
                                        row.getString("name"),
                                        Bytes.of(row.getBytes("reason")))))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /// @param reason sealed under the key of whoever has it
    static void because(Handle handle, UUID assignment, PersonId owner, Bytes reason) {
        handle.createUpdate(
                        "update access.assignment set owner = :owner, reason = :reason where id = :id")
                .bind("owner", owner.value())
                .bind("reason", reason.array())
                .bind("id", assignment)
                .execute();
    }

    /// For the same reason as the one in whose place it is.
    static void becauseOf(Handle handle, UUID assignment, UUID former) {
        handle.createUpdate(
                        """
                        update access.assignment set owner = former.owner, reason = former.reason
                        from access.assignment as former
                        where assignment.id = :id and former.id = :former
                        """)
                .bind("id", assignment)
                .bind("former", former)
                .execute();
    }

    /// Takes one back, if it was not yet.
    static void end(Handle handle, UUID assignment, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update access.assignment set ended_at = :when, entry = :entry
                        where id = :id and ended_at is null
                        """)
                .bind("when", when)
                .bind("entry", entry)
                .bind("id", assignment)
                .execute();
        changed(handle);
    }

    static void endAll(Handle handle, PersonId person, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update access.assignment set ended_at = :when, entry = :entry
                        where person = :person and ended_at is null
                        """)
                .bind("when", when)
                .bind("entry", entry)
                .bind("person", person.value())
                .execute();
        changed(handle);
    }

    /// Makes the roles of a person what they are after a change: those that are gone end, others are given.
    static void change(Handle handle, Person before, Person after, Instant when, long entry) {
        var kept = after.roles().stream().map(Held::id).collect(Collectors.toSet());
        var had = before.roles().stream().map(Held::id).collect(Collectors.toSet());
        before.roles().stream()
                .filter(held -> !kept.contains(held.id()))
                .forEach(held -> end(handle, held.id(), when, entry));
        for (var held : after.roles()) {
            if (!had.contains(held.id())) {
                give(handle, after.id(), held, entry);
            } else if (!before.roles().contains(held)) {
                review(handle, held.id(), held.reviewBy(), entry);
            }
        }
    }

    static void review(Handle handle, UUID assignment, Instant reviewBy, long entry) {
        handle.createUpdate(
                        """
                        update access.assignment set review_by = :review, entry = :entry
                        where id = :id and ended_at is null
                        """)
                .bind("review", reviewBy)
                .bind("entry", entry)
                .bind("id", assignment)
                .execute();
        changed(handle);
    }

    static void changed(Handle handle) {
        handle.execute(
                """
                insert into access.policy (version) values (1)
                on conflict (only_row) do update set version = policy.version + 1
                """);
    }
}
