package org.custodes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.media.Bytes;
import org.custodes.rights.RoleId;
import org.jdbi.v3.core.Handle;

/// The table `access.person`.
final class PersonTable {

    /// A person and what opens their door.
    ///
    /// @param password and `totp` sealed under the person's own key
    /// @param totpStep the last step whose code was used
    record Row(Person person, Optional<Bytes> password, Optional<Bytes> totp, long totpStep) {}

    private static final String COLUMNS =
            "id, name, state, last_sign_in, password, totp, totp_step";

    private PersonTable() {}

    /// By name; removed ones too.
    static List<Person> all(Handle handle) {
        var roles =
                AssignmentTable.all(handle).stream()
                        .collect(
                                Collectors.groupingBy(
                                        AssignmentTable.Row::person,
                                        Collectors.mapping(
                                                AssignmentTable.Row::held, Collectors.toList())));
        return handle
                .createQuery("select " + COLUMNS + " from access.person order by name_key, id")
                .map((row, _) -> read(row))
                .list()
                .stream()
                .map(Row::person)
                .map(person -> person.with(roles.getOrDefault(person.id(), List.of())))
                .toList();
    }

    /// Everybody who was not removed.
    static List<PersonId> present(Handle handle) {
        return handle.createQuery("select id from access.person where state <> 'removed'")
                .mapTo(UUID.class)
                .map(PersonId::new)
                .list();
    }

    static Optional<Row> byId(Handle handle, PersonId id) {
        return handle.createQuery("select " + COLUMNS + " from access.person where id = :id")
                .bind("id", id.value())
                .map((row, _) -> read(row))
                .findOne()
                .map(found -> withRoles(handle, found));
    }

    /// Somebody who was not removed.
    static Optional<Row> byName(Handle handle, String name) {
        return handle.createQuery(
                        "select "
                                + COLUMNS
                                + " from access.person where name_key = :key and state <> 'removed'")
                .bind("key", key(name))
                .map((row, _) -> read(row))
                .findOne()
                .map(found -> withRoles(handle, found));
    }

    private static Row withRoles(Handle handle, Row found) {
        var person = found.person().with(AssignmentTable.of(handle, found.person().id()));
        return new Row(person, found.password(), found.totp(), found.totpStep());
    }

    /// Whether there is somebody who can sign in with a password of their own and has this role now, or who has it and
    /// could until their sign-in was reset: for them there is a link of their own.
    static boolean anyEnrolled(Handle handle, RoleId role, Instant now) {
        return handle.createQuery(
                        """
                        select exists (select 1 from access.person
                            join access.assignment on person = person.id
                            where role = :role
                                and (password is not null
                                    or state = 'invited' and last_sign_in is not null)
                                and ended_at is null and review_by > :now
                                and since <= :now and (until is null or until > :now))
                        """)
                .bind("role", role.code())
                .bind("now", now)
                .mapTo(boolean.class)
                .one();
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                new Person(
                        new PersonId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        List.of(),
                        List.of(),
                        state(row.getString("state")),
                        Optional.ofNullable(row.getTimestamp("last_sign_in"))
                                .map(Timestamp::toInstant)),
                Optional.ofNullable(row.getBytes("password")).map(Bytes::of),
                Optional.ofNullable(row.getBytes("totp")).map(Bytes::of),
                row.getLong("totp_step"));
    }

    static void add(Handle handle, Person person, Instant when, long entry) {
        handle.createUpdate(
                        """
                        insert into access.person (id, name, name_key, state, invited_at, entry)
                        values (:id, :name, :key, :state, :when, :entry)
                        """)
                .bind("id", person.id().value())
                .bind("name", person.name())
                .bind("key", key(person.name()))
                .bind("state", person.state().code())
                .bind("when", when)
                .bind("entry", entry)
                .execute();
        person.roles().forEach(held -> AssignmentTable.give(handle, person.id(), held, entry));
        // Whoever is here may see that they are, with no role too.
        AssignmentTable.changed(handle);
    }

    static void enrol(
            Handle handle,
            PersonId id,
            String name,
            Bytes password,
            Bytes totp,
            long totpStep,
            long entry) {
        handle.createUpdate(
                        """
                        update access.person set name = :name, name_key = :key, state = 'active',
                            password = :password, totp = :totp, totp_step = :step, entry = :entry
                        where id = :id and state <> 'removed'
                        """)
                .bind("name", name)
                .bind("key", key(name))
                .bind("password", password.array())
                .bind("totp", totp.array())
                .bind("step", totpStep)
                .bind("entry", entry)
                .bind("id", id.value())
                .execute();
    }

    /// Whether this step was unused until now; of two that come together, one.
    static boolean useStep(Handle handle, PersonId id, long step) {
        return handle.createUpdate(
                                """
                                update access.person set totp_step = :step
                                where id = :id and totp_step < :step
                                """)
                        .bind("step", step)
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    static void signedIn(Handle handle, PersonId id, Instant when) {
        handle.createUpdate("update access.person set last_sign_in = :when where id = :id")
                .bind("when", when)
                .bind("id", id.value())
                .execute();
    }

    static void remove(Handle handle, PersonId id, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update access.person
                        set state = 'removed', password = null, totp = null, entry = :entry
                        where id = :id
                        """)
                .bind("entry", entry)
                .bind("id", id.value())
                .execute();
        AssignmentTable.endAll(handle, id, when, entry);
        PasskeyTable.endAll(handle, id, when, entry);
        RecoveryTable.removeAll(handle, id);
    }

    /// They are invited again, as on their first day; their roles stay.
    static void reset(Handle handle, PersonId id, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update access.person
                        set state = 'invited', password = null, totp = null, entry = :entry
                        where id = :id and state = 'active'
                        """)
                .bind("entry", entry)
                .bind("id", id.value())
                .execute();
        PasskeyTable.endAll(handle, id, when, entry);
        RecoveryTable.removeAll(handle, id);
        SessionTable.removeAll(handle, id);
        LinkTable.removeAll(handle, id);
    }

    /// Whether they may sign in, and that nothing about them changes until this transaction ends.
    static boolean holdActive(Handle handle, PersonId id) {
        return handle.createQuery(
                        "select id from access.person where id = :id and state = 'active' for share")
                .bind("id", id.value())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /// The name as sign-in compares it.
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static Person.State state(String code) {
        return Arrays.stream(Person.State.values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
