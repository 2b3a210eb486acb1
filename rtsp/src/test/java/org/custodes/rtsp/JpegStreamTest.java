package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import javax.imageio.ImageIO;
import org.custodes.media.Codec;
import org.custodes.media.CodecConfig;
import org.custodes.media.Frame;
import org.custodes.media.FramePayload;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.CameraSettings.Transport;
import org.custodes.simulator.Clip;
import org.custodes.simulator.SimulatedCamera;
import org.custodes.simulator.SimulatedCameras;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cameras that send JPEG images, one after another.
class JpegStreamTest {
    /// With this quality tables are named by their number, with any other they are sent.
    private static final double USUAL_TABLES = 0.5;

    private final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void stop() {
        cameras.close();
    }

    @ParameterizedTest
    @CsvSource({
        "640, 360, 0.5, TCP",
        "640, 360, 0.9, TCP",
        "2048, 1160, 0.5, TCP",
        "640, 360, 0.9, UDP",
    })
    void every_image_comes_out_as_it_was_sent_and_looks_the_same(
            int width, int height, double quality, Transport way) {
        var clip = Clip.images(width, height, 50, 8, quality, 1);
        var settings = CameraSettings.usual().withTransport(way);
        var camera = cameras.add("camera", clip, settings);

        try (var watcher = watch(camera, way)) {
            watcher.untilFrames(40);

            var frames = watcher.frames();
            Sent.assertSame(frames, camera.log());
            assertThat(watcher.losses()).isEmpty();
            assertThat(frames).allMatch(Frame::key);
            var first = frames.getFirst();
            assertSameLook(decodable(first), Sent.of(camera.log(), first).unit().data().array());
            assertThat(CodecConfig.ofKeyFrame(Codec.MJPEG, decodable(first)).orElseThrow())
                    .extracting(CodecConfig::rfc6381, CodecConfig::width, CodecConfig::height)
                    .containsExactly("mjpeg", width, height);
        }
    }

    @Test
    void an_image_that_lost_something_is_marked_and_can_be_shown_down_to_there() {
        var camera =
                cameras.add(
                        "camera",
                        Clip.images(640, 360, 50, 20, 0.9, 1),
                        CameraSettings.usual().withNumbersThatWrapSoon());

        try (var watcher = watch(camera, Transport.TCP)) {
            watcher.untilFrames(5);
            camera.dropRate(0.02, 3);
            Watcher.await("marked images", () -> damaged(watcher) >= 5);

            Sent.assertWholeOnesSame(watcher.frames(), camera.log());
            for (var frame : watcher.frames()) {
                assertThat(image(decodable(frame)).getHeight()).isEqualTo(360);
            }
        }
    }

    private static long damaged(Watcher watcher) {
        return watcher.frames().stream().filter(Frame::damaged).count();
    }

    @Test
    void a_probe_tells_what_it_is() {
        var clip = Clip.images(640, 360, 50, 20, USUAL_TABLES, 1);
        var camera = cameras.add("camera", clip, CameraSettings.usual());

        var facts =
                RtspProbe.probe(
                        Sent.address(camera), null, Duration.ofSeconds(5), InstantSource.system());

        assertThat(facts.stream().codec()).isEqualTo(Codec.MJPEG);
        assertThat(facts.config().orElseThrow().rfc6381()).isEqualTo("mjpeg");
        assertThat(facts.keyFrameDistance()).hasValue(1);
    }

    private static Watcher watch(SimulatedCamera camera, Transport way) {
        var address = Sent.address(camera).by(RtspTransport.valueOf(way.name()));
        return new Watcher(address, null, RtspSettings.DEFAULT);
    }

    private static byte[] decodable(Frame frame) {
        return FramePayload.decodable(FramePayload.encode(frame.added(), frame.data()));
    }

    private static void assertSameLook(byte[] one, byte[] other) {
        var first = image(one);
        var second = image(other);
        assertThat(pixels(first)).isEqualTo(pixels(second));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static BufferedImage image(byte[] jpeg) {
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
