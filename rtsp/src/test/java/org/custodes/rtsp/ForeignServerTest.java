package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.DataBufferByte;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.CodecConfig;
import org.custodes.media.Frame;
import org.custodes.media.FramePayload;
import org.custodes.media.NalKind;
import org.custodes.media.NalUnits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A camera that is not ours, GStreamer's RTSP server, and a client that is not ours beside us, ffmpeg:
/// both clients of one shared stream receive the same NAL units in the same order.
///
/// Needs Debian's python3-gi, python3-cryptography, gir1.2-gst-rtsp-server-1.0, gstreamer1.0-plugins-bad and ffmpeg, which
/// `./custodes setup` names; without them it fails.
class ForeignServerTest {
    private static final int SLICES = 3;
    private static final int FRAMES_PER_SECOND = 50;
    private static final int FRAMES_COMPARED = 100;
    private static final String USER = "guard";
    private static final String PASSWORD = "opensesame";

    @TempDir static Path folder;

    private static Process server;
    private static int port;
    private static int securePort;
    private static CertificatePin certificate;

    @BeforeAll
    static void start() throws IOException, InterruptedException, URISyntaxException {
        var h264 =
                clip(
                        "clip.h264",
                        "libx264",
                        "-slices",
                        "" + SLICES,
                        "-bf",
                        "2",
                        "-bsf:v",
                        "h264_metadata=aud=insert");
        var h265 =
                clip(
                        "clip.h265",
                        "libx265",
                        "-x265-params",
                        "log-level=none:aud=1:bframes=2:slices=" + SLICES);
        var script =
                Objects.requireNonNull(ForeignServerTest.class.getResource("/foreign-camera.py"));
        server =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                Path.of(script.toURI()).toString(),
                                USER,
                                PASSWORD,
                                "" + FRAMES_PER_SECOND,
                                h264.toString(),
                                h265.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var out =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        var told = Objects.requireNonNull(out.readLine(), "it did not start").split(" ", 3);
        port = Integer.parseInt(told[0]);
        securePort = Integer.parseInt(told[1]);
        certificate = new CertificatePin(told[2]);
    }

    /// Four seconds of moving pictures, a key frame each half second.
    private static Path clip(String name, String encoder, String... options)
            throws IOException, InterruptedException {
        var file = folder.resolve(name);
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-f", "lavfi", "-i"));
        command.add("testsrc2=size=640x360:duration=4:rate=" + FRAMES_PER_SECOND);
        command.addAll(List.of("-c:v", encoder, "-preset", "ultrafast", "-g", "25"));
        command.addAll(List.of(options));
        command.add(file.toString());
        assertThat(run(command).waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(file).isNotEmptyFile();
        return file;
    }

    private static Process run(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterAll
    static void stop() {
        server.destroyForcibly();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void a_foreign_stream_comes_in_as_another_client_of_it_receives_it(Codec codec)
            throws IOException, InterruptedException {
        try (var byTcp = watch(address(codec)).untilFrames(1);
                var byUdp = watch(address(codec).by(RtspTransport.UDP)).untilFrames(1);
                var byTls = watch(secureAddress(codec)).untilFrames(1);
                var byHttp = watch(address(codec).by(RtspTransport.HTTP)).untilFrames(1)) {
            var other = receivedByFfmpeg(codec);
            assertThat(other).hasSizeGreaterThanOrEqualTo(SLICES * (FRAMES_COMPARED - 1));

            assertSame(codec, byTcp, other);
            assertSame(codec, byUdp, other);
            assertSame(codec, byTls, other);
            assertSame(codec, byHttp, other);
            assertThat(byUdp.session().facts().transport()).isEqualTo(RtspTransport.UDP);
            assertThat(byTls.session().facts().certificate()).contains(certificate);
        }
    }

    private static Watcher watch(RtspAddress address) {
        return new Watcher(address, credentials(PASSWORD), RtspSettings.DEFAULT);
    }

    private static void assertSame(Codec codec, Watcher watcher, List<Bytes> other) {
        watcher.untilFrames(watcher.frames().size() + FRAMES_PER_SECOND / 2);
        var frames = watcher.frames();
        var ours =
                frames.stream().flatMap(frame -> pictures(codec, frame.data()).stream()).toList();
        var start = Collections.indexOfSubList(ours, other.subList(0, 3 * SLICES));
        assertThat(start).as("where the other client began").isNotNegative();
        assertThat(ours.subList(start, start + other.size())).isEqualTo(other);
        assertThat(watcher.losses()).isEmpty();
        // Who joins a stream that others watch already may come in the middle of a picture.
        assertThat(frames.subList(1, frames.size()))
                .noneMatch(Frame::damaged)
                .allMatch(frame -> slices(codec, frame) == SLICES);
        assertThat(frames.stream().filter(Frame::key))
                .allMatch(frame -> sizeOf(frame).equals("640x360"));
    }

    @Test
    void foreign_images_come_in_as_another_client_of_them_receives_them()
            throws IOException, InterruptedException {
        try (var watcher = watch(address("mjpeg")).untilFrames(1)) {
            var other = imagesReceivedByFfmpeg();
            watcher.untilFrames(watcher.frames().size() + FRAMES_PER_SECOND / 2);

            var ours = watcher.frames().stream().map(ForeignServerTest::picture).toList();
            assertThat(other).hasSizeGreaterThan(FRAMES_PER_SECOND / 2);
            assertThat(Collections.indexOfSubList(ours, other)).isNotNegative();
            assertThat(watcher.frames()).noneMatch(Frame::damaged).allMatch(Frame::key);
            assertThat(sizeOf(watcher.frames().getFirst())).isEqualTo("640x360");
        }
    }

    @Test
    void foreign_images_larger_than_their_field_tell_their_size() {
        try (var watcher = watch(address("large")).untilFrames(1)) {
            assertThat(sizeOf(watcher.frames().getFirst())).isEqualTo("2560x1440");
            assertThat(watcher.session().facts().codec()).isEqualTo(Codec.MJPEG);
        }
    }

    /// What ffmpeg makes of the same stream, decoded, for it makes headers of its own.
    private static List<Bytes> imagesReceivedByFfmpeg() throws IOException, InterruptedException {
        var url = "rtsp://%s:%s@127.0.0.1:%d/mjpeg".formatted(USER, PASSWORD, port);
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-rtsp_transport", "tcp"));
        command.addAll(List.of("-i", url, "-c", "copy", "-frames:v", "" + FRAMES_PER_SECOND));
        command.addAll(List.of("-f", "image2", folder.resolve("image%04d.jpg").toString()));
        assertThat(run(command).waitFor(60, TimeUnit.SECONDS)).isTrue();
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .map(ForeignServerTest::read)
                    .map(ForeignServerTest::pixels)
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes picture(Frame frame) {
        return pixels(FramePayload.decodable(FramePayload.encode(frame.added(), frame.data())));
    }

    private static Bytes pixels(byte[] jpeg) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(jpeg));
            var pixels = (DataBufferByte) image.getRaster().getDataBuffer();
            return Bytes.of(pixels.getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_wrong_password_is_refused_by_a_foreign_camera() {
        var e =
                catchThrowableOfType(
                        RtspException.class,
                        () ->
                                RtspSession.open(
                                        address(Codec.H264),
                                        credentials("wrong"),
                                        RtspSettings.DEFAULT));

        assertThat(e.fault()).isEqualTo(RtspException.Fault.WRONG_CREDENTIALS);
    }

    @Test
    void a_foreign_camera_tells_its_facts() {
        var facts =
                RtspProbe.probe(
                        address(Codec.H265),
                        credentials(PASSWORD),
                        Duration.ofSeconds(10),
                        InstantSource.system());

        assertThat(facts.stream().server()).contains("GStreamer");
        assertThat(facts.keyFrameDistance()).hasValue(25);
        assertThat(facts.config().orElseThrow().rfc6381()).startsWith("hvc1.1.6.L");
        assertThat(facts.clockDifference().orElseThrow().abs()).isLessThan(Duration.ofSeconds(5));
    }

    private static RtspAddress address(Codec codec) {
        return address(name(codec));
    }

    private static RtspAddress address(String path) {
        var uri = URI.create("rtsp://127.0.0.1:%d/%s".formatted(port, path));
        return RtspAddress.of(uri, InetAddress.getLoopbackAddress());
    }

    private static RtspAddress secureAddress(Codec codec) {
        var uri = URI.create("rtsps://127.0.0.1:%d/%s".formatted(securePort, name(codec)));
        return RtspAddress.of(uri, InetAddress.getLoopbackAddress()).knownBy(certificate);
    }

    private static String name(Codec codec) {
        return codec == Codec.H264 ? "h264" : "h265";
    }

    private static Credentials credentials(String password) {
        return Credentials.of(USER, password.toCharArray());
    }

    /// What ffmpeg writes of the same stream, without delimiters and parameter sets, which it may repeat.
    private static List<Bytes> receivedByFfmpeg(Codec codec)
            throws IOException, InterruptedException {
        var file = folder.resolve("received." + name(codec));
        var url = "rtsp://%s:%s@127.0.0.1:%d/%s".formatted(USER, PASSWORD, port, name(codec));
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-rtsp_transport", "tcp"));
        command.addAll(List.of("-i", url, "-c", "copy", "-frames:v", "" + FRAMES_COMPARED));
        command.addAll(List.of("-f", codec == Codec.H264 ? "h264" : "hevc", file.toString()));
        assertThat(run(command).waitFor(60, TimeUnit.SECONDS)).isTrue();
        return pictures(codec, Bytes.of(Files.readAllBytes(file)));
    }

    private static List<Bytes> pictures(Codec codec, Bytes stream) {
        var units = NalUnits.split(stream.array());
        var kept = new ArrayList<Bytes>();
        for (var i = 0; i < units.size(); i++) {
            var kind = units.kind(i, codec);
            if (!kind.isParameterSet() && kind != NalKind.DELIMITER) {
                kept.add(units.unit(i));
            }
        }
        return kept;
    }

    private static long slices(Codec codec, Frame frame) {
        var units = NalUnits.split(frame.data().array());
        var slices = 0;
        for (var i = 0; i < units.size(); i++) {
            slices += units.kind(i, codec).isPicture() ? 1 : 0;
        }
        return slices;
    }

    private static String sizeOf(Frame frame) {
        var payload = FramePayload.encode(frame.added(), frame.data());
        return CodecConfig.ofKeyFrame(frame.codec(), FramePayload.decodable(payload))
                .map(config -> config.width() + "x" + config.height())
                .orElse("unknown");
    }
}
