package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.custodes.cli.PackFile.SealedRecord;
import org.custodes.cli.Recording.RecordedFrame;
import org.custodes.media.TrackId;
import org.custodes.simulator.Clip;
import org.custodes.simulator.DemoFootage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a real recorder under eight cameras. More kills: `-Dcustodes.kills=20`; with
/// `-Dcustodes.kills.timed=true -Dcustodes.launcher=$PWD/custodes`, on a quiet machine, also how soon
/// the product as it is built records again.
class KillTest {
    private static final int CAMERAS = 8;
    private static final int KILLS = Integer.getInteger("custodes.kills", 3);
    private static final boolean TIMED = Boolean.getBoolean("custodes.kills.timed");
    private static final Duration RECORDS_AGAIN = Duration.ofSeconds(5);

    /// A batch waits for a second at most; the rest is for a machine that has other things to do.
    private static final Duration MOST_LOST = Duration.ofSeconds(3);

    @TempDir Path place;

    /// How a life of the recorder ended.
    ///
    /// @param at by the recorder's clock, which is ours
    /// @param streamingSince since when it said that it records, by camera
    /// @param syncedThrough what it had last reported as safe, by camera
    /// @param packs what stood whole in the pack files once it was dead
    private record Kill(
            Instant at,
            Map<UUID, Instant> streamingSince,
            Map<UUID, Instant> syncedThrough,
            Map<UUID, List<SealedRecord>> packs) {}

    @Test
    void kills_take_no_frame_older_than_three_seconds_and_none_that_was_reported_safe()
            throws IOException, InterruptedException {
        var setting = setting();
        var starts = new ArrayList<Instant>();
        var kills = new ArrayList<Kill>();
        BenchRecorder recorder;
        List<UUID> ids;
        try (var cameras = setting.cameras()) {
            starts.add(Instant.now());
            recorder = BenchRecorder.start(place.resolve("recorder"));
            try {
                ids =
                        recorder.addCameras(setting.addresses(cameras)).stream()
                                .map(UUID::fromString)
                                .toList();
                for (var kill = 0; kill < KILLS; kill++) {
                    // Each comes at another moment of GOP, batch and sync.
                    CameraNow.awaitRecorded(recorder, Duration.ofMillis(3_500 + 700L * (kill % 5)));
                    kills.add(kill(recorder));
                    starts.add(Instant.now());
                    recorder = recorder.startedAgain();
                }
                CameraNow.awaitRecorded(recorder, Duration.ofSeconds(1));
            } finally {
                recorder.close();
            }
        }

        assertNothingWasWrittenTwice(kills, PackFile.all(recorder.data()));
        try (var recording = Recording.open(recorder.data(), recorder.rootKey())) {
            var report = recording.check();
            assertThat(report.findings()).isEmpty();
            assertThat(report.opened()).isEqualTo(report.records()).isPositive();
            assertThat(recording.tracks())
                    .extracting(track -> track.camera().value())
                    .containsExactlyInAnyOrderElementsOf(ids);
            var worst = new Worst(kills.size());
            for (var track : recording.tracks()) {
                var log = "camera-%d.log".formatted(1 + ids.indexOf(track.camera().value()));
                var sent =
                        SentFrames.of(
                                setting.frameLogs().resolve(log), Clip.ofMp4(setting.footage()));
                assertNothingIsMissing(
                        played(recording, track, sent, starts), starts, kills, worst);
            }
            worst.tell();
            assertThat(worst.recordsAgain)
                    .allMatch(after -> !TIMED || after.compareTo(RECORDS_AGAIN) <= 0);
        }
    }

    private BenchSetting setting() {
        var cache = Folders.ofThisMachine().cache().resolve("footage");
        var film = DemoFootage.small(place, cache).main();
        return new BenchSetting(
                film, 25, CAMERAS, 0, 1, Duration.ZERO, Duration.ZERO, place.resolve("work"));
    }

    private static Kill kill(BenchRecorder recorder) throws IOException, InterruptedException {
        var since = new HashMap<UUID, Instant>();
        var synced = new HashMap<UUID, Instant>();
        for (var camera : CameraNow.all(recorder)) {
            since.put(camera.id(), camera.streamingSince().orElseThrow());
            synced.put(camera.id(), camera.syncedThrough().orElseThrow());
        }
        var at = Instant.now();
        recorder.kill();
        var packs = new HashMap<UUID, List<SealedRecord>>();
        for (var pack : PackFile.all(recorder.data())) {
            // One without a record is not there any more after the next start.
            if (!pack.records().isEmpty()) {
                packs.put(pack.id(), pack.records());
            }
        }
        return new Kill(at, since, synced, packs);
    }

    /// A (pack id, record number) pair is a nonce under its key: it may seal one record, ever. So no two
    /// files are one pack, no pack has a number twice, and what a killed recorder left of a pack stays
    /// just that: nothing is written behind it or in its place.
    private static void assertNothingWasWrittenTwice(List<Kill> kills, List<PackFile> packs) {
        assertThat(packs).extracting(PackFile::id).doesNotHaveDuplicates();
        var records = new HashMap<UUID, List<SealedRecord>>();
        for (var pack : packs) {
            records.put(pack.id(), pack.records());
            assertThat(pack.records().stream().mapToLong(sealed -> sealed.header().number()))
                    .as("the numbers in %s", pack.file())
                    .containsExactlyElementsOf(
                            LongStream.range(0, pack.records().size()).boxed().toList());
        }
        for (var kill : kills) {
            assertThat(kill.packs()).hasSizeGreaterThanOrEqualTo(CAMERAS);
            kill.packs()
                    .forEach((id, then) ->
                            assertThat(then.equals(records.get(id)))
                                    .as("pack %s holds the %d records of then", id, then.size())
                                    .isTrue());
        }
    }

    /// What plays of a track, life by life of the recorder. From which life a frame is, its time says:
    /// between a kill and the next start nothing is recorded.
    private static List<Stretch> played(
            Recording recording, TrackId track, SentFrames sent, List<Instant> starts) {
        var stretches = new ArrayList<Stretch>();
        recording.play(
                track,
                frame -> {
                    var lives = starts.stream().filter(frame.wallTime()::isAfter).count();
                    while (stretches.size() < lives) {
                        stretches.add(new Stretch(track, sent));
                    }
                    stretches.getLast().add(frame);
                });
        assertThat(stretches).as("lives in which %s was recorded", track).hasSize(starts.size());
        return stretches;
    }

    private static void assertNothingIsMissing(
            List<Stretch> stretches, List<Instant> starts, List<Kill> kills, Worst worst) {
        for (var i = 0; i < kills.size(); i++) {
            var kill = kills.get(i);
            var stretch = stretches.get(i);
            var camera = stretch.track.camera().value();
            assertThat(stretch.first().wallTime())
                    .as("when %s began to be recorded, and when that was said", stretch.track)
                    .isBeforeOrEqualTo(kill.streamingSince().get(camera));
            assertThat(stretch.last().wallTime())
                    .as("up to when %s plays, and what was reported safe", stretch.track)
                    .isAfterOrEqualTo(kill.syncedThrough().get(camera));
            assertThat(stretch.lastNumber)
                    .as("the newest frame of %s that plays, and that must", stretch.track)
                    .isGreaterThanOrEqualTo(stretch.sent.lastSentBy(kill.at().minus(MOST_LOST)));
            worst.note(
                    i,
                    Duration.between(stretch.sent.sentAt(stretch.lastNumber + 1), kill.at()),
                    Duration.between(starts.get(i + 1), stretches.get(i + 1).first().wallTime()));
        }
    }

    /// What plays of one life: from a key frame on each frame that the camera sent, none left out.
    private static final class Stretch {
        private final TrackId track;
        private final SentFrames sent;
        private final List<RecordedFrame> frames = new ArrayList<>();
        private long lastNumber;

        Stretch(TrackId track, SentFrames sent) {
            this.track = track;
            this.sent = sent;
        }

        void add(RecordedFrame frame) {
            var header = frame.sealed().header();
            var number = sent.number(frame);
            assertThat(header.damaged()).as("frame %d of %s is damaged", number, track).isFalse();
            assertThat(sent.sentAt(number))
                    .as("when frame %d of %s was sent, and when it came", number, track)
                    .isBeforeOrEqualTo(frame.wallTime());
            if (frames.isEmpty()) {
                assertThat(header.key()).as("%s begins at a key frame", track).isTrue();
            } else {
                assertThat(number)
                        .as("the frame of %s after frame %d", track, lastNumber)
                        .isEqualTo(lastNumber + 1);
                assertThat(header.mediaTime() - last().sealed().header().mediaTime())
                        .as("ticks from frame %d of %s to the next", lastNumber, track)
                        .isEqualTo(sent.ticksPerFrame());
            }
            lastNumber = number;
            frames.add(frame);
        }

        RecordedFrame first() {
            return frames.getFirst();
        }

        RecordedFrame last() {
            return frames.getLast();
        }
    }

    /// The worst that any camera saw of each kill.
    private static final class Worst {
        private final List<Duration> oldestLost = new ArrayList<>();
        private final List<Duration> recordsAgain = new ArrayList<>();

        Worst(int kills) {
            for (var kill = 0; kill < kills; kill++) {
                oldestLost.add(Duration.ZERO);
                recordsAgain.add(Duration.ZERO);
            }
        }

        void note(int kill, Duration lost, Duration again) {
            oldestLost.set(kill, longer(oldestLost.get(kill), lost));
            recordsAgain.set(kill, longer(recordsAgain.get(kill), again));
        }

        void tell() {
            for (var kill = 0; kill < oldestLost.size(); kill++) {
                System.out.printf(
                        "kill %d: the oldest frame lost was %d ms old; each camera had a newer frame"
                                + " %d ms after the exec%n",
                        kill + 1,
                        oldestLost.get(kill).toMillis(),
                        recordsAgain.get(kill).toMillis());
            }
        }

        private static Duration longer(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }
    }
}
