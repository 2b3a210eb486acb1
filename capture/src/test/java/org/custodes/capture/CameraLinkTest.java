package org.custodes.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.capture.CaptureHouse.done;
import static org.custodes.capture.CaptureHouse.fits;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.custodes.audit.Action;
import org.custodes.audit.Query;
import org.custodes.database.Database;
import org.custodes.media.Codec;
import org.custodes.media.CodecConfig;
import org.custodes.register.Camera;
import org.custodes.register.PinnedCertificate;
import org.custodes.register.PlainExceptionForm;
import org.custodes.register.RegisterChange;
import org.custodes.register.Stream;
import org.custodes.register.StreamRole;
import org.custodes.signals.Signals;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.SimulatedCamera;
import org.custodes.simulator.TlsEntrance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How cameras are reached, and when they are not.
class CameraLinkTest {
    private static final Clip CLIP = Clip.synthetic(Codec.H264, 640, 360, 50, 10, 2_000, 1, false);

    private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");

    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private CaptureHouse house;

    @BeforeAll
    static void start() {
        database =
                Database.embedded(cluster, "a test".toCharArray(), _ -> {})
                        .awaitFirstAnswer(Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        house = new CaptureHouse(folder, database);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"TCP, tcp", "UDP, udp", "UDP, tcp-or-udp", "HTTP, http"})
    void a_camera_is_recorded_the_way_that_it_is_set_to(CameraSettings.Transport has, String set)
            throws Exception {
        var camera = house.add(simulated(CLIP, has).uri().toString(), set);

        house.await(camera, RunState.Streaming.class);

        assertThat(house.nextPicture(camera).codec()).isEqualTo(Codec.H264);
    }

    @Test
    void images_are_recorded_as_whole_pictures_each_of_which_can_be_shown() throws Exception {
        var images = Clip.images(640, 360, 25, 10, 0.8, 1);
        var camera =
                house.add(simulated(images, CameraSettings.Transport.TCP).uri().toString(), "tcp");

        var state =
                house.await(
                        camera,
                        RunState.Streaming.class,
                        streaming -> streaming.config().isPresent());
        var picture = house.nextPicture(camera);

        assertThat(state.config().map(CodecConfig::rfc6381)).contains("mjpeg");
        assertThat(picture.codec()).isEqualTo(Codec.MJPEG);
        assertThat(picture.key()).isTrue();
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.decodable().array())).getWidth())
                .isEqualTo(640);
    }

    @Test
    void the_first_certificate_is_pinned_on_record_and_another_is_not_talked_to() throws Exception {
        var simulated = simulated(CLIP, CameraSettings.Transport.TCP);
        var pinned = new CountDownLatch(1);
        house.register.listen(change -> {
            if (change instanceof RegisterChange.CertificateChanged) {
                pinned.countDown();
            }
        });
        try (var entrance = TlsEntrance.listen(0, house.cameras)) {
            var camera = house.add(entrance.uri(simulated).toString(), "tcp");
            house.await(camera, RunState.Streaming.class);
            assertThat(pinned.await(20, TimeUnit.SECONDS)).isTrue();
            var first = entrance.certificate();
            assertThat(certificate(camera)).contains(first);
            assertThat(actions()).contains(Action.CERTIFICATE_PINNED.code());

            entrance.renewCertificate();
            simulated.hangUp();
            var changed = house.await(camera, RunState.CertificateChanged.class);

            assertThat(changed.presented()).isEqualTo(entrance.certificate());
            assertThat(changed.message()).contains("accept it").doesNotContain("127.0.0.1");
            house.awaitAlarms("camera.certificate");
            assertThat(certificate(camera)).contains(first);
            assertThat(simulated.clients()).isZero();

            accept(camera, changed.presented());
            house.await(camera, RunState.Streaming.class);
            assertThat(certificate(camera)).contains(entrance.certificate());
        }
    }

    @Test
    void a_session_ends_when_another_certificate_than_its_own_is_accepted() throws Exception {
        var simulated = simulated(CLIP, CameraSettings.Transport.TCP);
        try (var entrance = TlsEntrance.listen(0, house.cameras)) {
            var camera = house.add(entrance.uri(simulated).toString(), "tcp");
            house.await(camera, RunState.Streaming.class);

            accept(camera, "ab".repeat(32));
            var changed = house.await(camera, RunState.CertificateChanged.class);

            assertThat(changed.presented()).isEqualTo(entrance.certificate());
            accept(camera, entrance.certificate());
            house.await(camera, RunState.Streaming.class);
        }
    }

    @Test
    void an_alarm_about_a_camera_ends_with_the_last_stream_that_says_so() throws Exception {
        var camera =
                house.add(simulated(CLIP, CameraSettings.Transport.TCP).uri().toString(), "tcp");
        var first = camera.streams().getFirst();
        var second = new Stream(1, StreamRole.WALL, "/wall");
        var signals = new Signals();
        var alarms = new CameraAlarms(signals, () -> NOW);
        var stranger = new RunState.CertificateChanged(NOW, "ab", "Another certificate", NOW);
        var well =
                new RunState.Streaming(
                        NOW.minusSeconds(86_400), Optional.empty(), Optional.empty());

        alarms.told(camera, second, stranger);
        alarms.told(camera, first, well);
        assertThat(signals.standing()).hasSize(1);

        alarms.told(camera, first, stranger);
        alarms.told(camera, second, well);
        assertThat(signals.standing()).hasSize(1);

        alarms.told(camera, first, well);
        assertThat(signals.standing()).isEmpty();
    }

    private void accept(Camera camera, String certificate) {
        done(
                house.register.acceptCertificate(
                        fits(house.register.checkCertificate(camera.id(), certificate)),
                        house.receipt()));
    }

    private Optional<String> certificate(Camera camera) {
        return house.register
                .device(camera.device())
                .pinnedCertificate()
                .map(PinnedCertificate::sha256);
    }

    private java.util.List<String> actions() {
        return house.audit.read(Query.newest(50)).entries().stream()
                .map(entry -> entry.action())
                .toList();
    }

    @Test
    void where_a_site_insists_a_plain_camera_is_recorded_only_while_an_exception_lasts() {
        var simulated = simulated(CLIP, CameraSettings.Transport.TCP);
        var camera = house.add(simulated.uri().toString(), "tcp");
        house.await(camera, RunState.Streaming.class);

        house.insistOnEncryption(true);
        var barred = house.await(camera, RunState.Barred.class);
        assertThat(barred.message()).contains("no exception");
        assertThat(barred.nextStep()).contains("rtsps://");
        house.awaitAlarms("camera.encryption");
        assertThat(simulated.clients()).isZero();

        except(camera, Duration.ofDays(1));
        house.await(camera, RunState.Streaming.class);
        house.awaitAlarms();

        house.passTime(Duration.ofHours(25));
        var ended = house.await(camera, RunState.Barred.class);
        assertThat(ended.message()).contains("ended at");

        house.insistOnEncryption(false);
        house.await(camera, RunState.Streaming.class);
    }

    private void except(Camera camera, Duration time) {
        var form = new PlainExceptionForm(house.now().plus(time), "no firmware yet");
        var checked = house.register.checkPlainException(camera.id(), form);
        done(house.register.changePlainException(fits(checked), house.receipt()));
    }

    @Test
    void a_site_that_insists_takes_an_encrypted_camera_as_it_is() {
        var simulated = simulated(CLIP, CameraSettings.Transport.TCP);
        house.insistOnEncryption(true);

        try (var entrance = TlsEntrance.listen(0, house.cameras)) {
            var camera = house.add(entrance.uri(simulated).toString(), "tcp");

            house.await(camera, RunState.Streaming.class);
        }
    }

    @Test
    void a_test_of_a_camera_tells_its_certificate_and_the_way_of_its_pictures() {
        var simulated = simulated(CLIP, CameraSettings.Transport.TCP);

        try (var entrance = TlsEntrance.listen(0, house.cameras)) {
            assertThat(test(entrance.uri(simulated), Optional.of(entrance.certificate())))
                    .isInstanceOfSatisfying(
                            CameraTest.Facts.class,
                            facts -> {
                                assertThat(facts.certificate()).contains(entrance.certificate());
                                assertThat(facts.transport()).isEqualTo("tcp");
                            });
        }
    }

    @Test
    void a_test_says_nothing_to_a_device_whose_certificate_nobody_has_named() {
        var who =
                org.custodes.simulator.Credentials.of(
                        "guard", "secret", org.custodes.simulator.Credentials.Scheme.BASIC);
        var simulated =
                house.cameras.add("camera", CLIP, CameraSettings.usual().withCredentials(who));

        try (var entrance = TlsEntrance.listen(0, house.cameras)) {
            assertThat(test(entrance.uri(simulated), Optional.empty()))
                    .isEqualTo(new CameraTest.Stranger(entrance.certificate()));
            assertThat(test(entrance.uri(simulated), Optional.of("ab".repeat(32))))
                    .isInstanceOfSatisfying(
                            CameraTest.Failed.class,
                            failed ->
                                    assertThat(failed.why())
                                            .isEqualTo(CameraTest.Why.CERTIFICATE_CHANGED));
            assertThat(simulated.refusals()).isZero();
        }
    }

    private CameraTest test(URI address, Optional<String> certificate) {
        var trial =
                fits(
                        house.register.checkTrial(
                                address.toString(),
                                Optional.of("guard"),
                                Optional.of("secret"),
                                Optional.empty(),
                                certificate));
        return new ConnectionTest(Duration.ofSeconds(10), InstantSource.system()).of(trial);
    }

    @Test
    void another_certificate_than_the_one_it_was_added_with_is_refused_at_the_first_call() {
        var simulated = simulated(CLIP, CameraSettings.Transport.TCP);
        try (var entrance = TlsEntrance.listen(0, house.cameras)) {
            var tested = entrance.certificate();
            entrance.renewCertificate();
            var address = entrance.uri(simulated).toString();

            var camera = house.add(address, "tcp", Optional.of(tested));
            var changed = house.await(camera, RunState.CertificateChanged.class);

            assertThat(changed.presented()).isEqualTo(entrance.certificate());
            assertThat(certificate(camera)).contains(tested);
            assertThat(simulated.clients()).isZero();
            house.awaitAlarms("camera.certificate");
            assertThat(actions()).doesNotContain(Action.CERTIFICATE_PINNED.code());
        }
    }

    private SimulatedCamera simulated(Clip clip, CameraSettings.Transport ways) {
        return house.cameras.add("camera", clip, CameraSettings.usual().withTransport(ways));
    }
}
