package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.custodes.media.Codec;
import org.custodes.rtsp.RtspException.Fault;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.Credentials.Scheme;
import org.custodes.simulator.SimulatedCamera;
import org.custodes.simulator.SimulatedCameras;
import org.custodes.simulator.TlsEntrance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cameras over TLS: known by their certificate, or not talked to.
class EncryptedStreamTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Clip CLIP =
            Clip.synthetic(Codec.H264, 640, 360, 100, 10, 30_000, 1, false);
    private static final RtspSettings PATIENT =
            new RtspSettings(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(100),
                    1 << 20);

    private static final RtspSettings IMPATIENT = PATIENT.within(Duration.ofMillis(500));

    private final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(HERE, 0));

    @AfterEach
    void stop() {
        cameras.close();
    }

    /// 80 frames of 30,000 bytes, so that records break off in every way.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void every_frame_comes_out_as_it_was_sent_and_the_certificate_is_told(String protocol) {
        var camera = camera();

        try (var entrance = TlsEntrance.listen(0, cameras, protocol);
                var watcher = watch(address(entrance, camera))) {
            watcher.untilFrames(80);
            Watcher.await(
                    "receiver reports", () -> camera.connected().getFirst().receiverReports() >= 2);

            Sent.assertSame(watcher.frames(), camera.log());
            assertThat(watcher.losses()).isEmpty();
            assertThat(watcher.session().facts().certificate())
                    .contains(new CertificatePin(entrance.certificate()));
        }
        Watcher.await("the camera to be free", () -> camera.clients() == 0);
    }

    @Test
    void a_camera_that_is_known_is_talked_to_and_its_changed_certificate_is_not() {
        var who = org.custodes.simulator.Credentials.of("user", "secret", Scheme.BASIC);
        var camera = cameras.add("camera", CLIP, CameraSettings.usual().withCredentials(who));
        var own = Credentials.of("user", "secret".toCharArray());

        try (var entrance = TlsEntrance.listen(0, cameras)) {
            var known = new CertificatePin(entrance.certificate());
            var address = address(entrance, camera).knownBy(known);
            try (var watcher = new Watcher(address, own, PATIENT)) {
                watcher.untilFrames(3);
            }
            var refusals = camera.refusals();

            entrance.renewCertificate();
            var e =
                    catchThrowableOfType(
                            RtspException.class, () -> RtspSession.open(address, own, PATIENT));

            assertThat(e.fault()).isEqualTo(Fault.CERTIFICATE_CHANGED);
            assertThat(e.certificate()).contains(new CertificatePin(entrance.certificate()));
            assertThat(e)
                    .hasMessageContaining(known.shown())
                    .hasMessageContaining(new CertificatePin(entrance.certificate()).shown())
                    .hasMessageContaining("accept it");
            assertThat(camera.refusals()).isEqualTo(refusals);
        }
    }

    @Test
    void a_probe_tells_the_certificate_of_a_camera_that_is_met_for_the_first_time() {
        var camera = camera();
        try (var entrance = TlsEntrance.listen(0, cameras)) {
            var facts =
                    RtspProbe.probe(
                            address(entrance, camera),
                            null,
                            Duration.ofSeconds(10),
                            InstantSource.system());

            assertThat(facts.stream().certificate().map(CertificatePin::sha256))
                    .contains(entrance.certificate());
        }
    }

    @Test
    void a_camera_that_is_only_met_hears_not_a_word() {
        var camera = camera();
        try (var entrance = TlsEntrance.listen(0, cameras)) {
            assertThat(RtspProbe.meet(address(entrance, camera), Duration.ofSeconds(10)).sha256())
                    .isEqualTo(entrance.certificate());
            assertThat(camera.connected()).isEmpty();
        }
        var plain =
                RtspAddress.of(
                        URI.create(camera.uri().toString().replace("rtsp:", "rtsps:")), HERE);
        assertThat(
                        catchThrowableOfType(
                                        RtspException.class,
                                        () -> RtspProbe.meet(plain, Duration.ofSeconds(5)))
                                .fault())
                .isEqualTo(Fault.NO_ENCRYPTION);
    }

    @Test
    void a_port_that_speaks_no_tls_is_not_talked_to_in_the_clear() {
        var plain = camera().uri().toString().replace("rtsp://", "rtsps://");

        var e = refusal(RtspAddress.of(URI.create(plain), HERE));

        assertThat(e.fault()).isEqualTo(Fault.NO_ENCRYPTION);
        assertThat(e).hasMessageContaining("TLS 1.2").hasMessageContaining("port");
    }

    @Test
    void a_port_that_speaks_tls_is_told_apart_from_plain_rtsp() {
        try (var entrance = TlsEntrance.listen(0, cameras)) {
            var plain = entrance.uri(camera()).toString().replace("rtsps://", "rtsp://");

            var e =
                    catchThrowableOfType(
                            RtspException.class,
                            () ->
                                    RtspSession.open(
                                            RtspAddress.of(URI.create(plain), HERE),
                                            null,
                                            PATIENT));

            assertThat(e.fault()).isIn(Fault.NOT_RTSP, Fault.ENDED_BY_CAMERA);
        }
    }

    @Test
    void a_handshake_that_hangs_is_given_up_after_the_time_that_is_set() throws IOException {
        try (var silent = new ServerSocket(0, 1, HERE)) {
            var uri = URI.create("rtsps://127.0.0.1:%d/".formatted(silent.getLocalPort()));

            var e = refusal(RtspAddress.of(uri, HERE));

            assertThat(e.fault()).isEqualTo(Fault.NO_ENCRYPTION);
            assertThat(e).hasMessageContaining("500 ms");
        }
    }

    @Test
    void plain_streams_tell_no_certificate() {
        try (var watcher = watch(Sent.address(camera()))) {
            assertThat(watcher.session().facts().certificate()).isEqualTo(Optional.empty());
        }
    }

    private static RtspException refusal(RtspAddress address) {
        return catchThrowableOfType(
                RtspException.class, () -> RtspSession.open(address, null, IMPATIENT));
    }

    private SimulatedCamera camera() {
        return cameras.add("camera", CLIP, CameraSettings.usual());
    }

    private static RtspAddress address(TlsEntrance entrance, SimulatedCamera camera) {
        return RtspAddress.of(entrance.uri(camera), HERE);
    }

    private static Watcher watch(RtspAddress address) {
        return new Watcher(address, null, PATIENT);
    }
}
