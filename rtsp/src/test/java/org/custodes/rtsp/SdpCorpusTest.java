package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.custodes.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Descriptions in the manner of real cameras, their habits and their faults; `sdp/` holds them.
class SdpCorpusTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // file | codec | control | sets | other video | audio | metadata | speaker
                "axis-like | H264 | rtsp://192.0.2.10/axis-media/media.amp/stream=0 | 2 | 0 | true | true | true",
                "hikvision-like | H264 | rtsp://192.0.2.11/Streaming/Channels/101/trackID=1 | 2 | 0 | true | true | false",
                "dahua-like | H265 | trackID=0 | 3 | 0 | true | true | true",
                "reolink-like | H264 | track1 | 2 | 0 | true | false | false",
                "no-rtpmap | H264 | '' | 2 | 0 | false | false | false",
                "wrong-payload-map | H264 | track1 | 2 | 0 | false | false | false",
                "two-videos | H265 | track2 | 0 | 1 | false | false | false",
            })
    void the_video_of_a_camera_is_found_and_all_else_is_told_of(
            String file,
            Codec codec,
            String control,
            int sets,
            int otherVideo,
            boolean audio,
            boolean metadata,
            boolean speaker) {
        var sdp = corpus(file);

        var choice = TrackChoice.of(sdp);

        assertThat(choice.codec()).isEqualTo(codec);
        assertThat(choice.media().control()).isEqualTo(control);
        assertThat(choice.sets().inForce()).hasSize(sets);
        assertThat(choice.beside(sdp))
                .isEqualTo(new TrackChoice.Beside(otherVideo, audio, metadata, speaker));
    }

    @Test
    void payloads_named_otherwise_than_announced_are_taken_and_named_something_else_are_not() {
        assertThat(TrackChoice.of(corpus("wrong-payload-map")).otherPayloads())
                .isEqualTo(Set.of(97));
        assertThat(TrackChoice.of(corpus("two-videos")).otherPayloads()).isEmpty();
    }

    @Test
    void sets_written_with_start_codes_or_broken_base64_cost_no_more_than_themselves() {
        var sdp =
                sdp(
                        """
                        m=video 0 RTP/AVP 96
                        a=rtpmap:96 h264/90000
                        a=fmtp:96 sprop-parameter-sets=AAAAAWdkAB6s2UCgL/lwEQAAAwABAAADADIPFi2W,!!!,aOvjyyLA,
                        """);

        assertThat(TrackChoice.of(sdp).sets().inForce()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"axis-like", "hikvision-like", "dahua-like", "reolink-like"})
    void a_description_that_breaks_off_anywhere_tells_what_it_told(String file) {
        var bytes = bytes(file);

        for (var length = 0; length <= bytes.length; length++) {
            readOrRefuse(Arrays.copyOf(bytes, length));
        }
    }

    @Property
    void any_bytes_are_a_description_or_a_refusal(@ForAll @Size(max = 2_000) byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property
    void a_description_with_bytes_changed_is_read_or_refused(
            @ForAll @Size(min = 1, max = 20) byte[] values, @ForAll @IntRange(max = 800) int at) {
        var bytes = bytes("axis-like");
        for (var i = 0; i < values.length; i++) {
            bytes[(at + 37 * i) % bytes.length] = values[i];
        }

        readOrRefuse(bytes);
    }

    private static void readOrRefuse(byte[] bytes) {
        var sdp = Sdp.read(bytes);
        try {
            var choice = TrackChoice.of(sdp);
            choice.sets().config();
            choice.beside(sdp);
        } catch (RtspException refusal) {
            assertThat(refusal.fault())
                    .isIn(RtspException.Fault.NO_VIDEO, RtspException.Fault.UNSUPPORTED_CODEC);
        }
    }

    private static Sdp sdp(String text) {
        return Sdp.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Sdp corpus(String file) {
        return Sdp.read(bytes(file));
    }

    private static byte[] bytes(String file) {
        try (var in = SdpCorpusTest.class.getResourceAsStream("/sdp/" + file + ".sdp")) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
