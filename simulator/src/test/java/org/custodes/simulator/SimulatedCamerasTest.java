package org.custodes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.custodes.media.Codec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedCamerasTest {
    private static final Clip CLIP = Clip.synthetic(320, 192, 100, 5, 4_000, 1);

    private final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void stop() {
        cameras.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void a_client_receives_the_units_that_the_log_says_were_sent(Codec codec) throws IOException {
        var clip = Clip.synthetic(codec, 320, 192, 100, 5, 4_000, 7, true);
        var camera = cameras.add("a", clip, CameraSettings.usual());

        try (var viewer = Viewer.playing(camera)) {
            var units = viewer.units(60);

            var log = camera.log().frames();
            int first = indexOf(log, units.getFirst());
            long start = units.getFirst().timestamp() - log.get(first).mediaTime();
            for (int i = 0; i < units.size(); i++) {
                var sent = log.get(first + i);
                assertThat(units.get(i).annexB()).isEqualTo(sent.unit().data().array());
                assertThat(units.get(i).timestamp())
                        .isEqualTo(start + sent.mediaTime() & 0xffff_ffffL);
            }
        }
    }

    @Test
    void frames_come_at_the_pace_of_the_clip_and_never_before_their_time() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());

        try (var viewer = Viewer.playing(camera)) {
            viewer.units(50);
        }

        var log = camera.log().frames();
        long start = log.getFirst().nanoTime();
        for (var sent : log) {
            assertThat(sent.nanoTime() - start)
                    .isGreaterThanOrEqualTo(sent.number() * 10_000_000 - 5_000_000);
        }
    }

    @Test
    void every_client_has_its_own_numbers_but_sees_the_same_pictures() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());

        try (var one = Viewer.playing(camera);
                var other = Viewer.playing(camera)) {
            var ofOne = one.units(10).getLast();
            var ofOther = other.units(10).getLast();

            assertThat(camera.clients()).isEqualTo(2);
            assertThat(ofOne.packets().getFirst().source())
                    .isNotEqualTo(ofOther.packets().getFirst().source());
            assertThat(indexOf(camera.log().frames(), ofOther)).isNotNegative();
            assertThat(indexOf(camera.log().frames(), ofOne)).isNotNegative();
        }
        eventually(() -> camera.clients() == 0);
    }

    @Test
    void sequence_numbers_have_no_gap_and_wrap() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual().withNumbersThatWrapSoon());

        try (var viewer = Viewer.playing(camera)) {
            var first = viewer.packet();
            assertThat(first.sequence()).isEqualTo(0xfff0);
            int expected = first.sequence();
            long lowest = first.timestamp();
            for (int i = 0; i < 900; i++) {
                var packet = viewer.packet();
                expected = expected + 1 & 0xffff;
                assertThat(packet.sequence()).isEqualTo(expected);
                lowest = Math.min(lowest, packet.timestamp());
            }
            assertThat(first.timestamp()).isGreaterThan(0xfffe_0000L);
            assertThat(lowest).isLessThan(1_000_000);
        }
    }

    @Test
    void a_client_may_begin_with_a_key_frame() throws IOException {
        var settings = CameraSettings.usual().withBegin(CameraSettings.Begin.NEXT_KEY_FRAME);
        var camera = cameras.add("a", CLIP, settings);

        try (var viewer = Viewer.playing(camera)) {
            var first = viewer.unit();

            assertThat(
                            camera.log()
                                    .frames()
                                    .get(indexOf(camera.log().frames(), first))
                                    .unit()
                                    .key())
                    .isTrue();
        }
    }

    @Test
    void a_sender_report_tells_the_camera_clock_with_its_offset_before_the_first_frame()
            throws IOException {
        var settings =
                CameraSettings.usual()
                        .withClock(Duration.ofMinutes(3), 0)
                        .withReportInterval(Duration.ofMillis(50));
        var camera = cameras.add("a", CLIP, settings);

        try (var viewer = Viewer.playing(camera)) {
            var unit = viewer.unit();
            assertThat(viewer.reports).hasSize(1);
            var report = ByteBuffer.wrap(viewer.reports.getFirst().bytes());

            assertThat(report.get(1) & 0xff).isEqualTo(200);
            var told = Instant.ofEpochSecond((report.getInt(8) & 0xffff_ffffL) - 2_208_988_800L);
            assertThat(Duration.between(Instant.now(), told))
                    .isBetween(Duration.ofSeconds(170), Duration.ofSeconds(181));
            int ahead = report.getInt(16) - (int) unit.timestamp();
            assertThat(ahead).isBetween(-900, 90_000);
            viewer.units(40);
            assertThat(viewer.reports).hasSizeGreaterThan(3);
        }
    }

    @Test
    void a_fast_clock_makes_frames_come_sooner() {
        var timeline = new Timeline(CLIP, 1_000, 0.1);
        for (int i = 0; i < 110; i++) {
            timeline.advance();
        }

        assertThat(timeline.dueNanos()).isBetween(1_000_000_000L, 1_000_002_000L);
        assertThat(timeline.mediaTime()).isEqualTo(99_000);
        assertThat(timeline.mediaTimeAt(timeline.dueNanos())).isBetween(98_998L, 99_002L);
    }

    @ParameterizedTest
    @EnumSource(Credentials.Scheme.class)
    void only_the_right_password_gets_in(Credentials.Scheme scheme) throws IOException {
        var settings =
                CameraSettings.usual().withCredentials(Credentials.of("viewer", "pass", scheme));
        var camera = cameras.add("a", CLIP, settings);
        var uri = camera.uri().toString();

        try (var viewer = new Viewer(camera.uri())) {
            var refused = viewer.ask("DESCRIBE", uri, "");
            assertThat(refused.status()).isEqualTo(401);
            var challenge = refused.header("www-authenticate");

            var wrong = Answers.to(challenge, "DESCRIBE", uri, "viewer", "guess");
            assertThat(viewer.ask("DESCRIBE", uri, wrong).status()).isEqualTo(401);
            var right = Answers.to(challenge, "DESCRIBE", uri, "viewer", "pass");
            assertThat(viewer.ask("DESCRIBE", uri, right).status()).isEqualTo(200);
            assertThat(viewer.ask("SETUP", uri + "/trackID=0", right).status()).isNotEqualTo(200);
        }
        assertThat(camera.refusals()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void an_old_nonce_is_stale() throws IOException {
        var settings =
                CameraSettings.usual()
                        .withCredentials(
                                Credentials.of("viewer", "pass", Credentials.Scheme.DIGEST_MD5));
        var camera = cameras.add("a", CLIP, settings);
        var uri = camera.uri().toString();

        try (var viewer = new Viewer(camera.uri())) {
            var challenge = viewer.ask("DESCRIBE", uri, "").header("www-authenticate");
            camera.renewNonce();
            var answer = Answers.to(challenge, "DESCRIBE", uri, "viewer", "pass");
            var stale = viewer.ask("DESCRIBE", uri, answer);

            assertThat(stale.status()).isEqualTo(401);
            assertThat(stale.header("www-authenticate")).contains("stale=true");
        }
    }

    @Test
    void it_tells_whether_a_client_set_up_more_than_the_video() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual().withOtherTracks());

        try (var viewer = new Viewer(camera.uri())) {
            var sdp = viewer.ask("DESCRIBE", camera.uri().toString(), "").body();
            assertThat(sdp).contains("m=audio", "m=application", "sprop-parameter-sets=");
            viewer.setUpAndPlay();
            assertThat(camera.audioWasSetUp()).isFalse();
            viewer.ask(
                    "SETUP",
                    camera.uri() + "/trackID=1",
                    "Transport: RTP/AVP/TCP;unicast;interleaved=2-3\r\n");
            assertThat(camera.audioWasSetUp()).isTrue();
        }
    }

    @Test
    void dropped_packets_leave_a_gap_of_just_as_many() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());

        try (var viewer = Viewer.playing(camera);
                var other = Viewer.playing(camera)) {
            int last = viewer.packet().sequence();
            int lastOfOther = other.packet().sequence();
            camera.connected().getFirst().drop(3);

            assertThat(gaps(viewer, last, 200)).isEqualTo(3);
            assertThat(gaps(other, lastOfOther, 200)).isZero();
            last = viewer.packet().sequence();
            camera.dropRate(0.2, 5);
            assertThat(gaps(viewer, last, 400)).isBetween(20, 200);
        }
    }

    @Test
    void packets_can_be_swapped_and_doubled() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());

        try (var viewer = Viewer.playing(camera)) {
            var seen = new HashSet<Integer>();
            int last = viewer.packet().sequence();
            camera.swap(2);
            camera.duplicate(3);
            int doubled = 0;
            int backwards = 0;
            for (int i = 0; i < 200; i++) {
                int next = viewer.packet().sequence();
                doubled += seen.add(next) ? 0 : 1;
                backwards += (next - last & 0xffff) > 0x8000 ? 1 : 0;
                last = next;
            }
            assertThat(doubled).isEqualTo(3);
            assertThat(backwards).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void a_mute_camera_accepts_but_sends_nothing_and_answers_later() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());
        try (var watching = Viewer.playing(camera);
                var late = new Viewer(camera.uri())) {
            var before = watching.unit();
            camera.mute(Duration.ofMillis(400));
            long muted = System.nanoTime();
            late.say("OPTIONS", camera.uri().toString(), "");

            assertThat(late.reply().status()).isEqualTo(200);
            assertThat(System.nanoTime() - muted).isGreaterThan(390_000_000L);
            long largest = 0;
            long last = before.timestamp();
            for (var unit : watching.units(80)) {
                largest = Math.max(largest, unit.timestamp() - last & 0xffff_ffffL);
                last = unit.timestamp();
            }
            assertThat(largest).isGreaterThan(30 * 900);
        }
    }

    @Test
    void reset_and_hang_up_end_the_connections() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());
        try (var one = Viewer.playing(camera)) {
            one.unit();
            camera.reset();
            assertThat(one.endsWithin(2_000)).isTrue();
        }
        try (var two = Viewer.playing(camera)) {
            two.unit();
            camera.hangUp();
            assertThat(two.endsWithin(2_000)).isTrue();
        }
        assertThat(camera.clients()).isZero();
    }

    @Test
    void a_session_without_requests_is_ended() throws IOException {
        var settings = CameraSettings.usual().withSessionTimeout(Duration.ofMillis(600));
        var camera = cameras.add("a", CLIP, settings);
        try (var viewer = Viewer.playing(camera)) {
            for (int i = 0; i < 10; i++) {
                viewer.units(10);
                assertThat(viewer.ask("GET_PARAMETER", camera.uri().toString(), "").status())
                        .isEqualTo(200);
            }
            assertThat(viewer.endsWithin(3_000)).isTrue();
        }
    }

    @Test
    void a_client_that_does_not_read_is_dropped_and_others_do_not_notice() throws IOException {
        var heavy = Clip.synthetic(320, 192, 100, 5, 200_000, 3);
        var camera = cameras.add("a", heavy, CameraSettings.usual().withBacklogBytes(1 << 20));
        var socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        try (var slow = new Viewer(camera.uri(), socket);
                var quick = Viewer.playing(camera)) {
            slow.setUpAndPlay();

            while (camera.lostClients() == 0) {
                quick.units(5);
            }
            assertThat(camera.clients()).isEqualTo(1);
            assertThat(gaps(quick, quick.packet().sequence(), 500)).isZero();
        }
    }

    @Test
    void the_size_may_change_in_mid_stream_and_time_goes_on() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());
        var larger = Clip.synthetic(640, 368, 100, 5, 8_000, 2);
        try (var viewer = Viewer.playing(camera)) {
            var before = viewer.unit();
            camera.show(larger);
            var units = viewer.units(30);

            assertThat(units.getLast().annexB().length).isGreaterThan(7_000);
            long last = before.timestamp();
            for (var unit : units) {
                assertThat(unit.timestamp() - last & 0xffff_ffffL).isBetween(1L, 9_000L);
                last = unit.timestamp();
            }
        }
        assertThatThrownBy(() ->
                        camera.show(Clip.synthetic(Codec.H265, 640, 368, 25, 5, 500, 2, false)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_frame_log_file_has_every_frame(@TempDir Path folder) throws IOException {
        var file = folder.resolve("frames.csv");
        var camera = cameras.add("a", CLIP, CameraSettings.usual().withFrameLog(file));
        eventually(() -> camera.log().count() > 30);
        cameras.close();

        var lines = Files.readAllLines(file);
        var log = camera.log().frames();
        assertThat(lines).hasSameSizeAs(log);
        for (int i = 0; i < lines.size(); i++) {
            var crc = new java.util.zip.CRC32C();
            crc.update(log.get(i).unit().data().array());
            assertThat(lines.get(i))
                    .isEqualTo("%d,%d,%08x".formatted(i, log.get(i).wallMicros(), crc.getValue()));
        }
    }

    @Test
    void what_is_no_rtsp_is_refused_and_ends() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());
        for (var nonsense :
                List.of("GET / HTTP/1.1\r\n\r\n", "x".repeat(20_000), "OPTIONS\r\n\r\n")) {
            try (var viewer = new Viewer(camera.uri())) {
                viewer.raw(nonsense.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                assertThat(viewer.endsWithin(3_000)).isTrue();
            }
        }
        try (var viewer = new Viewer(camera.uri())) {
            var uri = camera.uri().toString();
            assertThat(viewer.ask("DESCRIBE", uri + "x", "").status()).isEqualTo(404);
            assertThat(viewer.ask("PLAY", uri, "Session: 12\r\n").status()).isEqualTo(454);
            var udp = "Transport: RTP/AVP;unicast;client_port=5000-5001\r\n";
            assertThat(viewer.ask("SETUP", uri + "/trackID=0", udp).status()).isEqualTo(461);
        }
    }

    @Test
    void another_process_can_call_the_verbs() throws IOException {
        var camera = cameras.add("yard/1", CLIP, CameraSettings.usual());
        try (var control = SimulatorControl.listen(0, cameras);
                var viewer = Viewer.playing(camera)) {
            int last = viewer.packet().sequence();
            assertThat(SimulatorControl.say(control.port(), "clients yard/1")).isEqualTo("1");
            SimulatorControl.say(control.port(), "drop yard/1 4");
            assertThat(gaps(viewer, last, 100)).isEqualTo(4);
            SimulatorControl.say(control.port(), "reset yard/1");
            assertThat(viewer.endsWithin(2_000)).isTrue();
            assertThat(SimulatorControl.say(control.port(), "frames yard/1"))
                    .matches("\\d+ \\d{16}");
            assertThatThrownBy(() -> SimulatorControl.say(control.port(), "melt yard/1"))
                    .hasMessageContaining("no verb melt");
            assertThatThrownBy(() -> SimulatorControl.say(control.port(), "drop nowhere 1"))
                    .hasMessageContaining("no camera at nowhere");
        }
    }

    /// How many sequence numbers are missing among the packets after `last`.
    private static int gaps(Viewer viewer, int last, int packets) throws IOException {
        int missing = 0;
        for (int i = 0; i < packets; i++) {
            int next = viewer.packet().sequence();
            missing += (next - last & 0xffff) - 1;
            last = next;
        }
        return missing;
    }

    private static int indexOf(List<FrameLog.Sent> log, Viewer.Unit unit) {
        for (int i = 0; i < log.size(); i++) {
            if (java.util.Arrays.equals(log.get(i).unit().data().array(), unit.annexB())) {
                return i;
            }
        }
        return -1;
    }

    private static void eventually(BooleanSupplier holds) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }
}
