package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.custodes.media.Codec;
import org.custodes.media.CodecConfig;
import org.custodes.media.Frame;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.Credentials.Scheme;
import org.custodes.simulator.SimulatedCamera;
import org.custodes.simulator.SimulatedCameras;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole sessions with the simulator's cameras: what they log as sent is what has to come out.
class SimulatedStreamTest {
    private static final double FAST = 100;

    private final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void stop() {
        cameras.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void every_frame_of_either_codec_comes_out_as_it_was_sent(Codec codec) {
        var camera = camera(clip(codec, false), CameraSettings.usual());

        try (var watcher = watch(camera)) {
            watcher.untilFrames(60);

            Sent.assertSame(watcher.frames(), camera.log());
            assertThat(watcher.losses()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void b_frames_keep_their_order_of_arrival_and_their_times(Codec codec) {
        var camera = camera(clip(codec, true), CameraSettings.usual());

        try (var watcher = watch(camera)) {
            watcher.untilFrames(40);

            Sent.assertSame(watcher.frames(), camera.log());
            var times = watcher.frames().stream().map(Frame::mediaTime).toList();
            assertThat(times).isNotEqualTo(times.stream().sorted().toList());
        }
    }

    @Test
    void numbers_and_times_that_wrap_lose_nothing() {
        var camera =
                camera(clip(Codec.H264, false), CameraSettings.usual().withNumbersThatWrapSoon());

        try (var watcher = watch(camera)) {
            watcher.untilFrames(120);

            Sent.assertSame(watcher.frames(), camera.log());
            assertThat(watcher.losses()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void every_way_to_prove_a_password_opens_the_stream(Scheme scheme) {
        var who = org.custodes.simulator.Credentials.of("Jorg", "p:ä\"ß\\", scheme);
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual().withCredentials(who));

        var own = Credentials.of("Jorg", "p:ä\"ß\\".toCharArray());
        try (var watcher = new Watcher(Sent.address(camera), own, RtspSettings.DEFAULT)) {
            watcher.untilFrames(3);
        }

        assertThat(camera.refusals()).isEqualTo(1);
    }

    @Test
    void a_password_in_the_clear_is_not_sent_where_digest_is_offered() {
        var who =
                org.custodes.simulator.Credentials.of(
                        "user", "right", Scheme.BASIC, Scheme.DIGEST_MD5, Scheme.DIGEST_SHA256);
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual().withCredentials(who));

        var wrong = Credentials.of("user", "wrong".toCharArray());
        assertThatThrownBy(
                        () -> RtspSession.open(Sent.address(camera), wrong, RtspSettings.DEFAULT))
                .isInstanceOfSatisfying(
                        RtspException.class,
                        e -> assertThat(e.fault()).isEqualTo(RtspException.Fault.WRONG_CREDENTIALS))
                .hasMessageNotContaining("wrong")
                .hasMessageNotContaining("user,");

        assertThat(camera.refusals()).isEqualTo(2);
    }

    @Test
    void a_nonce_that_becomes_stale_is_renewed_and_the_stream_goes_on() {
        var who = org.custodes.simulator.Credentials.of("user", "secret", Scheme.DIGEST_SHA256);
        var camera =
                camera(
                        clip(Codec.H264, false),
                        CameraSettings.usual()
                                .withCredentials(who)
                                .withSessionTimeout(Duration.ofSeconds(1)));

        var own = Credentials.of("user", "secret".toCharArray());
        try (var watcher = new Watcher(Sent.address(camera), own, RtspSettings.DEFAULT)) {
            watcher.untilFrames(1);
            camera.renewNonce();
            Watcher.await("a refused keep-alive", () -> camera.refusals() >= 2);
            watcher.untilFrames(200);

            assertThat(watcher.endedByItself()).isFalse();
        }
    }

    @Test
    void a_session_that_would_time_out_is_kept_alive_by_either_method() {
        var timeout = CameraSettings.usual().withSessionTimeout(Duration.ofSeconds(1));
        var byParameter = cameras.add("parameter", clip(Codec.H264, false), timeout);
        var byOptions =
                cameras.add("options", clip(Codec.H264, false), timeout.withoutGetParameter());

        try (var one = watch(byParameter);
                var other = watch(byOptions)) {
            one.untilFrames(150);
            other.untilFrames(150);

            assertThat(one.session().facts().keepAlive()).isEqualTo("GET_PARAMETER");
            assertThat(other.session().facts().keepAlive()).isEqualTo("OPTIONS");
            assertThat(one.session().facts().sessionTimeout()).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void audio_and_metadata_are_told_of_and_never_set_up() {
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual().withOtherTracks());

        try (var watcher = watch(camera)) {
            watcher.untilFrames(5);

            assertThat(watcher.session().facts().audio()).isTrue();
            assertThat(watcher.session().facts().metadata()).isTrue();
            assertThat(watcher.session().facts().backChannel()).isFalse();
            assertThat(camera.audioWasSetUp()).isFalse();
        }
    }

    @Test
    void frames_carry_the_cameras_own_clock_and_the_camera_gets_reports() {
        var ahead = Duration.ofHours(3);
        var camera = camera(clip(Codec.H265, false), CameraSettings.usual().withClock(ahead, 0));
        var settings =
                new RtspSettings(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        1 << 20);

        try (var watcher = new Watcher(Sent.address(camera), null, settings)) {
            watcher.untilFrames(30);
            Watcher.await(
                    "receiver reports", () -> camera.connected().getFirst().receiverReports() >= 2);

            var frame = watcher.frames().getLast();
            var sent = Sent.of(camera.log(), frame);
            assertThat(frame.cameraTime()).isNotNull();
            assertThat(Duration.between(sent.wallTime(), frame.cameraTime()).toMillis())
                    .isCloseTo(ahead.toMillis(), within(200L));
        }
    }

    @Test
    void a_resolution_that_changes_in_mid_stream_shows_in_the_next_key_frame() {
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual());

        try (var watcher = watch(camera)) {
            watcher.untilFrames(15);
            camera.show(Clip.synthetic(Codec.H264, 1280, 720, FAST, 10, 3_000, 7, false));
            Watcher.await("the new size", () -> sizes(watcher).contains(1280));

            assertThat(sizes(watcher)).containsExactly(640, 1280);
        }
    }

    private static List<Integer> sizes(Watcher watcher) {
        return watcher.frames().stream()
                .filter(Frame::key)
                .flatMap(frame -> config(frame).stream())
                .map(CodecConfig::width)
                .distinct()
                .toList();
    }

    private static Optional<CodecConfig> config(Frame frame) {
        return CodecConfig.ofKeyFrame(frame.codec(), frame.data().array());
    }

    @Test
    void packets_that_are_lost_repeated_or_late_damage_whole_frames_and_never_mix_two() {
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual());

        try (var watcher = watch(camera)) {
            watcher.untilFrames(5);
            camera.drop(1);
            watcher.untilFrames(30);
            camera.duplicate(5);
            watcher.untilFrames(60);
            camera.swap(1);
            Watcher.await("two gaps", () -> gaps(watcher) >= 2);
            watcher.untilFrames(watcher.frames().size() + 20);

            var frames = watcher.frames();
            assertThat(frames.stream().filter(Frame::damaged).count()).isBetween(1L, 4L);
            Sent.assertWholeOnesSame(frames, camera.log());
        }
    }

    private static long gaps(Watcher watcher) {
        return watcher.losses().stream().filter(l -> l.kind() == Loss.Kind.PACKETS).count();
    }

    @Test
    void a_camera_that_falls_silent_is_found_after_the_time_that_is_set() {
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual());
        var settings =
                new RtspSettings(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(5),
                        1 << 20);

        try (var watcher = new Watcher(Sent.address(camera), null, settings)) {
            watcher.untilFrames(5);
            camera.mute(Duration.ofMinutes(1));

            assertThat(watcher.untilEnd().fault()).isEqualTo(RtspException.Fault.SILENT);
        }
    }

    @Test
    void a_camera_that_hangs_up_or_resets_ends_the_stream() {
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual());

        for (var verb : List.<Runnable>of(camera::hangUp, camera::reset)) {
            try (var watcher = watch(camera)) {
                watcher.untilFrames(5);
                verb.run();

                assertThat(watcher.untilEnd().fault())
                        .isEqualTo(RtspException.Fault.ENDED_BY_CAMERA);
            }
        }
    }

    @Test
    void closing_from_another_thread_ends_the_receiving_one_and_frees_the_cameras_place() {
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual());
        var watcher = watch(camera).untilFrames(5);

        watcher.close();
        watcher.close();

        assertThat(watcher.endedByItself()).isFalse();
        Watcher.await("the camera to be free", () -> camera.clients() == 0);
        assertThat(camera.lostClients()).isZero();
    }

    @Test
    void interrupting_the_receiving_thread_ends_it_as_closing_does() {
        var camera = camera(clip(Codec.H264, false), CameraSettings.usual());
        try (var watcher = watch(camera)) {
            watcher.untilFrames(5);

            watcher.thread().interrupt();

            Watcher.await("the thread's end", () -> !watcher.thread().isAlive());
            assertThat(watcher.endedByItself()).isFalse();
        }
    }

    @Test
    void a_probe_tells_facts_and_no_picture() {
        var who = org.custodes.simulator.Credentials.of("user", "secret", Scheme.DIGEST_MD5);
        var camera =
                camera(
                        clip(Codec.H265, false),
                        CameraSettings.usual()
                                .withCredentials(who)
                                .withOtherTracks()
                                .withClock(Duration.ofSeconds(-90), 0));

        var facts =
                RtspProbe.probe(
                        Sent.address(camera),
                        Credentials.of("user", "secret".toCharArray()),
                        Duration.ofSeconds(10),
                        InstantSource.system());

        assertThat(facts.stream().codec()).isEqualTo(Codec.H265);
        assertThat(facts.keyFrameArrived()).isTrue();
        assertThat(facts.config().orElseThrow().width()).isEqualTo(640);
        assertThat(facts.config().orElseThrow().height()).isEqualTo(360);
        assertThat(facts.config().orElseThrow().rfc6381()).startsWith("hvc1.1.6.L");
        assertThat(facts.framesPerSecond().orElseThrow()).isCloseTo(FAST, within(2.0));
        assertThat(facts.keyFrameDistance()).hasValue(10);
        assertThat(facts.keyFrameInterval()).contains(Duration.ofMillis(100));
        assertThat(facts.clockDifference().orElseThrow().toSeconds()).isCloseTo(-90, within(1L));
        assertThat(facts.stream().audio()).isTrue();
    }

    private SimulatedCamera camera(Clip clip, CameraSettings settings) {
        return cameras.add("camera", clip, settings);
    }

    /// Frames of about 3,000 bytes, so that each is cut into pieces.
    private static Clip clip(Codec codec, boolean reordered) {
        return Clip.synthetic(codec, 640, 360, FAST, 10, 3_000, 1, reordered);
    }

    private static Watcher watch(SimulatedCamera camera) {
        return new Watcher(Sent.address(camera), null, RtspSettings.DEFAULT);
    }
}
