package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.custodes.access.Template;
import org.custodes.cli.ServedHouse.Ended;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.Credentials;
import org.custodes.simulator.DemoFootage;
import org.custodes.simulator.SimulatedCameras;
import org.custodes.simulator.TlsEntrance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people type and what comes back: the real commands against a real recorder. Every no is a
/// sentence on standard error, an exit code that a script can trust, and an entry of the log.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineTest {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final Template ADMINISTRATOR = Template.SYSTEM_ADMINISTRATOR;
    private static final Template OFFICER = Template.SECURITY_OFFICER;
    private static final String LONG = "x".repeat(10_000);
    private static final String UNKNOWN = "11111111-1111-4111-8111-111111111111";

    private Path place;
    private ServedHouse house;
    private SimulatedCameras cameras;

    @BeforeAll
    void openAndSignIn(@TempDir Path folder) {
        place = folder;
        var clip = Clip.ofMp4(DemoFootage.small(place).main());
        cameras =
                SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        cameras.add("open", clip, CameraSettings.usual());
        cameras.add("second", clip, CameraSettings.usual());
        cameras.add("third", clip, CameraSettings.usual());
        cameras.add(
                "tunnelled",
                clip,
                CameraSettings.usual().withTransport(CameraSettings.Transport.HTTP));
        cameras.add(
                "locked",
                clip,
                CameraSettings.usual()
                        .withCredentials(
                                Credentials.of(
                                        "guard", "secret", Credentials.Scheme.DIGEST_SHA256)));
        house = ServedHouse.open(place);
        assertThat(house.login(ADMINISTRATOR).code()).isEqualTo(DONE);
        assertThat(house.login(OFFICER).code()).isEqualTo(DONE);
    }

    @AfterAll
    void close() {
        house.close();
        cameras.close();
    }

    @Test
    void a_sign_in_that_was_approved_in_the_browser_says_who_and_until_when() {
        var login = house.login(ADMINISTRATOR);

        assertThat(login.out()).contains("Signed in as Demo system administrator until 20");
        assertThat(login.out()).contains("Europe/Helsinki");
        assertThat(login.err()).isEmpty();
    }

    @Test
    void a_camera_is_tested_added_listed_and_removed() {
        var test = administrator("camera", "test", camera("second"));
        var add = administrator("camera", "add", camera("second"), "--name", "Dock", why());
        var list = administrator("camera", "list");
        var id = add.out().replaceFirst("(?s).*\\(([-0-9a-f]{36})\\).*", "$1");
        var remove = administrator("camera", "remove", id);

        assertThat(test).matches(CommandLineTest::wentWell);
        assertThat(test.out()).contains("It answers", "320x180", "H.264");
        assertThat(add.out()).startsWith("Added Dock (").contains("It is being recorded.");
        assertThat(list.out()).contains("Dock");
        assertThat(remove).matches(CommandLineTest::wentWell);
        assertThat(newest()).isEqualTo("camera.removed done");
    }

    @Test
    void an_encrypted_camera_is_added_by_the_way_that_it_takes_and_shown_with_its_certificate() {
        try (var entrance = TlsEntrance.listen(0, cameras)) {
            var address = "rtsps://127.0.0.1:%d/tunnelled".formatted(entrance.port());
            var fingerprint = CameraWords.fingerprint(entrance.certificate());

            var datagrams =
                    administrator(
                            "camera",
                            "add",
                            address,
                            "--name",
                            "Yard",
                            why(),
                            "--transport",
                            "udp");
            var met = administrator("camera", "test", address, "--transport", "http");
            var unmet =
                    administrator(
                            "camera",
                            "add",
                            address,
                            "--name",
                            "Yard",
                            why(),
                            "--transport",
                            "http");
            var test =
                    administrator(
                            "camera",
                            "test",
                            address,
                            "--transport",
                            "http",
                            "--certificate",
                            fingerprint);
            var add =
                    administrator(
                            "camera",
                            "add",
                            address,
                            "--name",
                            "Yard",
                            why(),
                            "--transport",
                            "http",
                            "--certificate",
                            fingerprint);
            var list = administrator("camera", "list");
            var id = add.out().replaceFirst("(?s).*\\(([-0-9a-f]{36})\\).*", "$1");

            assertMisused(datagrams, "--transport: Pictures that come as datagrams");
            assertThat(met.out()).contains(fingerprint, "Nothing was said to it");
            assertThat(met.code()).isEqualTo(FAILED);
            assertRefused(
                    unmet,
                    unmet.code(),
                    "--certificate: The device shows the certificate " + fingerprint);
            assertThat(test.out()).contains("http", fingerprint, "a key frame arrived");
            assertThat(add).matches(CommandLineTest::wentWell);
            assertThat(list.out()).contains("http, TLS");
            assertThat(shownOnceMet(id)).contains("http, TLS", fingerprint, "Known by it since");
            another(id, fingerprint);
            assertThat(administrator("camera", "remove", id)).matches(CommandLineTest::wentWell);
        }
    }

    /// It is known by another certificate for a moment, and by its own again.
    private void another(String id, String fingerprint) {
        var strange = "ab".repeat(32);
        var accept = administrator("camera", "accept-certificate", id, "--certificate", strange);
        assertThat(accept).matches(CommandLineTest::wentWell);
        assertThat(accept.out()).contains(CameraWords.fingerprint(strange));
        assertThat(newest()).isEqualTo("device.certificate-accepted done");
        assertThat(administrator("camera", "show", id).out())
                .contains(CameraWords.fingerprint(strange));
        assertThat(administrator("camera", "accept-certificate", id, "--certificate", fingerprint))
                .matches(CommandLineTest::wentWell);

        assertMisused(
                administrator("camera", "accept-certificate", id, "--certificate", "ab"),
                "--certificate");
        assertFailed(
                administrator("camera", "accept-certificate", UNKNOWN, "--certificate", strange),
                "There is nothing here");
    }

    @Test
    void a_camera_is_excepted_from_encryption_for_a_time_and_the_exception_is_ended() {
        var add = administrator("camera", "add", camera("second"), "--name", "Dock", why());
        var id = add.out().replaceFirst("(?s).*\\(([-0-9a-f]{36})\\).*", "$1");
        var day = LocalDate.now(ZoneId.systemDefault()).plusDays(30);

        var except = excepted(id, day.toString());
        assertThat(except).matches(CommandLineTest::wentWell);
        assertThat(except.out()).contains("Dock may be called in the clear until");
        assertThat(newest()).isEqualTo("camera.plain-exception-given done");
        var end = day.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant();
        assertThat(administrator("camera", "show", id).out()).contains(end + ": no firmware");

        assertThat(administrator("camera", "end-exception", id)).matches(CommandLineTest::wentWell);
        assertThat(newest()).isEqualTo("camera.plain-exception-ended done");
        assertThat(administrator("camera", "show", id).out()).doesNotContain("no firmware");

        assertMisused(excepted(id, "tomorrow"), "--until is a day such as");
        assertMisused(excepted(id, day.plusYears(2).toString()), "--until: An exception ends");
        assertMisused(administrator("camera", "except-encryption", id), "--reason");
        assertThat(administrator("camera", "remove", id)).matches(CommandLineTest::wentWell);
    }

    private Ended excepted(String id, String until) {
        return administrator(
                "camera", "except-encryption", id, "--until", until, "--reason", "no firmware");
    }

    /// What `camera show` tells once the recorder has met the camera.
    private String shownOnceMet(String id) {
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (true) {
            var shown = administrator("camera", "show", id).out();
            if (shown.contains("Certificate") || System.nanoTime() > deadline) {
                return shown;
            }
        }
    }

    @Test
    void storage_is_told_with_what_is_free_and_that_little_footage_says_little() {
        var storage = administrator("storage");
        var json = administrator("storage", "--json");

        assertThat(storage).matches(CommandLineTest::wentWell);
        assertThat(storage.out()).containsAnyOf("free above the reserve.", "No camera is recorded");
        assertThat(json.out()).startsWith("{\"bytesPerDay\":");
    }

    @Test
    void the_past_is_decided_again_by_who_reads_the_log_and_comes_out_the_same() {
        assertThat(house.login(Template.AUDITOR).code()).isEqualTo(DONE);
        assertFailed(officer("camera", "add", camera("second"), "--name", "N", why()), "role");

        var replay = auditor("replay");
        var today = auditor("replay", "--from", "2020-01-01", "--to", "2999-12-31");
        var nobody = auditor("replay", "--person", UNKNOWN);
        var json = auditor("replay", "--json", "--to", "2020-01-01T00:00:00Z");

        assertThat(replay).matches(CommandLineTest::wentWell);
        assertThat(replay.out())
                .matches(
                        "[1-9]\\d* decided again, [1-9]\\d* the same, 0 different, 0 changed or gone, 0 not decidable\n");
        assertThat(today).matches(CommandLineTest::wentWell);
        assertThat(nobody.out()).startsWith("0 decided again, 0 the same");
        assertThat(json.out()).startsWith("{\"same\":0");
    }

    @Test
    void who_does_not_read_the_log_does_not_decide_it_again() {
        assertFailed(administrator("replay"), "role");
        assertThat(newest()).isEqualTo("act.refused refused");
        assertMisused(officer("replay", "--from", "yesterday"), "--from is a day such as");
        assertMisused(officer("replay", "--to", "2026-13-01"), "--to is a day such as");
        assertMisused(officer("replay", "--person", "Olga"), "is no id");
    }

    @Test
    void a_second_channel_of_one_device_is_no_fault_but_the_same_stream_is() {
        var one = administrator("camera", "add", camera("open"), "--name", "One", why());
        var other = administrator("camera", "add", camera("third"), "--name", "Other", why());
        var again = administrator("camera", "add", camera("open"), "--name", "Again", why());

        assertThat(one).matches(CommandLineTest::wentWell);
        assertThat(other).matches(CommandLineTest::wentWell);
        assertMisused(again, "ADDRESS: This stream is already in the register, as camera 'One'.");
        assertThat(newest()).isEqualTo("act.refused refused");
    }

    @Test
    void a_camera_that_is_not_there_yet_can_be_added_untested() {
        var nowhere = unreachable();
        var add = administrator("camera", "add", nowhere, "--name", "Later", why(), "--untested");

        assertThat(add.code()).isEqualTo(DONE);
        assertThat(add.out()).contains("recorded as soon as it answers");
        assertThat(newest()).isEqualTo("camera.added done");
    }

    static Stream<Arguments> camerasThatCannotBeRecorded() {
        return Stream.of(
                Arguments.of("not reachable", "No connection"),
                Arguments.of("not RTSP", "Something answered, but not in RTSP"),
                Arguments.of("no video", "a stream without video (audio)"),
                Arguments.of("VP9", "VP9"),
                Arguments.of("no such path", "It has no such stream"),
                Arguments.of("no password", "asks for a user and a password"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("camerasThatCannotBeRecorded")
    void a_camera_that_cannot_be_recorded_is_neither_tested_nor_added(String kind, String told) {
        try (var silent = FaultyCamera.withoutVideo();
                var foreign = FaultyCamera.withAnotherCodec();
                var web = FaultyCamera.notRtsp()) {
            var address =
                    switch (kind) {
                        case "not reachable" -> unreachable();
                        case "not RTSP" -> web.address();
                        case "no video" -> silent.address();
                        case "VP9" -> foreign.address();
                        case "no such path" -> camera("nothing");
                        default -> camera("locked");
                    };
            var test = administrator("camera", "test", address);
            assertFailed(test, told);
            assertThat(newest()).isEqualTo("camera.tested failed");

            var add = administrator("camera", "add", address, "--name", kind, why());
            assertFailed(add, told);
            assertThat(newest()).isEqualTo("camera.tested failed");
            assertThat(administrator("camera", "list").out()).doesNotContain(kind);
        }
    }

    @Test
    void a_wrong_password_is_told_and_the_right_one_is_taken_from_standard_input() {
        var wrong = piped("wrong\n", "camera", "test", camera("locked"), "--user", "guard", STDIN);
        var right = piped("secret\n", "camera", "test", camera("locked"), "--user", "guard", STDIN);

        assertFailed(wrong, "It refuses the user or the password.");
        assertThat(wrong.err()).doesNotContain("wrong\n");
        assertThat(right).matches(CommandLineTest::wentWell);
    }

    @Test
    void a_password_without_a_user_is_asked_about_before_anything_is_sent() {
        var before = newest();

        assertMisused(piped("secret\n", "camera", "test", camera("locked"), STDIN), "add --user");
        assertThat(newest()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1/",
                "nonsense",
                "rtsp://",
                "rtsp://[::1",
                "rtsp://host:99999/",
                "file:///etc/passwd",
                "",
                "rtsp://x\u0000y/"
            })
    void an_address_that_is_none_is_told_as_the_argument_that_it_is(String address) {
        assertMisused(administrator("camera", "test", address), "ADDRESS");
        assertThat(newest()).isEqualTo("act.refused refused");
        assertMisused(administrator("camera", "add", address, "--name", "N", why()), "ADDRESS");
        assertThat(newest()).isEqualTo("act.refused refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u001b[31mb", "\u202egnp.exe", "a\nb", "\u0000"})
    void an_absurd_name_is_refused_in_words_that_leave_the_terminal_alone(String name) {
        var camera = administrator("camera", "add", camera("second"), "--name=" + name, why());
        var person =
                provedOfficer("person", "invite", name, "--role", "operator", "--reason", "a test");

        assertMisused(camera, "--name");
        assertMisused(person, "NAME");
        assertThat(camera.err() + person.err()).doesNotContain("\u001b", "\u202e", "\u0000");
        assertThat(newest()).isEqualTo("act.refused refused");
    }

    @Test
    void ten_thousand_characters_are_too_many_for_every_field() {
        var add =
                administrator(
                        "camera",
                        "add",
                        camera("second"),
                        "--name",
                        LONG,
                        "--purpose",
                        LONG,
                        "--view",
                        LONG,
                        "--site",
                        LONG,
                        "--wall-address",
                        "rtsp://127.0.0.1/" + LONG);
        var address = administrator("camera", "test", "rtsp://127.0.0.1/" + LONG);
        var user = piped(LONG + "\n", "camera", "test", camera("locked"), "--user", LONG, STDIN);
        var person = provedOfficer("person", "invite", LONG, "--role", LONG, "--reason", "a test");

        assertMisused(add, "--name has 10000 characters, but may have at most");
        assertMisused(add, "--purpose has 10000 characters");
        assertMisused(add, "--view must be one of: indoor, outdoor, public");
        assertMisused(add, "--wall-address");
        assertMisused(address, "ADDRESS has 10017 characters");
        assertMisused(user, "--user");
        assertMisused(person, "NAME has 10000 characters");
        assertMisused(person, "--role must be one of: system-administrator");
        for (var ended : new Ended[] {add, address, user, person}) {
            assertThat(ended.err()).doesNotContain("xxxxxxxxxxxxxxxxxxxx");
        }
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        var add =
                administrator(
                        "camera",
                        "add",
                        "http://x/",
                        "--name",
                        "",
                        "--purpose",
                        "",
                        "--retention-hours",
                        "0");

        assertMisused(add, "ADDRESS: The address must begin with rtsp://");
        assertMisused(add, "--name is missing.");
        assertMisused(add, "--purpose is missing.");
        assertMisused(add, "--retention-hours is 0, but must be 1 to 720.");
    }

    @Test
    void what_is_no_id_or_names_nothing_is_told() {
        assertMisused(administrator("camera", "remove", "nonsense"), "'nonsense' is no id");
        assertMisused(officer("person", "remove", LONG), "is no id");
        assertFailed(administrator("camera", "remove", UNKNOWN), "There is nothing here");
        assertFailed(officer("person", "remove", UNKNOWN), "There is nothing here");
    }

    @Test
    void a_person_is_invited_once_listed_and_removed() {
        var invite =
                provedOfficer(
                        "person",
                        "invite",
                        "Pekka",
                        "--role",
                        "operator",
                        "--reason",
                        "a test",
                        "--all-cameras");
        var again =
                provedOfficer(
                        "person", "invite", "Pekka", "--role", "operator", "--reason", "a test");
        var list = officer("person", "list");
        var id = list.out().lines().filter(line -> line.contains("Pekka")).findFirst();
        var remove = officer("person", "remove", id.orElseThrow().substring(0, UNKNOWN.length()));

        assertThat(invite.out()).startsWith(house.address() + "enrol#");
        assertMisused(again, "NAME: Somebody here is called so already.");
        assertThat(remove).matches(CommandLineTest::wentWell);
        assertThat(newest()).isEqualTo("person.removed done");
    }

    @Test
    void what_a_role_may_not_do_is_refused_and_on_record() {
        assertFailed(officer("camera", "add", camera("second"), "--name", "N", why()), "role");
        assertThat(newest()).isEqualTo("act.refused refused");
        assertFailed(
                administrator(
                        "person", "invite", "Bob", "--role", "operator", "--reason", "a test"),
                "role");
        assertFailed(administrator("person", "list"), "role");
        assertThat(newest()).isEqualTo("act.refused refused");
    }

    @Test
    void nobody_signed_in_is_told_how_to() {
        for (var command : new String[][] {{"camera", "list"}, {"person", "list"}, {"replay"}}) {
            assertFailed(house.runAsNobody(command), "custodes login");
        }
    }

    @Test
    void a_server_that_is_none_is_told_apart_from_one_that_is_not_trusted() throws Exception {
        var data = house.folder.resolve("data").toString();
        var pem = Files.writeString(place.resolve("not.pem"), "nothing");
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        for (var server : new String[] {"nonsense", "http://localhost:1", "https://", "ftp://x"}) {
            assertMisused(login("--server", server, "--data", data), "--server");
        }
        assertFailed(
                login("--server", "https://localhost:" + free, "--data", data), "Nobody answers");
        assertFailed(login("--server", house.address().toString()), "Do not know whether to trust");
        assertFailed(
                login("--server", house.address().toString(), "--ca", pem.toString()),
                "no certificate in PEM");
        assertFailed(
                login(
                        "--server",
                        "https://127.0.0.1:" + house.address().getPort(),
                        "--ca",
                        house.folder.resolve("data/tls/ca-localhost.pem").toString()),
                "not the server that is trusted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camera add", "camera test", "person invite", "camera fly", "--nope"})
    void a_command_that_is_not_whole_says_where_help_is(String typed) {
        var ended = house.runAsNobody(typed.split(" ", -1));

        assertMisused(ended, "--help");
        assertThat(ended.err().lines().count()).isLessThan(6);
    }

    private static final String STDIN = "--password-from-stdin";

    private static String why() {
        return "--purpose=To see who comes.";
    }

    private String camera(String path) {
        return "rtsp://127.0.0.1:%d/%s".formatted(cameras.port(), path);
    }

    /// An address at which nobody listens any more.
    private static String unreachable() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "rtsp://127.0.0.1:%d/gone".formatted(socket.getLocalPort());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Ended administrator(String... arguments) {
        return house.run(ADMINISTRATOR, "", arguments);
    }

    private Ended auditor(String... arguments) {
        return house.run(Template.AUDITOR, "", arguments);
    }

    private Ended officer(String... arguments) {
        return house.run(OFFICER, "", arguments);
    }

    /// Within two minutes of the pairing.
    private Ended provedOfficer(String... arguments) {
        assertThat(house.login(OFFICER).code()).isEqualTo(DONE);
        return officer(arguments);
    }

    private Ended piped(String text, String... arguments) {
        return house.run(ADMINISTRATOR, text, arguments);
    }

    private Ended login(String... options) {
        var arguments = new String[options.length + 1];
        arguments[0] = "login";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return house.runAsNobody(arguments);
    }

    private String newest() {
        var entry = house.newestEntry();
        return entry.path("action").asString() + " " + entry.path("outcome").asString();
    }

    private static boolean wentWell(Ended ended) {
        return ended.code() == DONE && ended.err().isEmpty();
    }

    private static void assertMisused(Ended ended, String told) {
        assertRefused(ended, MISUSED, told);
    }

    private static void assertFailed(Ended ended, String told) {
        assertRefused(ended, FAILED, told);
    }

    /// In words, on standard error, and never with the inside of the program.
    private static void assertRefused(Ended ended, int code, String told) {
        assertThat(ended.err()).contains("custodes: ").contains(told);
        assertThat(ended.err()).doesNotContain("\tat ", "Exception", "java.", "org.custodes");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(code);
    }
}
