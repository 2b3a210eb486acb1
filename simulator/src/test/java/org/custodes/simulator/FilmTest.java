package org.custodes.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.custodes.media.Codec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// MP4 and raw films, whole and broken.
class FilmTest {
    @TempDir static Path folder;
    private static Path h264;
    private static Path h265;

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        h264 = folder.resolve("b-frames.mp4");
        h265 = folder.resolve("hevc.mp4");
        var source = "-f lavfi -i testsrc2=s=160x96:r=25:d=2 ";
        ForeignTools.ffmpeg(
                folder,
                source + "-c:v libx264 -preset veryfast -bf 3 -g 25 -movflags +faststart " + h264);
        ForeignTools.ffmpeg(
                folder,
                source
                        + "-c:v libx265 -x265-params log-level=none:keyint=25:bframes=3 -preset ultrafast -tag:v hvc1 "
                        + h265);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b-frames.mp4", "hevc.mp4"})
    void times_are_those_that_ffprobe_reads(String name) throws Exception {
        var clip = Clip.ofMp4(folder.resolve(name));

        var told = new ArrayList<long[]>();
        var lines =
                ForeignTools.run(
                        folder,
                        List.of(
                                "ffprobe",
                                "-v",
                                "error",
                                "-select_streams",
                                "v",
                                "-show_entries",
                                "packet=pts_time,dts_time",
                                "-of",
                                "csv=p=0",
                                folder.resolve(name).toString()));
        for (var line : lines.strip().split("\n", -1)) {
            var parts = line.split(",", -1);
            told.add(
                    new long[] {
                        Math.round(Double.parseDouble(parts[0]) * 90_000),
                        Math.round(Double.parseDouble(parts[1]) * 90_000)
                    });
        }
        assertThat(clip.accessUnits()).hasSameSizeAs(told).hasSize(50);
        for (int i = 0; i < told.size(); i++) {
            var unit = clip.accessUnits().get(i);
            assertThat(unit.dts())
                    .isBetween(
                            told.get(i)[1] - told.getFirst()[1] - 1,
                            told.get(i)[1] - told.getFirst()[1] + 1);
            assertThat(unit.pts() - unit.dts())
                    .isBetween(
                            told.get(i)[0] - told.get(i)[1] - 1,
                            told.get(i)[0] - told.get(i)[1] + 1);
        }
        assertThat(clip.reorderTicks()).isPositive();
        assertThat(clip.loopTicks()).isEqualTo(180_000);
        assertThat(clip.fps()).isEqualTo(25);
        assertThat(clip.accessUnits().getFirst().key()).isTrue();
        assertThat(clip.codedHeight()).isEqualTo(96);
    }

    @Test
    void every_key_frame_carries_its_parameter_sets() {
        for (var clip : List.of(Clip.ofMp4(h264), Clip.ofMp4(h265))) {
            for (var unit : clip.accessUnits()) {
                var data = unit.data().array();
                var sets =
                        NalUnits.split(data).stream()
                                .filter(n ->
                                        NalUnits.isParameterSet(
                                                clip.codec(),
                                                NalUnits.type(clip.codec(), data[n.offset()])))
                                .count();
                assertThat(sets > 0).isEqualTo(unit.key());
            }
        }
    }

    @Test
    void a_raw_stream_is_cut_into_the_same_pictures() throws Exception {
        var mp4 = folder.resolve("flat.mp4");
        var raw = folder.resolve("flat.h264");
        ForeignTools.ffmpeg(
                folder,
                "-f lavfi -i testsrc2=s=160x96:r=25:d=2 -c:v libx264 -bf 0 -g 25 -slices 3 " + mp4);
        ForeignTools.ffmpeg(folder, "-i %s -c copy %s".formatted(mp4, raw));

        var clip = Clip.of(raw);

        assertThat(clip.accessUnits()).hasSize(50);
        assertThat(clip.accessUnits().stream().filter(AccessUnit::key).count()).isEqualTo(2);
    }

    @Test
    void a_raw_stream_with_reordered_pictures_is_refused_with_a_way_out() throws Exception {
        var raw = folder.resolve("reordered.h264");
        ForeignTools.ffmpeg(folder, "-i %s -c copy %s".formatted(h264, raw));

        assertThatThrownBy(() -> Clip.of(raw))
                .isInstanceOf(ClipUnreadableException.class)
                .hasMessageContaining("B-frames")
                .hasMessageContaining("MP4");
    }

    @Test
    void what_is_no_film_is_refused_in_words() throws Exception {
        var text = Files.writeString(folder.resolve("notes.mp4"), "this is no film at all, is it?");
        assertThatThrownBy(() -> Clip.of(text))
                .isInstanceOf(ClipUnreadableException.class)
                .hasMessageContaining("no MP4");
        var other = folder.resolve("other.mp4");
        ForeignTools.ffmpeg(folder, "-f lavfi -i testsrc2=s=160x96:r=25:d=1 -c:v mpeg4 " + other);
        assertThatThrownBy(() -> Clip.of(other)).hasMessageContaining("mp4v");
        var fragments = folder.resolve("fragments.mp4");
        ForeignTools.ffmpeg(
                folder,
                "-i %s -c copy -movflags frag_keyframe+empty_moov %s".formatted(h264, fragments));
        assertThatThrownBy(() -> Clip.of(fragments)).hasMessageContaining("fragments");
        assertThatThrownBy(() -> Clip.of(folder.resolve("missing.mp4")))
                .isInstanceOf(ClipUnreadableException.class)
                .hasMessageContaining("missing.mp4");
        assertThatThrownBy(() -> Clip.ofAnnexB(text, Codec.H265, 25))
                .hasMessageContaining("no H265 picture");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b-frames.mp4", "hevc.mp4"})
    void a_cut_or_damaged_film_is_read_or_refused_but_nothing_else(String name) throws IOException {
        var whole = Files.readAllBytes(folder.resolve(name));
        var random = new SplittableRandom(9);
        var broken = folder.resolve("broken.mp4");
        for (int round = 0; round < 400; round++) {
            var bytes = whole.clone();
            if (round % 4 == 0) {
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                // The index comes first in one film and last in the other.
                int area = Math.min(bytes.length, 4_000);
                int from = round % 2 == 0 ? 0 : bytes.length - area;
                for (int i = 0; i < 1 + round % 5; i++) {
                    bytes[from + random.nextInt(area)] = (byte) random.nextInt();
                }
            }
            Files.write(broken, bytes);
            try {
                assertThat(Clip.ofMp4(broken).accessUnits()).isNotEmpty();
            } catch (ClipUnreadableException e) {
                assertThat(e).hasMessageStartingWith(broken.toString());
            }
        }
    }

    @Test
    void made_up_clips_are_true_to_their_numbers() {
        for (var codec : List.of(Codec.H264, Codec.H265)) {
            var clip = Clip.synthetic(codec, 1920, 1080, 25, 50, 20_000, 4, true);

            assertThat(clip.accessUnits()).hasSize(200);
            assertThat(clip.accessUnits().stream().filter(AccessUnit::key).count()).isEqualTo(4);
            assertThat(clip.accessUnits())
                    .allMatch(unit -> Math.abs(unit.data().length() - 20_000) < 64);
            assertThat(clip.accessUnits().stream().map(AccessUnit::pts).distinct()).hasSize(200);
            assertThat(clip.codedWidth()).isEqualTo(1920);
            assertThat(clip.codedHeight()).isEqualTo(codec == Codec.H264 ? 1088 : 1080);
        }
    }
}
