package org.custodes.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// FFmpeg as a client that we did not write.
class ForeignClientTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void ffmpeg_plays_with_digest_and_receives_what_was_sent(Codec codec) throws Exception {
        try (var cameras = listen()) {
            var settings =
                    CameraSettings.usual()
                            .withOtherTracks()
                            .withBegin(CameraSettings.Begin.NEXT_KEY_FRAME)
                            .withCredentials(
                                    Credentials.of(
                                            "viewer", "pass", Credentials.Scheme.DIGEST_MD5));
            var camera = cameras.add("door", film(codec), settings);
            var address = camera.uri().toString().replace("rtsp://", "rtsp://viewer:pass@");
            var raw = folder.resolve("got." + (codec == Codec.H264 ? "h264" : "h265"));
            ForeignTools.ffmpeg(
                    folder,
                    "-rtsp_transport tcp -allowed_media_types video -i %s -t 3 -c copy %s"
                            .formatted(address, raw));

            var got = Clip.ofAnnexB(raw, codec, 25).accessUnits();
            assertThat(got).hasSizeGreaterThan(50);
            assertThat(camera.audioWasSetUp()).isFalse();
            var sent = camera.log().frames().stream().map(s -> picture(codec, s.unit())).toList();
            var first = sent.indexOf(picture(codec, got.getFirst()));
            assertThat(first).isNotNegative();
            for (int i = 0; i < got.size() - 1; i++) {
                assertThat(picture(codec, got.get(i))).isEqualTo(sent.get(first + i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8})
    void ffmpeg_receives_images_as_they_were_sent(double quality) throws Exception {
        try (var cameras = listen()) {
            var clip = Clip.images(320, 184, 25, 10, quality, 1);
            var camera = cameras.add("door", clip, CameraSettings.usual());
            ForeignTools.ffmpeg(
                    folder,
                    "-rtsp_transport tcp -i %s -frames:v 10 -c copy -f image2 %s"
                            .formatted(camera.uri(), folder.resolve("got%03d.jpg")));

            var sent = camera.log().frames().stream().map(s -> image(s.unit().data())).toList();
            var first = sent.indexOf(image(got(1)));
            assertThat(first).isNotNegative();
            for (int i = 1; i <= 10; i++) {
                assertThat(image(got(i))).isEqualTo(sent.get(first + i - 1));
            }
        }
    }

    private Bytes got(int number) throws IOException {
        return Bytes.of(Files.readAllBytes(folder.resolve("got%03d.jpg".formatted(number))));
    }

    /// All that makes a picture: size, tables, scan without end markers, of which ffmpeg adds one.
    private static List<Object> image(Bytes jpeg) {
        var parts = JpegImage.parse(jpeg.array());
        int end = jpeg.length();
        while (jpeg.array()[end - 2] == (byte) 0xff && jpeg.array()[end - 1] == (byte) 0xd9) {
            end -= 2;
        }
        var scan = Bytes.of(Arrays.copyOfRange(jpeg.array(), parts.scanStart(), end));
        return List.of(parts.width(), parts.height(), parts.type(), parts.tables(), scan);
    }

    @Test
    void ffprobe_is_told_codec_and_size() throws Exception {
        try (var cameras = listen()) {
            var camera =
                    cameras.add(
                            "door",
                            Clip.synthetic(1920, 1080, 25, 10, 3_000, 1),
                            CameraSettings.usual());
            var told =
                    ForeignTools.run(
                            folder,
                            List.of(
                                    "ffprobe",
                                    "-v",
                                    "fatal",
                                    "-rtsp_transport",
                                    "tcp",
                                    "-show_entries",
                                    "stream=codec_name,width,height",
                                    "-of",
                                    "csv=p=0",
                                    camera.uri().toString()));
            assertThat(told.strip()).isEqualTo("h264,1920,1080");
        }
    }

    private Clip film(Codec codec) throws IOException, InterruptedException {
        var film = folder.resolve("film.mp4");
        var encoder = codec == Codec.H264 ? "libx264" : "libx265 -x265-params log-level=none";
        ForeignTools.ffmpeg(
                folder,
                "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -c:v %s -preset ultrafast -g 25 -bf 0 %s"
                        .formatted(encoder, film));
        return Clip.ofMp4(film);
    }

    private static SimulatedCameras listen() {
        return SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /// The coded picture of a unit, without what may be repeated or left out beside it.
    private static List<Bytes> picture(Codec codec, AccessUnit unit) {
        var data = unit.data().array();
        return NalUnits.split(data).stream()
                .filter(n -> NalUnits.isPicture(codec, NalUnits.type(codec, data[n.offset()])))
                .map(n -> Bytes.of(Arrays.copyOfRange(data, n.offset(), n.offset() + n.length())))
                .toList();
    }
}
