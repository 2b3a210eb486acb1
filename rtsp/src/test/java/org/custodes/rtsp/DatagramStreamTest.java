package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.custodes.rtsp.RtspException.Fault;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.CameraSettings.Transport;
import org.custodes.simulator.Clip;
import org.custodes.simulator.SimulatedCamera;
import org.custodes.simulator.SimulatedCameras;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Pictures that come as datagrams: lost, late, twice, from strangers.
class DatagramStreamTest {
    private static final double FAST = 100;
    private static final CameraSettings BY_UDP =
            CameraSettings.usual().withTransport(Transport.UDP).withNumbersThatWrapSoon();
    private static final RtspSettings OFTEN =
            new RtspSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(600),
                    Duration.ofMillis(100),
                    1 << 20);

    private final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void stop() {
        cameras.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void every_frame_comes_out_as_it_was_sent_and_the_camera_gets_reports(Codec codec) {
        var camera = camera(codec);

        try (var watcher = watch(camera)) {
            watcher.untilFrames(120);
            Watcher.await(
                    "receiver reports", () -> camera.connected().getFirst().receiverReports() >= 2);

            Sent.assertSame(watcher.frames(), camera.log());
            assertThat(watcher.losses()).isEmpty();
            assertThat(watcher.frames().getLast().cameraTime()).isNotNull();
            assertThat(watcher.session().facts().transport()).isEqualTo(RtspTransport.UDP);
        }
        Watcher.await("the camera to be free", () -> camera.clients() == 0);
    }

    @Test
    void packets_that_overtake_each_other_or_come_twice_damage_nothing() {
        var camera = camera(Codec.H264);

        try (var watcher = watch(camera)) {
            watcher.untilFrames(10);
            camera.swap(20);
            camera.duplicate(10);
            camera.late(5, 3);
            watcher.untilFrames(80);

            Sent.assertSame(watcher.frames(), camera.log());
            assertThat(watcher.losses())
                    .allMatch(loss -> loss.kind() == Loss.Kind.UNUSABLE_PACKETS);
        }
    }

    /// Three packets to a frame, 300 a second: 60 are 200 ms.
    @Test
    void packets_that_are_lost_or_too_late_damage_whole_frames_and_mark_them() {
        var camera = camera(Codec.H264);

        try (var watcher = watch(camera)) {
            watcher.untilFrames(10);
            camera.late(1, 60);
            Watcher.await("a frame that is marked", () -> damaged(watcher) > 0);
            camera.dropRate(0.05, 7);
            watcher.untilFrames(watcher.frames().size() + 100);

            assertThat(damaged(watcher)).isGreaterThan(2);
            Sent.assertWholeOnesSame(watcher.frames(), camera.log());
            assertThat(watcher.losses())
                    .anyMatch(loss -> loss.kind() == Loss.Kind.UNUSABLE_PACKETS)
                    .anyMatch(loss -> loss.kind() == Loss.Kind.PACKETS);
        }
    }

    private static long damaged(Watcher watcher) {
        return watcher.frames().stream().filter(Frame::damaged).count();
    }

    @Test
    void what_strangers_send_to_its_ports_is_left_aside() throws IOException {
        var camera = camera(Codec.H264);
        var stranger = new InetSocketAddress("127.0.0.2", 0);

        try (var watcher = watch(camera);
                var socket = new DatagramSocket(stranger)) {
            watcher.untilFrames(10);
            var port = camera.connected().getFirst().datagramPort().orElseThrow();
            var forged = ScriptedCamera.packet(0, 1, 1_000, "65888400");
            for (var i = 0; i < 2_000; i++) {
                socket.send(
                        new DatagramPacket(
                                forged,
                                4,
                                forged.length - 4,
                                InetAddress.getLoopbackAddress(),
                                port + i % 2));
            }
            watcher.untilFrames(60);

            Sent.assertSame(watcher.frames(), camera.log());
            assertThat(watcher.losses()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TCP_OR_UDP, UDP, UDP",
        "TCP_OR_UDP, TCP_OR_UDP, TCP",
        "TCP_OR_UDP, TCP, TCP",
        "UDP, TCP_OR_UDP, UDP",
        "TCP, TCP_OR_UDP, TCP",
    })
    void the_way_is_the_one_that_was_set_and_the_camera_has(
            RtspTransport set, Transport has, RtspTransport taken) {
        var camera = camera(has);

        try (var watcher = watch(camera, set)) {
            watcher.untilFrames(3);

            assertThat(watcher.session().facts().transport()).isEqualTo(taken);
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP, UDP, choose UDP", "UDP, TCP, choose TCP"})
    void another_way_than_the_one_that_was_set_is_not_tried(
            RtspTransport set, Transport has, String advice) {
        var address = Sent.address(camera(has)).by(set);

        var e =
                catchThrowableOfType(
                        RtspException.class, () -> RtspSession.open(address, null, OFTEN));

        assertThat(e.fault()).isEqualTo(Fault.REFUSED_BY_CAMERA);
        assertThat(e).hasMessageContaining("461").hasMessageContaining(advice);
    }

    @Test
    void silence_is_found_and_told_to_be_that_of_datagrams() {
        var camera = camera(Codec.H264);

        try (var watcher = watch(camera)) {
            watcher.untilFrames(5);
            camera.mute(Duration.ofMinutes(1));

            var end = watcher.untilEnd();
            assertThat(end.fault()).isEqualTo(Fault.SILENT);
            assertThat(end).hasMessageContaining("UDP").hasMessageContaining("choose TCP");
        }
    }

    private SimulatedCamera camera(Codec codec) {
        return cameras.add("camera", clip(codec), BY_UDP);
    }

    private SimulatedCamera camera(Transport ways) {
        return cameras.add("camera", clip(Codec.H264), CameraSettings.usual().withTransport(ways));
    }

    private static Clip clip(Codec codec) {
        return Clip.synthetic(codec, 640, 360, FAST, 10, 3_000, 1, false);
    }

    private static Watcher watch(SimulatedCamera camera) {
        return watch(camera, RtspTransport.UDP);
    }

    private static Watcher watch(SimulatedCamera camera, RtspTransport way) {
        return new Watcher(Sent.address(camera).by(way), null, OFTEN);
    }
}
