package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.custodes.media.Codec;
import org.custodes.media.CodecConfig;
import org.custodes.media.Frame;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.Quirk;
import org.custodes.simulator.SimulatedCamera;
import org.custodes.simulator.SimulatedCameras;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Cameras with habits: every picture comes out all the same.
class QuirkTest {
    private static final double FAST = 100;
    private static final int SLICES = 3;
    private static final CameraSettings USUAL =
            CameraSettings.usual().withSessionTimeout(Duration.ofSeconds(1));

    private final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void stop() {
        cameras.close();
    }

    /// Half a session's time-out is over before so many frames: each is kept alive at least once.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void every_picture_of_a_camera_with_any_habit_comes_out_as_it_was_sent(Codec codec) {
        var odd =
                Arrays.stream(Quirk.values())
                        .map(quirk -> add(quirk.name(), codec, USUAL.withQuirks(quirk)));
        var oddest = add("all", codec, USUAL.withQuirks(thatGoTogether()));
        var inBand = add("in-band", codec, USUAL.withParameterSetsInBandOnly());
        var all = Stream.concat(odd, Stream.of(oddest, inBand)).toList();

        var watchers = all.stream().map(QuirkTest::watch).toList();

        for (var i = 0; i < all.size(); i++) {
            try (var watcher = watchers.get(i).untilFrames(150)) {
                Sent.assertSame(afterLearning(all.get(i), watcher.frames()), all.get(i).log());
                assertThat(watcher.losses()).as("%s", all.get(i).uri()).isEmpty();
                assertThat(watcher.endedByItself()).isFalse();
            }
        }
    }

    /// All but the two that are one's opposite.
    private static Quirk[] thatGoTogether() {
        return Arrays.stream(Quirk.values())
                .filter(quirk -> quirk != Quirk.NO_MARKERS && quirk != Quirk.NO_CONTROL)
                .toArray(Quirk[]::new);
    }

    /// A camera that marks every slice is seen through after its first picture, which comes in parts.
    private static List<Frame> afterLearning(SimulatedCamera camera, List<Frame> frames) {
        var trustworthy =
                !camera.uri().getPath().matches("/(all|" + Quirk.MARKER_ON_EVERY_SLICE + ")");
        return trustworthy ? frames : frames.subList(SLICES, frames.size());
    }

    @Test
    void parameter_sets_that_come_in_band_alone_may_change_with_any_key_frame() {
        var camera = add("camera", Codec.H264, USUAL.withParameterSetsInBandOnly());

        try (var watcher = watch(camera)) {
            watcher.untilFrames(15);
            camera.show(Clip.synthetic(Codec.H264, 1280, 720, FAST, 10, 3_000, 7, false));
            Watcher.await("the new size", () -> widths(watcher).contains(1280));

            assertThat(watcher.session().facts().config()).isEmpty();
            assertThat(widths(watcher)).containsExactly(640, 1280);
        }
    }

    private static List<Integer> widths(Watcher watcher) {
        return watcher.frames().stream()
                .filter(Frame::key)
                .flatMap(frame ->
                        CodecConfig.ofKeyFrame(frame.codec(), frame.data().array()).stream())
                .map(CodecConfig::width)
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {36_000, -3_600, 23_000, -60})
    void a_media_clock_that_jumps_moves_no_picture_in_time(long seconds) {
        var camera = add("camera", Codec.H264, USUAL);

        try (var watcher = watch(camera)) {
            watcher.untilFrames(20);
            camera.stepMediaClock(Duration.ofSeconds(seconds));
            watcher.untilFrames(60);

            var frames = watcher.frames();
            assertThat(frames).noneMatch(Frame::damaged);
            for (var i = 1; i < frames.size(); i++) {
                assertThat(frames.get(i).mediaTime() - frames.get(i - 1).mediaTime())
                        .isBetween(0L, 5 * 90_000L);
            }
        }
    }

    @Test
    void a_camera_that_sets_its_clock_is_believed_from_its_next_report_on() {
        var camera = add("camera", Codec.H264, USUAL);
        var aDay = Duration.ofDays(1);

        try (var watcher = watch(camera)) {
            watcher.untilFrames(10);
            camera.stepClock(aDay.negated());
            Watcher.await("a second report", () -> watcher.clocks().size() >= 2);
            watcher.untilFrames(watcher.frames().size() + 5);

            var frames = watcher.frames();
            var before = behind(camera, frames.get(5));
            var after = behind(camera, frames.getLast());
            assertThat(after.minus(before).toMillis()).isCloseTo(aDay.toMillis(), within(200L));
            assertThat(frames).noneMatch(Frame::damaged);
        }
    }

    private static Duration behind(SimulatedCamera camera, Frame frame) {
        return Duration.between(frame.cameraTime(), Sent.of(camera.log(), frame).wallTime());
    }

    @Test
    void a_clock_that_drifts_by_500_ppm_agrees_with_its_own_pictures() {
        var settings =
                USUAL.withClock(Duration.ZERO, 500e-6).withReportInterval(Duration.ofMillis(100));
        var camera = add("camera", Codec.H264, settings);

        try (var watcher = watch(camera)) {
            watcher.untilFrames(150);

            var first = watcher.frames().get(10);
            var last = watcher.frames().getLast();
            var byMedia = (last.mediaTime() - first.mediaTime()) * 100_000 / 9;
            assertThat(Duration.between(first.cameraTime(), last.cameraTime()).toNanos())
                    .isCloseTo(byMedia, within(100_000L));
            assertThat(watcher.clocks()).hasSizeGreaterThan(8);
        }
    }

    @Test
    void a_camera_whose_key_frames_are_far_apart_is_watched_and_probed_without_one() {
        var rare = Clip.synthetic(Codec.H265, 640, 360, FAST, 10_000, 300, 1, false);
        var camera = cameras.add("camera", rare, USUAL);
        Watcher.await("the only key frame to be past", () -> camera.log().count() > 0);

        var facts =
                RtspProbe.probe(
                        Sent.address(camera), null, Duration.ofMillis(600), InstantSource.system());

        assertThat(facts.keyFrameArrived()).isFalse();
        assertThat(facts.keyFrameDistance()).isEmpty();
        assertThat(facts.config().orElseThrow().width()).isEqualTo(640);
        assertThat(facts.framesPerSecond().orElseThrow()).isCloseTo(FAST, within(2.0));
    }

    private SimulatedCamera add(String path, Codec codec, CameraSettings settings) {
        return cameras.add(
                path, Clip.syntheticInSlices(codec, FAST, 10, 3_000, SLICES, 1), settings);
    }

    private static Watcher watch(SimulatedCamera camera) {
        return new Watcher(Sent.address(camera), null, RtspSettings.DEFAULT);
    }
}
