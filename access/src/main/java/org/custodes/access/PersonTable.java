package org.custodes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.jdbi.v3.core.Handle;

/// The tables `access.person` and `access.person_camera`.
final class PersonTable {

    /// A person and what opens their door.
    ///
    /// @param password and `totp` sealed under the person's own key
    /// @param totpStep the last step whose code was used
    record Row(Person person, Optional<Bytes> password, Optional<Bytes> totp, long totpStep) {}

    private record Given(UUID person, CameraId camera) {}

    private static final String COLUMNS =
            "id, name, role, every_camera, state, last_sign_in, password, totp, totp_step";

    private PersonTable() {}

    /// By name; removed ones too.
    static List<Person> all(Handle handle) {
        var cameras = cameras(handle);
        return handle
                .createQuery("select " + COLUMNS + " from access.person order by name_key, id")
                .map((row, _) -> read(row, cameras))
                .list()
                .stream()
                .map(Row::person)
                .toList();
    }

    static Optional<Row> byId(Handle handle, PersonId id) {
        var cameras = cameras(handle);
        return handle.createQuery("select " + COLUMNS + " from access.person where id = :id")
                .bind("id", id.value())
                .map((row, _) -> read(row, cameras))
                .findOne();
    }

    /// Somebody who was not removed.
    static Optional<Row> byName(Handle handle, String name) {
        var cameras = cameras(handle);
        return handle.createQuery(
                        "select "
                                + COLUMNS
                                + " from access.person where name_key = :key and state <> 'removed'")
                .bind("key", key(name))
                .map((row, _) -> read(row, cameras))
                .findOne();
    }

    /// Whether there is somebody of this role who can sign in with a password of their own.
    static boolean anyEnrolled(Handle handle, Role role) {
        return handle.createQuery(
                        """
                        select exists (select 1 from access.person
                            where role = :role and state = 'active' and password is not null)
                        """)
                .bind("role", role.code())
                .mapTo(boolean.class)
                .one();
    }

    private static Map<UUID, List<CameraId>> cameras(Handle handle) {
        return handle
                .createQuery("select person, camera from access.person_camera")
                .map((row, _) ->
                        new Given(
                                row.getObject("person", UUID.class),
                                new CameraId(row.getObject("camera", UUID.class))))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Given::person,
                                Collectors.mapping(Given::camera, Collectors.toList())));
    }

    private static Row read(ResultSet row, Map<UUID, List<CameraId>> cameras) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var role = role(row.getString("role"));
        var scope =
                row.getBoolean("every_camera")
                        ? new CameraScope.All()
                        : new CameraScope.Listed(Set.copyOf(cameras.getOrDefault(id, List.of())));
        return new Row(
                new Person(
                        new PersonId(id),
                        row.getString("name"),
                        role,
                        scope,
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
                        insert into access.person
                            (id, name, name_key, role, every_camera, state, invited_at, entry)
                        values (:id, :name, :key, :role, :every, :state, :when, :entry)
                        """)
                .bind("id", person.id().value())
                .bind("name", person.name())
                .bind("key", key(person.name()))
                .bind("role", person.role().code())
                .bind("every", person.cameras() instanceof CameraScope.All)
                .bind("state", person.state().code())
                .bind("when", when)
                .bind("entry", entry)
                .execute();
        giveEach(handle, person.id(), person.cameras());
    }

    static void setCameras(Handle handle, PersonId id, CameraScope cameras, long entry) {
        handle.createUpdate(
                        """
                        update access.person set every_camera = :every, entry = :entry where id = :id
                        """)
                .bind("every", cameras instanceof CameraScope.All)
                .bind("entry", entry)
                .bind("id", id.value())
                .execute();
        handle.createUpdate("delete from access.person_camera where person = :id")
                .bind("id", id.value())
                .execute();
        giveEach(handle, id, cameras);
    }

    private static void giveEach(Handle handle, PersonId id, CameraScope cameras) {
        if (cameras instanceof CameraScope.Listed(var listed)) {
            for (var camera : listed) {
                handle.createUpdate(
                                "insert into access.person_camera (person, camera) values (:id, :camera)")
                        .bind("id", id.value())
                        .bind("camera", camera.value())
                        .execute();
            }
        }
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

    static void remove(Handle handle, PersonId id, long entry) {
        handle.createUpdate(
                        """
                        update access.person
                        set state = 'removed', password = null, totp = null, entry = :entry
                        where id = :id
                        """)
                .bind("entry", entry)
                .bind("id", id.value())
                .execute();
    }

    /// The name as sign-in compares it.
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static Role role(String code) {
        return Arrays.stream(Role.values())
                .filter(role -> role.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static Person.State state(String code) {
        return Arrays.stream(Person.State.values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
