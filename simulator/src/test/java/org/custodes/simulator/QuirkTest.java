package org.custodes.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.custodes.media.Codec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each habit shows on the wire: a test that trusts in one would else prove nothing.
class QuirkTest {
    private static final Clip CLIP = Clip.syntheticInSlices(Codec.H264, 100, 5, 3_000, 3, 1);
    private static final String CHANNELS = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";

    private final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void stop() {
        cameras.close();
    }

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void a_habit_shows_and_its_absence_does_too(Quirk quirk) throws IOException {
        var odd = cameras.add("odd", CLIP, CameraSettings.usual().withQuirks(quirk));
        var usual = cameras.add("usual", CLIP, CameraSettings.usual());

        assertThat(shows(quirk, odd)).isTrue();
        assertThat(shows(quirk, usual)).isFalse();
    }

    private static boolean shows(Quirk quirk, SimulatedCamera camera) throws IOException {
        try (var viewer = new Viewer(camera.uri())) {
            var uri = camera.uri().toString();
            var described = viewer.ask("DESCRIBE", uri, "");
            var setup = viewer.ask("SETUP", uri + "/trackID=0", CHANNELS);
            viewer.session = setup.header("session").split(";", 2)[0];
            return switch (quirk) {
                case OTHER_CHANNELS -> !setup.header("transport").contains("interleaved=0-1");
                case ABSOLUTE_CONTROL ->
                        described.body().contains("a=control:" + uri + "/trackID=0");
                case NO_CONTROL ->
                        !described.body().contains("a=control")
                                && described.header("content-base").isEmpty();
                case PACKETS_AROUND_ANSWERS -> {
                    viewer.say("PLAY", uri, "");
                    yield viewer.nextIsPacket();
                }
                case GET_PARAMETER_BY_NAME_ONLY ->
                        viewer.ask("OPTIONS", uri, "").header("public").contains("GET_PARAMETER")
                                && viewer.ask("GET_PARAMETER", uri, "").status() == 501;
                case KEEP_ALIVE_UNANSWERED -> {
                    viewer.ask("PLAY", uri, "");
                    viewer.say("GET_PARAMETER", uri, "");
                    viewer.say("OPTIONS", uri, "");
                    // The first answer is to the last of three requests.
                    yield viewer.ask("PLAY", uri, "").header("cseq").equals("6");
                }
                // 30 packets are six to ten frames of three slices.
                case NO_MARKERS -> marked(viewer, uri) == 0;
                case MARKER_ON_EVERY_SLICE -> marked(viewer, uri) > 15;
                case AGGREGATED_SETS -> ofType(viewer, uri, 24) > 0;
                case EXTENSION_AND_PADDING -> stuffed(viewer, uri) == 30;
            };
        }
    }

    /// Of 30 packets.
    private static long marked(Viewer viewer, String uri) throws IOException {
        viewer.ask("PLAY", uri, "");
        var marked = 0;
        for (var i = 0; i < 30; i++) {
            marked += viewer.packet().marked() ? 1 : 0;
        }
        return marked;
    }

    private static int ofType(Viewer viewer, String uri, int type) throws IOException {
        viewer.ask("PLAY", uri, "");
        var found = 0;
        for (var i = 0; i < 30; i++) {
            found += (viewer.packet().bytes()[12] & 0x1f) == type ? 1 : 0;
        }
        return found;
    }

    private static int stuffed(Viewer viewer, String uri) throws IOException {
        viewer.ask("PLAY", uri, "");
        var found = 0;
        for (var i = 0; i < 30; i++) {
            var bytes = viewer.packet().bytes();
            var hasBoth = (bytes[0] & 0x30) == 0x30 && bytes[bytes.length - 1] == 4;
            found += hasBoth && ByteBuffer.wrap(bytes).getInt(12) == 0xBEDE_0001 ? 1 : 0;
        }
        return found;
    }

    @Test
    void clocks_jump_when_they_are_told_to() throws IOException {
        var camera = cameras.add("a", CLIP, CameraSettings.usual());
        try (var viewer = Viewer.playing(camera)) {
            var before = viewer.packet().timestamp();
            camera.stepMediaClock(Duration.ofHours(1));
            camera.stepClock(Duration.ofDays(-1));
            var last = viewer.units(20).getLast();

            assertThat(last.timestamp() - before & 0xffff_ffffL)
                    .isBetween(3_600 * 90_000L, 3_610 * 90_000L);
            assertThat(wallSeconds(viewer.reports.getFirst()))
                    .isBetween(
                            wallSeconds(viewer.reports.getLast()) + 86_300,
                            wallSeconds(viewer.reports.getLast()) + 86_400);
        }
    }

    private static long wallSeconds(Viewer.Packet report) {
        return ByteBuffer.wrap(report.bytes()).getInt(8) & 0xffff_ffffL;
    }
}
