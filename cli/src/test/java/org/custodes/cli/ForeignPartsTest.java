package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.NalKind;
import org.custodes.media.NalUnits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// From a camera that is not ours, through a real recorder and out of its door, beside a client that is
/// not ours: both clients of one stream have the same pictures, bit for bit and in the same order.
class ForeignPartsTest {
    private static final int FRAMES_COMPARED = 100;
    private static final int SLICES = ForeignCameras.SLICES;
    private static final long CREDIT = 1L << 30;
    private static final long LIVE = 1;
    private static final long PLAYBACK = 2;

    @TempDir static Path place;

    private static ForeignCameras cameras;
    private static BenchRecorder recorder;
    private static Map<Codec, String> ids;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cameras = ForeignCameras.start(place);
        recorder = BenchRecorder.start(place.resolve("recorder"));
        var added =
                recorder.addCameras(
                        List.of(cameras.address(Codec.H264), cameras.address(Codec.H265)));
        ids = Map.of(Codec.H264, added.getFirst(), Codec.H265, added.getLast());
    }

    @AfterAll
    static void stop() {
        recorder.close();
        cameras.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void what_a_foreign_camera_sent_comes_out_of_the_door_as_another_client_received_it(Codec codec)
            throws IOException, InterruptedException {
        var camera = Objects.requireNonNull(ids.get(codec));
        var watcher = new Watcher(codec);
        try (var client =
                MediaClient.connect(
                        recorder.address(), recorder.authority(), recorder.operator(), watcher)) {
            client.live(LIVE, camera);
            var other = pictures(codec, cameras.receivedByFfmpeg(codec, FRAMES_COMPARED));
            var received = Instant.now();
            awaitRecordedAfter(received, camera);
            Waiting.until(
                    "the last of it was shown live",
                    Duration.ofSeconds(30),
                    () -> watcher.live.contains(other.getLast()));
            client.say(
                    Map.of(
                            "type",
                            "playback",
                            "channel",
                            PLAYBACK,
                            "camera",
                            camera,
                            "stream",
                            "record"));
            client.say(
                    Map.of(
                            "type",
                            "play",
                            "channel",
                            PLAYBACK,
                            "seq",
                            1,
                            "from",
                            oldest(camera).toString(),
                            "direction",
                            1,
                            "frames",
                            "all",
                            "credit",
                            CREDIT));
            Waiting.until(
                    "all of it was played back",
                    Duration.ofSeconds(30),
                    () -> watcher.said.contains("end"));

            assertThat(other).hasSizeGreaterThanOrEqualTo(SLICES * (FRAMES_COMPARED - 1));
            assertThat(stretch(watcher.live, other)).as("live").isEqualTo(other);
            assertThat(stretch(watcher.playedBack, other)).as("played back").isEqualTo(other);
            assertThat(watcher.slicesPerFrame).containsOnly(SLICES);
            assertThat(watcher.said).doesNotContain("skipped", "gap", "closed");
        }
    }

    /// The part of `ours` that begins where `other` does and is as long.
    private static List<Bytes> stretch(List<Bytes> ours, List<Bytes> other) {
        var start = Collections.indexOfSubList(ours, other.subList(0, SLICES));
        assertThat(start).as("where the other client began").isNotNegative();
        return ours.subList(start, Math.min(start + other.size(), ours.size()));
    }

    /// Hears one camera, live and played back.
    private static final class Watcher implements MediaClient.FrameListener {
        private final Codec codec;
        private final List<Bytes> live = new CopyOnWriteArrayList<>();
        private final List<Bytes> playedBack = new CopyOnWriteArrayList<>();
        private final List<Integer> slicesPerFrame = new CopyOnWriteArrayList<>();
        private final List<String> said = new CopyOnWriteArrayList<>();

        Watcher(Codec codec) {
            this.codec = codec;
        }

        @Override
        public void frame(MediaClient.Arrived frame) {
            var bytes = new byte[frame.unit().remaining()];
            frame.unit().get(bytes);
            (frame.channel() == LIVE ? live : playedBack).addAll(pictures(codec, bytes));
            slicesPerFrame.add(slices(codec, bytes));
        }

        @Override
        public void said(JsonNode message) {
            said.add(message.path("type").asString());
        }
    }

    /// The NAL units without delimiters and parameter sets, which may be repeated.
    private static List<Bytes> pictures(Codec codec, byte[] stream) {
        var units = NalUnits.split(stream);
        var kept = new ArrayList<Bytes>();
        for (var i = 0; i < units.size(); i++) {
            var kind = units.kind(i, codec);
            if (!kind.isParameterSet() && kind != NalKind.DELIMITER) {
                kept.add(units.unit(i));
            }
        }
        return kept;
    }

    private static int slices(Codec codec, byte[] unit) {
        var units = NalUnits.split(unit);
        var slices = 0;
        for (var i = 0; i < units.size(); i++) {
            slices += units.kind(i, codec).isPicture() ? 1 : 0;
        }
        return slices;
    }

    private static void awaitRecordedAfter(Instant then, String camera) {
        Waiting.until(
                "the camera was recorded after " + then,
                Duration.ofSeconds(30),
                () -> now(camera).newest().filter(then::isBefore).isPresent());
    }

    private static Instant oldest(String camera) {
        return now(camera).oldest().orElseThrow();
    }

    private static CameraNow now(String camera) {
        return CameraNow.all(recorder).stream()
                .filter(each -> each.id().toString().equals(camera))
                .findFirst()
                .orElseThrow();
    }
}
