package org.custodes.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.register.RegisterHouse.camera;
import static org.custodes.register.RegisterHouse.done;
import static org.custodes.register.RegisterHouse.faults;
import static org.custodes.register.RegisterHouse.fits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.CameraId;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterTest {
    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private RegisterHouse house;
    private Register register;

    @BeforeAll
    static void start() {
        database =
                Database.embedded(cluster, DatabaseSwitch.PASSWORD.toCharArray(), _ -> {})
                        .awaitFirstAnswer(Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        house = new RegisterHouse(folder, database);
        register = house.register;
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_camera_comes_back_after_a_restart_as_it_was_added() {
        var wanted =
                new NewCamera(
                        "  Front door ",
                        Optional.of(house.site.id().toString()),
                        "rtsp://lobby.example:8554/main?profile=1",
                        Optional.of("viewer"),
                        Optional.of("p:ä ss/w@rd"),
                        Optional.of("rtsp://lobby.example:8554/small"),
                        "burglary at night",
                        "outdoor",
                        Optional.empty());

        var added = house.added(wanted);

        try (var again = house.open(database)) {
            assertThat(again.cameras()).containsExactly(added);
            assertThat(again.fromSnapshot()).isFalse();
            var device = again.device(added.device());
            assertThat(again.address(added, added.streams().getFirst()).uri())
                    .isEqualTo("rtsp://lobby.example:8554/main?profile=1");
            assertThat(device.address().getHostAddress()).isEqualTo("192.0.2.77");
            assertThat(device.hasSecret()).isTrue();
            try (var secret = again.secret(device.id()).orElseThrow()) {
                assertThat(secret.user()).isEqualTo("viewer");
                assertThat(new String(secret.password())).isEqualTo("p:ä ss/w@rd");
            }
        }
        assertThat(added.name()).isEqualTo("Front door");
        assertThat(added.retention()).hasHours(48);
        assertThat(added.stream(StreamRole.WALL).orElseThrow().path()).isEqualTo("/small");
        assertThat(List.of(added.microphone(), added.speaker(), added.metadata()))
                .containsOnly(false);
    }

    @Test
    void retention_is_72_hours_indoors_and_48_where_the_view_is_outdoor_or_public() {
        assertThat(View.INDOOR.defaultRetention()).hasHours(72);
        assertThat(View.OUTDOOR.defaultRetention()).hasHours(48);
        assertThat(View.PUBLIC.defaultRetention()).hasHours(48);
    }

    @Test
    void the_same_stream_address_twice_is_refused_whatever_the_host_is_called() {
        house.added(camera("Lobby", "rtsp://lobby.example/main"));

        var sameName = register.checkNew(camera("Again", "rtsp://LOBBY.example.:554/main"));
        var sameAddress = register.checkNew(camera("Again", "rtsp://192.0.2.77/main"));
        var otherName = register.checkNew(camera("Again", "rtsp://same-lobby.example/main"));

        for (var checked : List.of(sameName, sameAddress, otherName)) {
            assertThat(faults(checked))
                    .singleElement()
                    .returns("address.known", Fault::key)
                    .returns("Lobby", fault -> fault.values().get("camera"));
        }
    }

    @Test
    void a_second_channel_of_one_device_is_no_fault_and_needs_no_second_password() {
        var first = house.added(camera("One", "rtsp://viewer:secret@lobby.example/1"));

        var second = house.added(camera("Two", "rtsp://lobby.example/2"));

        assertThat(second.device()).isEqualTo(first.device());
        assertThat(second.channel()).isEqualTo(2);
        assertThat(register.device(first.device()).channelCount()).isEqualTo(2);
        assertThat(register.secret(second.device())).isPresent();
    }

    @Test
    void another_password_for_a_known_device_is_refused_and_the_same_is_not() {
        house.added(camera("One", "rtsp://viewer:secret@lobby.example/1"));

        var other = register.checkNew(camera("Two", "rtsp://viewer:other@lobby.example/2"));
        var same = register.checkNew(camera("Two", "rtsp://viewer:secret@lobby.example/2"));

        assertThat(faults(other)).extracting(Fault::key).containsExactly("address.other-secret");
        assertThat(fits(same).camera().name()).isEqualTo("Two");
    }

    @Test
    void of_two_who_add_the_same_stream_at_once_one_is_told_that_it_is_known() throws Exception {
        var drafts =
                IntStream.range(0, 8)
                        .mapToObj(i -> camera("Camera " + i, "rtsp://lobby.example/main"))
                        .map(wanted -> fits(register.checkNew(wanted)))
                        .toList();

        var answers = new ArrayList<Changed<Camera>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    drafts.stream()
                            .map(draft ->
                                    (Callable<Changed<Camera>>)
                                            () -> register.addCamera(draft, house.receipt()))
                            .toList();
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).filteredOn(Changed.Done.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Changed.Faulty.class::isInstance).hasSize(7);
        assertThat(register.cameras()).hasSize(1);
    }

    @Test
    void a_removed_camera_stays_in_history_and_its_device_loses_its_secret_for_good() {
        var camera = house.added(camera("Lobby", "rtsp://viewer:secret@lobby.example/1"));
        house.clock.pass(Duration.ofHours(1));

        var removed = done(register.removeCamera(camera.id(), house.receipt()));

        assertThat(removed.removedAt()).contains(house.clock.instant());
        assertThat(register.cameras()).isEmpty();
        assertThat(register.camera(camera.id())).contains(removed);
        assertThat(register.secret(camera.device())).isEmpty();
        assertThat(register.removeCamera(camera.id(), house.receipt()))
                .isInstanceOf(Changed.Faulty.class);
        var again = house.added(camera("Lobby", "rtsp://lobby.example/1"));
        assertThat(again.device()).isNotEqualTo(camera.device());
    }

    @Test
    void a_device_stays_until_its_last_camera_is_removed() {
        var one = house.added(camera("One", "rtsp://viewer:secret@lobby.example/1"));
        var two = house.added(camera("Two", "rtsp://lobby.example/2"));

        done(register.removeCamera(one.id(), house.receipt()));

        assertThat(register.secret(two.device())).isPresent();
        assertThat(register.device(two.device()).channelCount()).isEqualTo(1);
    }

    @Test
    void a_change_keeps_what_it_does_not_name() {
        var camera = house.added(camera("Lobby", "rtsp://lobby.example/1"));
        var wanted =
                new CameraChange(
                        Optional.of("Foyer"), Optional.empty(), Optional.empty(), Optional.of(24));

        var changed =
                done(
                        register.changeCamera(
                                fits(register.checkChange(camera.id(), wanted)), house.receipt()));

        assertThat(changed.name()).isEqualTo("Foyer");
        assertThat(changed.retention()).hasHours(24);
        assertThat(changed.purpose()).isEqualTo(camera.purpose());
        assertThat(register.camera(camera.id())).contains(changed);
    }

    @Test
    void all_faults_of_a_request_are_told_at_once() {
        var wanted =
                new NewCamera(
                        "x".repeat(10_000),
                        Optional.of("nowhere"),
                        "http://127.0.0.1/",
                        Optional.of("y".repeat(10_000)),
                        Optional.empty(),
                        Optional.of("rtsp://0x7f.1/"),
                        "evil \u202Etxt",
                        "sideways",
                        Optional.of(100_000));

        assertThat(faults(register.checkNew(wanted)))
                .extracting(fault -> fault.field() + " " + fault.key())
                .containsExactlyInAnyOrder(
                        "name form.too-long",
                        "site form.unknown",
                        "address address.scheme",
                        "wallAddress address.host",
                        "purpose form.characters",
                        "view form.choice",
                        "retentionHours form.range");
    }

    @Test
    void a_site_has_an_iana_zone_and_a_country_of_iso_3166() {
        var odd = register.checkSite(house.site.id(), new SiteForm("", "+02:00", "Fi", ""));
        var good = new SiteForm("Depot 2", "Europe/Berlin", "DE", "Example GmbH");

        var saved =
                done(
                        register.saveSite(
                                fits(register.checkSite(house.site.id(), good)), house.receipt()));

        assertThat(faults(odd))
                .extracting(Fault::field)
                .containsExactly("name", "zone", "country", "controller");
        assertThat(register.sites()).containsExactly(saved);
    }

    @Test
    void a_wall_belongs_to_one_person_and_nobody_else_finds_it() {
        var camera = house.added(camera("Lobby", "rtsp://lobby.example/1"));
        var mine = UUID.randomUUID();
        var tiles =
                List.of(
                        Optional.of(camera.id().toString()),
                        Optional.<String>empty(),
                        Optional.<String>empty(),
                        Optional.<String>empty());
        var form = new WallForm("Night", "2x2", tiles);

        var wall =
                done(register.saveWall(fits(register.checkNewWall(mine, form)), house.receipt()));

        assertThat(register.walls(mine)).containsExactly(wall);
        assertThat(wall.tiles().getFirst()).contains(camera.id());
        var other = UUID.randomUUID();
        assertThat(register.walls(other)).isEmpty();
        assertThat(faults(register.checkWall(other, wall.id(), form)))
                .extracting(Fault::key)
                .containsExactly("form.unknown");
        assertThat(register.removeWall(other, wall.id(), house.receipt()))
                .isInstanceOf(Changed.Faulty.class);
        try (var again = house.open(database)) {
            assertThat(again.walls(mine)).containsExactly(wall);
        }
        done(register.removeWall(mine, wall.id(), house.receipt()));
        assertThat(register.walls(mine)).isEmpty();
    }

    @Test
    void a_wall_has_as_many_tiles_as_its_grid_and_only_cameras_that_are_here() {
        var stranger = Optional.of(new CameraId(UUID.randomUUID()).toString());

        var wall =
                register.checkNewWall(
                        UUID.randomUUID(), new WallForm("Night", "3x3", List.of(stranger)));

        assertThat(faults(wall))
                .extracting(Fault::key)
                .containsExactly("wall.tiles", "form.unknown");
    }

    @Test
    void listeners_hear_of_every_change_after_it_was_made() {
        var heard = Collections.synchronizedList(new ArrayList<RegisterChange>());
        register.listen(heard::add);
        register.listen(_ -> {
            throw new IllegalStateException("a listener of a test fails");
        });

        var camera = house.added(camera("Lobby", "rtsp://lobby.example/1"));
        var removed = done(register.removeCamera(camera.id(), house.receipt()));

        assertThat(heard)
                .containsExactly(
                        new RegisterChange.CameraAdded(camera),
                        new RegisterChange.CameraRemoved(removed));
    }

    @Test
    void a_start_without_the_database_knows_cameras_and_their_passwords_and_changes_nothing() {
        var camera = house.added(camera("Lobby", "rtsp://viewer:secret@lobby.example/1"));

        try (var away = away();
                var again = house.open(away)) {
            assertThat(again.fromSnapshot()).isTrue();
            assertThat(again.cameras()).containsExactly(camera);
            try (var secret = again.secret(camera.device()).orElseThrow()) {
                assertThat(new String(secret.password())).isEqualTo("secret");
            }
            assertThat(again.removeCamera(camera.id(), house.receipt()))
                    .isInstanceOf(Changed.Unavailable.class);
            assertThat(again.cameras()).containsExactly(camera);
        }
    }

    @Test
    void a_register_that_started_without_the_database_follows_it_when_it_is_back() {
        var camera = house.added(camera("Lobby", "rtsp://lobby.example/1"));
        var line = new DatabaseSwitch(database);
        var heard = Collections.synchronizedList(new ArrayList<RegisterChange>());
        try (line;
                var reached = line.database();
                var again = house.open(reached)) {
            assertThat(again.fromSnapshot()).isTrue();
            again.listen(heard::add);
            var removed = done(register.removeCamera(camera.id(), house.receipt()));

            line.turnOn();

            until(() -> !again.fromSnapshot());
            assertThat(again.cameras()).isEmpty();
            assertThat(heard).containsExactly(new RegisterChange.CameraRemoved(removed));
        }
    }

    @Test
    void without_database_and_copy_it_says_what_is_missing() throws IOException {
        Files.delete(house.snapshot);

        try (var away = away()) {
            assertThatThrownBy(() -> house.open(away).close())
                    .isInstanceOf(RegisterUnavailableException.class)
                    .hasMessageContaining("Start the database")
                    .hasMessageContaining(house.snapshot.toString());
        }
    }

    @Test
    void an_altered_copy_is_no_copy() throws IOException {
        house.added(camera("Lobby", "rtsp://lobby.example/1"));
        var bytes = Files.readAllBytes(house.snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(house.snapshot, bytes);

        try (var away = away()) {
            assertThatThrownBy(() -> house.open(away).close())
                    .isInstanceOf(RegisterUnavailableException.class);
        }
    }

    @Test
    void neither_the_copy_nor_the_database_holds_a_password_in_the_clear() throws IOException {
        house.added(camera("Lobby", "rtsp://viewer:Xylophon-4711@lobby.example/1"));
        Jdbi.create(database.dataSource()).useHandle(handle -> handle.execute("checkpoint"));

        var needle = "Xylophon-4711".getBytes(StandardCharsets.UTF_8);
        for (var place : List.of(folder, cluster)) {
            try (var files = Files.walk(place)) {
                assertThat(files.filter(Files::isRegularFile).filter(file -> holds(file, needle)))
                        .isEmpty();
            }
        }
    }

    @Test
    void the_tables_themselves_refuse_what_the_rules_refuse() {
        var camera = house.added(camera("Lobby", "rtsp://lobby.example/1"));
        var jdbi = Jdbi.create(database.dataSource());

        for (var statement :
                List.of(
                        "update register.camera set retention_hours = 721",
                        "update register.camera set name = ''",
                        "update register.camera set view = 'sideways'",
                        "update register.stream set path = 'no-slash'",
                        "update register.device set port = 0",
                        "insert into register.stream (camera, number, role, path, device)"
                                + " select camera, 7, 'wall', path, device from register.stream")) {
            assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(statement)))
                    .as(statement)
                    .isInstanceOf(JdbiException.class);
        }
        assertThat(register.cameras()).containsExactly(camera);
    }

    private static boolean holds(Path file, byte[] needle) {
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return text.contains(new String(needle, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /// A database that nobody runs: nothing listens on port 1.
    private static Database away() {
        return Database.outside(
                "jdbc:postgresql://127.0.0.1:1/custodes", "nobody", "none".toCharArray());
    }

    private static void until(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 20 s").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
