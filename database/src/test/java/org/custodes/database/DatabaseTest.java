package org.custodes.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final char[] PASSWORD = "a password of the key store".toCharArray();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Queue<DatabaseNews> said = new ConcurrentLinkedQueue<>();

    @TempDir static Path made;

    @TempDir Path folder;

    @BeforeAll
    static void make_a_cluster_once() {
        Database.embedded(made, PASSWORD.clone(), _ -> {}).awaitFirstAnswer(PATIENCE).close();
    }

    @Test
    void the_first_start_makes_a_durable_cluster_that_asks_for_a_password() throws SQLException {
        try (var database = openAsIs()) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(database, "data_checksums")).isEqualTo("on");
            assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(
                            ask(
                                    database,
                                    "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void the_programs_are_of_the_version_that_they_are_filed_under() throws SQLException {
        try (var database = open()) {
            assertThat(setting(database, "server_version")).isEqualTo(Installation.VERSION);
        }
    }

    @Test
    void what_was_committed_is_there_after_the_next_start() throws SQLException {
        try (var database = open()) {
            database.migrate("sample");
            tell(database, "INSERT INTO sample.note VALUES ('kept')");
        }

        try (var database = open()) {
            assertThat(ask(database, "SELECT text FROM sample.note")).isEqualTo("kept");
        }
    }

    @Test
    void a_killed_server_comes_back_by_itself_with_all_that_was_committed() throws Exception {
        try (var database = open()) {
            database.migrate("sample");
            tell(database, "INSERT INTO sample.note VALUES ('kept')");
            var first = server();

            first.destroyForcibly();

            await(
                    "another server",
                    () -> serverIs(pid -> pid != first.pid()) && database.reachable());
            assertThat(ask(database, "SELECT text FROM sample.note")).isEqualTo("kept");
            await("the good news", () -> said.size() == 3);
            assertThat(said)
                    .satisfiesExactly(
                            start -> assertThat(start).isEqualTo(new DatabaseNews.Answers()),
                            away -> assertThat(away.toString()).contains("ended by itself"),
                            back -> assertThat(back).isEqualTo(new DatabaseNews.Answers()));
        }
    }

    @Test
    void whoever_asks_while_the_server_is_away_is_told_within_seconds() throws Exception {
        var database = open();
        database.close();

        assertThat(database.reachable()).isFalse();
        assertThatThrownBy(() -> database.dataSource().getConnection())
                .isInstanceOf(SQLException.class);
    }

    @Test
    void a_server_that_a_killed_recorder_left_behind_is_stopped_and_followed_by_ours()
            throws Exception {
        open().close();
        said.clear();
        var orphan = startOrphan();
        await("the orphan", () -> serverIs(pid -> pid == orphan.pid()) && isReady());

        try (var database = open()) {
            assertThat(orphan.waitFor(0, TimeUnit.SECONDS)).isTrue();
            assertThat(database.reachable()).isTrue();
            assertThat(said)
                    .first()
                    .satisfies(news -> assertThat(news.toString()).contains("left running"));
        }
    }

    @Test
    void a_process_file_that_names_somebody_elses_process_does_not_hinder_the_start()
            throws Exception {
        open().close();
        var own = ProcessHandle.current().pid();
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                "%d%n%s%n1%n1%n%n127.0.0.1%n%nready%n".formatted(own, folder.resolve("data")));

        try (var database = open()) {
            assertThat(database.reachable()).isTrue();
        }
    }

    @Test
    void a_killed_recorder_takes_its_server_with_it() throws Exception {
        var recorder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Recorder.class.getName(),
                                folder.toString())
                        .inheritIO()
                        .start();
        await("the server", () -> isReady());
        var server = server();

        recorder.destroyForcibly();

        await("the server's end", () -> !server.isAlive());
    }

    @Test
    void the_wrong_password_is_refused_and_says_what_belongs_together() {
        open().close();

        try (var database = Database.embedded(folder, "another".toCharArray(), said::add)) {
            assertThatThrownBy(() -> database.awaitFirstAnswer(PATIENCE))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("key store");
        }
        open().close();
    }

    @Test
    void a_start_waits_for_nothing_and_nobody_elses_server_is_asked_meanwhile() throws IOException {
        var data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "17\n");

        try (var database = Database.embedded(folder, PASSWORD.clone(), said::add)) {
            assertThatThrownBy(() -> database.dataSource().getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasStackTraceContaining("still being started");
        }
    }

    @Test
    void a_cluster_that_cannot_be_started_is_told_and_used_as_soon_as_it_is_mended()
            throws Exception {
        open().close();
        var control = folder.resolve("data/global/pg_control");
        Files.move(control, folder.resolve("pg_control"));
        said.clear();

        try (var database = Database.embedded(folder, PASSWORD.clone(), said::add)) {
            assertThatThrownBy(() -> database.awaitFirstAnswer(PATIENCE))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("ended while it was starting");
            assertThat(said).first().isInstanceOf(DatabaseNews.Away.class);

            Files.move(folder.resolve("pg_control"), control);

            await("the mended database", database::reachable);
        }
    }

    @Test
    void a_folder_in_use_is_not_opened_twice() {
        try (var first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("in use by another recorder");
            assertThat(first.reachable()).isTrue();
        }
    }

    @Test
    void a_cluster_of_another_major_version_is_named_and_left_alone() throws IOException {
        var data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "17\n");

        try (var database = Database.embedded(folder, PASSWORD.clone(), said::add)) {
            assertThatThrownBy(() -> database.awaitFirstAnswer(PATIENCE))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("made by PostgreSQL 17");
        }
    }

    @Test
    void a_crash_while_the_cluster_was_made_leaves_nothing_in_the_way() throws IOException {
        var half = Files.createDirectories(folder.resolve("data.new/base"));
        Files.writeString(half.resolve("1"), "half a cluster");

        try (var database = openAsIs()) {
            assertThat(database.reachable()).isTrue();
        }
    }

    @Test
    void a_room_without_migrations_is_a_fault_and_not_an_empty_schema() {
        try (var database = open()) {
            assertThatThrownBy(() -> database.migrate("nobody"))
                    .isInstanceOf(DatabaseException.class);
            assertThatThrownBy(() -> database.migrate("Robert'); DROP"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_a_row_says_does_not_reach_the_servers_log() throws Exception {
        try (var database = open()) {
            database.migrate("sample");
            tell(database, "INSERT INTO sample.note VALUES ('Erika Mustermann')");

            assertThatThrownBy(() ->
                            tell(database, "INSERT INTO sample.note VALUES ('Erika Mustermann')"))
                    .isInstanceOf(SQLException.class);
        }

        var log = folder.resolve("postgres.log");
        assertThat(Files.exists(log) ? Files.readString(log) : "").doesNotContain("Mustermann");
    }

    @Test
    void an_address_that_is_not_of_postgresql_is_refused_without_repeating_it() {
        assertThatThrownBy(() -> Database.outside("jdbc:mysql://u:secret@db/x", "u", PASSWORD))
                .isInstanceOf(DatabaseException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_server_of_somebody_else_is_reached_by_its_address() throws Exception {
        try (var ours = open();
                var outside =
                        Database.outside(
                                "jdbc:postgresql://127.0.0.1:%d/postgres"
                                        .formatted(processFile().port()),
                                Cluster.SUPERUSER,
                                PASSWORD)) {
            assertThat(ours.reachable()).isTrue();
            assertThat(ask(outside, "SELECT 1")).isEqualTo("1");
        }
    }

    /// A recorder of its own, to be killed.
    static final class Recorder {
        private Recorder() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (var database =
                    Database.embedded(Path.of(arguments[0]), PASSWORD.clone(), _ -> {})
                            .awaitFirstAnswer(PATIENCE)) {
                assertThat(database.reachable()).isTrue();
                Thread.sleep(Duration.ofMinutes(1));
            }
        }
    }

    /// A recorder that starts for the second time: the cluster is copied, which is faster than made.
    private Database open() {
        if (!Files.exists(folder.resolve("data"))) {
            copy(made.resolve("data"), folder.resolve("data"));
        }
        return openAsIs();
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Database openAsIs() {
        return Database.embedded(folder, PASSWORD.clone(), said::add).awaitFirstAnswer(PATIENCE);
    }

    private Process startOrphan() throws IOException {
        var command = Installation.in(Installation.userCache()).command("postgres");
        command.addAll(
                List.of(
                        "-D",
                        folder.resolve("data").toString(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "port=" + freePort(),
                        "-c",
                        "unix_socket_directories="));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private ProcessFile processFile() throws IOException {
        return ProcessFile.read(folder.resolve("data/postmaster.pid")).orElseThrow();
    }

    private ProcessHandle server() throws IOException {
        return ProcessHandle.of(processFile().pid()).orElseThrow();
    }

    private boolean isReady() {
        try {
            return ProcessFile.read(folder.resolve("data/postmaster.pid"))
                    .filter(ProcessFile::isReady)
                    .isPresent();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private boolean serverIs(LongPredicate wanted) {
        try {
            return ProcessFile.read(folder.resolve("data/postmaster.pid"))
                    .filter(file -> wanted.test(file.pid()))
                    .isPresent();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long for " + what).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static String setting(Database database, String name) throws SQLException {
        return ask(database, "SHOW " + name);
    }

    private static String ask(Database database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void tell(Database database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
