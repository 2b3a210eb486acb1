package org.custodes.access;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.custodes.rights.Hours;
import org.custodes.rights.RoleId;
import org.jdbi.v3.core.Handle;

/// The table `access.role`.
final class RoleTable {
    private RoleTable() {}

    /// The templates, and then those of one's own by name; none that was retired.
    static List<Role> all(Handle handle) {
        var own =
                handle.createQuery(
                                """
                                select id, name, template, oldest_seconds, since_given, hours, purposes,
                                    needs_case
                                from access.role where retired_at is null order by lower(name)
                                """)
                        .map((row, _) -> read(row))
                        .list();
        return Stream.concat(Role.builtIn().stream(), own.stream()).toList();
    }

    /// Those too that were retired: a name in the log stays one role's. And the one that everybody has, or to make a
    /// role of this name would give it to all.
    static boolean idIsTaken(Handle handle, RoleId id) {
        return Template.of(id.code()).isPresent()
                || id.equals(Policies.EVERYBODY.role())
                || handle.createQuery("select exists (select 1 from access.role where id = :id)")
                        .bind("id", id.code())
                        .mapTo(boolean.class)
                        .one();
    }

    private static Role read(ResultSet row) throws SQLException {
        var seconds = row.getObject("oldest_seconds", Long.class);
        return new Role(
                new RoleId(row.getString("id")),
                row.getString("name"),
                Template.of(row.getString("template")).orElseThrow(),
                new Limits(
                        Optional.ofNullable(seconds).map(Duration::ofSeconds),
                        row.getBoolean("since_given"),
                        hours(row.getArray("hours")),
                        purposes(row.getArray("purposes")),
                        row.getBoolean("needs_case")));
    }

    private static Set<Purpose> purposes(Array texts) throws SQLException {
        var codes = Set.of((String[]) texts.getArray());
        return Arrays.stream(Purpose.values())
                .filter(purpose -> codes.contains(purpose.code()))
                .collect(Collectors.toSet());
    }

    private static Hours hours(Array texts) throws SQLException {
        var spans = Arrays.stream((String[]) texts.getArray()).map(RoleTable::span).toList();
        return spans.isEmpty() ? Hours.always() : new Hours(spans);
    }

    private static Hours.Span span(String text) {
        var parts = text.split(" ", -1);
        return new Hours.Span(
                Arrays.stream(parts[0].split(",", -1))
                        .map(DayOfWeek::valueOf)
                        .collect(Collectors.toSet()),
                LocalTime.parse(parts[1]),
                LocalTime.parse(parts[2]));
    }

    private static String[] texts(Hours hours) {
        return hours.equals(Hours.always())
                ? new String[0]
                : hours.spans().stream()
                        .map(span ->
                                "%s %s %s"
                                        .formatted(
                                                span.days().stream()
                                                        .sorted()
                                                        .map(DayOfWeek::name)
                                                        .collect(Collectors.joining(",")),
                                                span.from(),
                                                span.to()))
                        .toArray(String[]::new);
    }

    /// Writes a role, new or changed.
    static void save(Handle handle, Role role, Instant when, long entry) {
        var limits = role.limits();
        handle.createUpdate(
                        """
                        insert into access.role (id, name, template, oldest_seconds, since_given, hours,
                            purposes, needs_case, made_at, entry)
                        values (:id, :name, :template, :oldest, :since, :hours, :purposes, :case, :when,
                            :entry)
                        on conflict (id) do update set name = :name, oldest_seconds = :oldest,
                            since_given = :since, hours = :hours, purposes = :purposes,
                            needs_case = :case, entry = :entry
                        """)
                .bind("id", role.id().code())
                .bind("name", role.name())
                .bind("template", role.template().code())
                .bind("oldest", limits.oldest().map(Duration::toSeconds).orElse(null))
                .bind("since", limits.sinceGiven())
                .bindArray("hours", String.class, (Object[]) texts(limits.hours()))
                .bindArray(
                        "purposes",
                        String.class,
                        limits.purposes().stream().map(Purpose::code).sorted().toArray())
                .bind("case", limits.needsCase())
                .bind("when", when)
                .bind("entry", entry)
                .execute();
        AssignmentTable.changed(handle);
    }

    static void retire(Handle handle, RoleId id, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update access.role set retired_at = :when, entry = :entry
                        where id = :id and retired_at is null
                        """)
                .bind("when", when)
                .bind("entry", entry)
                .bind("id", id.code())
                .execute();
        AssignmentTable.changed(handle);
    }
}
