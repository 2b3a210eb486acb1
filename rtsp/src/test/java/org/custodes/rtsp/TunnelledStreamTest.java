package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.custodes.media.Codec;
import org.custodes.rtsp.RtspException.Fault;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.CameraSettings.Transport;
import org.custodes.simulator.Clip;
import org.custodes.simulator.Credentials.Scheme;
import org.custodes.simulator.SimulatedCamera;
import org.custodes.simulator.SimulatedCameras;
import org.custodes.simulator.TlsEntrance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RTSP inside HTTP.
class TunnelledStreamTest {
    private static final Clip CLIP = Clip.synthetic(Codec.H264, 640, 360, 100, 10, 3_000, 1, false);
    private static final CameraSettings IN_HTTP =
            CameraSettings.usual()
                    .withTransport(Transport.HTTP)
                    .withSessionTimeout(Duration.ofSeconds(1));
    private static final RtspSettings OFTEN =
            new RtspSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(100),
                    1 << 20);

    private final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void stop() {
        cameras.close();
    }

    @Test
    void every_frame_comes_out_as_it_was_sent_and_reports_and_keep_alives_go_up() {
        var camera = cameras.add("camera", CLIP, IN_HTTP);

        try (var watcher = new Watcher(tunnel(camera), null, OFTEN)) {
            watcher.untilFrames(150);
            Watcher.await(
                    "receiver reports", () -> camera.connected().getFirst().receiverReports() >= 5);

            Sent.assertSame(watcher.frames(), camera.log());
            assertThat(watcher.losses()).isEmpty();
            assertThat(watcher.session().facts().transport()).isEqualTo(RtspTransport.HTTP);
        }
        Watcher.await("the camera to be free", () -> camera.clients() == 0);
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void a_tunnel_that_asks_for_a_password_gets_its_proof(Scheme scheme) {
        var who = org.custodes.simulator.Credentials.of("user", "secret", scheme);
        var camera = cameras.add("camera", CLIP, IN_HTTP.withCredentials(who));

        var own = Credentials.of("user", "secret".toCharArray());
        try (var watcher = new Watcher(tunnel(camera), own, OFTEN)) {
            watcher.untilFrames(3);
        }

        assertThat(camera.refusals()).isEqualTo(1);
    }

    @Test
    void a_wrong_password_is_found_at_the_mouth_of_the_tunnel() {
        var who = org.custodes.simulator.Credentials.of("user", "right", Scheme.DIGEST_SHA256);
        var camera = cameras.add("camera", CLIP, IN_HTTP.withCredentials(who));

        var e = refusal(tunnel(camera), Credentials.of("user", "wrong".toCharArray()));

        assertThat(e.fault()).isEqualTo(Fault.WRONG_CREDENTIALS);
        assertThat(camera.refusals()).isEqualTo(2);
    }

    @Test
    void a_tunnel_may_itself_be_encrypted() {
        var camera = cameras.add("camera", CLIP, IN_HTTP);

        try (var entrance = TlsEntrance.listen(0, cameras);
                var watcher =
                        new Watcher(
                                RtspAddress.of(
                                                entrance.uri(camera),
                                                InetAddress.getLoopbackAddress())
                                        .by(RtspTransport.HTTP)
                                        .knownBy(new CertificatePin(entrance.certificate())),
                                null,
                                OFTEN)) {
            watcher.untilFrames(30);

            Sent.assertSame(watcher.frames(), camera.log());
        }
    }

    @Test
    void a_camera_that_knows_no_tunnel_says_so_and_is_not_asked_otherwise() {
        var camera = cameras.add("camera", CLIP, CameraSettings.usual());

        var e = refusal(tunnel(camera), null);

        assertThat(e.fault()).isEqualTo(Fault.REFUSED_BY_CAMERA);
        assertThat(e).hasMessageContaining("404").hasMessageContaining("choose TCP");
        assertThat(camera.clients()).isZero();
    }

    @Test
    void something_that_speaks_no_http_is_told_so() {
        try (var camera = new ScriptedCamera().greets("SSH-2.0-OpenSSH_9.2p1\r\n\r\n")) {
            var e = refusal(camera.address().by(RtspTransport.HTTP), null);

            assertThat(e.fault()).isEqualTo(Fault.NOT_RTSP);
            assertThat(e).hasMessageContaining("HTTP");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.0 200 OK%n%n | 200 | 0",
                "HTTP/1.1 200 OK%nA: b%n%nrest | 200 | 4",
                "HTTP/1.0 200%n%n%n | 200 | 1",
                "HTTP/1.0 whatever%n%n | 0 | 0",
            })
    void heads_are_read_up_to_their_first_empty_line(String text, int status, int behind) {
        for (var ending : new String[] {"\n", "\r\n"}) {
            var bytes = text.replace("%n", ending).getBytes(StandardCharsets.ISO_8859_1);

            var head = HttpHead.parse(bytes, bytes.length);

            assertThat(head.message().status()).isEqualTo(status);
            var rest = behind == 1 ? ending.length() : behind;
            assertThat(head.rest().remaining()).isEqualTo(rest);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\r\n\r\n", "RTSP/1.0 400 Bad\r\n\r\n", "HTTP/1.0 200 OK"})
    void what_is_no_head_of_http_is_told_so(String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> HttpHead.parse(bytes, bytes.length))
                .isInstanceOf(RtspException.class);
    }

    private static RtspException refusal(RtspAddress address, @Nullable Credentials own) {
        return catchThrowableOfType(
                RtspException.class, () -> RtspSession.open(address, own, OFTEN));
    }

    private static RtspAddress tunnel(SimulatedCamera camera) {
        return Sent.address(camera).by(RtspTransport.HTTP);
    }
}
