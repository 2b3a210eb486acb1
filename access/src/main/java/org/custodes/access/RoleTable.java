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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.custodes.rights.Hours;
import org.custodes.rights.RoleId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

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
    /// role of this name would give it to all; and the one that an emergency gives.
    static boolean idIsTaken(Handle handle, RoleId id) {
        return Template.of(id.code()).isPresent()
                || id.equals(Policies.EVERYBODY.role())
                || id.equals(Policies.TAKEN.role())
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

    /// One text per span; none for always.
    static List<String> texts(Hours hours) {
        return hours.equals(Hours.always())
                ? List.of()
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
                        .toList();
    }

    /// Writes a role, new or changed.
    static void save(Handle handle, Role role, Instant when, long entry) {
        var save =
                handle.createUpdate(
                        """
                        insert into access.role (id, name, template, oldest_seconds, since_given, hours,
                            purposes, needs_case, made_at, entry)
                        values (:id, :name, :template, :oldest, :since, :hours, :purposes, :case, :when,
                            :entry)
                        on conflict (id) do update set name = :name, oldest_seconds = :oldest,
                            since_given = :since, hours = :hours, purposes = :purposes,
                            needs_case = :case, entry = :entry
                        """);
        bind(save, role).bind("when", when).bind("entry", entry).execute();
        AssignmentTable.changed(handle);
    }

    /// Writes what a role will be when somebody has said yes to it.
    static void draft(Handle handle, UUID approval, Role role) {
        var draft =
                handle.createUpdate(
                        """
                        insert into access.role_draft (approval, id, name, template, oldest_seconds,
                            since_given, hours, purposes, needs_case)
                        values (:approval, :id, :name, :template, :oldest, :since, :hours, :purposes, :case)
                        """);
        bind(draft, role).bind("approval", approval).execute();
    }

    /// What a role will be when somebody has said yes to it.
    static Optional<Role> drafted(Handle handle, UUID approval) {
        return handle.createQuery(
                        """
                        select id, name, template, oldest_seconds, since_given, hours, purposes, needs_case
                        from access.role_draft where approval = :approval
                        """)
                .bind("approval", approval)
                .map((row, _) -> read(row))
                .findOne();
    }

    /// Those that were asked for since then, by what was asked.
    static Map<UUID, Role> draftedSince(Handle handle, Instant then) {
        return handle.createQuery(
                        """
                        select approval, id, name, template, oldest_seconds, since_given, hours, purposes,
                            needs_case
                        from access.role_draft
                        """
                                + ApprovalTable.ASKED_SINCE)
                .bind("then", then)
                .map((row, _) -> Map.entry(row.getObject("approval", UUID.class), read(row)))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Update bind(Update update, Role role) {
        var limits = role.limits();
        return update.bind("id", role.id().code())
                .bind("name", role.name())
                .bind("template", role.template().code())
                .bind("oldest", limits.oldest().map(Duration::toSeconds).orElse(null))
                .bind("since", limits.sinceGiven())
                .bindArray("hours", String.class, texts(limits.hours()).toArray())
                .bindArray(
                        "purposes",
                        String.class,
                        limits.purposes().stream().map(Purpose::code).sorted().toArray())
                .bind("case", limits.needsCase());
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
