package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.custodes.cli.Recording.RecordedFrame;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.store.Item;
import org.custodes.vault.CannotOpenException;
import org.jspecify.annotations.Nullable;

/// Holds what a stopped recorder left against what its cameras sent, what was done to it, and what it had
/// promised:
///
/// - A kill takes no frame that was sent more than three seconds before it, not counting the time in which the
///   recorder was kept from running, and none up to `syncedThrough`.
/// - Any other missing frame was sent while something was done to its own camera, or to all.
/// - Each hole is told as a gap with a cause, and the recording goes on at a key frame.
/// - Nothing plays that was not sent, or twice. `check` finds nothing, and no (pack id, number) is used twice.
final class ChaosJudge {
    private static final int MOST_TOLD = 20;

    private final Path data;
    private final Map<UUID, Instant> recordedSince;
    private final List<Mishap> mishaps;
    private final List<Kill> kills;
    private final Instant stoppedAt;
    private final Duration recordsAgain;
    private final List<String> broken = new ArrayList<>();
    private final List<Duration> oldestLost = new ArrayList<>();
    private final List<Duration> again = new ArrayList<>();
    private long frames;

    /// @param recordedSince since when the recorder first said that it records, by camera
    /// @param stoppedAt when the last life was asked to stop in order
    /// @param recordsAgain how soon after a start all cameras have to be recorded
    ChaosJudge(
            Path data,
            Map<UUID, Instant> recordedSince,
            List<Mishap> mishaps,
            List<Kill> kills,
            Instant stoppedAt,
            Duration recordsAgain) {
        this.data = data;
        this.recordedSince = Map.copyOf(recordedSince);
        this.mishaps = List.copyOf(mishaps);
        this.kills = List.copyOf(kills);
        this.stoppedAt = stoppedAt;
        this.recordsAgain = recordsAgain;
        for (var _ : kills) {
            oldestLost.add(Duration.ZERO);
            again.add(Duration.ZERO);
        }
    }

    /// What was found.
    ///
    /// @param broken promises, in words; not all of them if there are many
    /// @param oldestLost of each kill, how old the oldest frame was that it took
    /// @param recordedAgain of each kill, how long after the next start the last camera was recorded
    record Verdict(
            List<String> broken,
            long frames,
            List<Duration> oldestLost,
            List<Duration> recordedAgain) {

        Verdict {
            broken = List.copyOf(broken);
            oldestLost = List.copyOf(oldestLost);
            recordedAgain = List.copyOf(recordedAgain);
        }
    }

    /// @param logs what each camera sent
    Verdict judge(Path rootKey, Map<UUID, Path> logs) throws IOException {
        nothingWasWrittenTwice();
        try (var recording = Recording.open(data, rootKey)) {
            var report = recording.check();
            report.findings().forEach(finding -> say("check: " + finding));
            if (report.opened() != report.records()) {
                say("of %d records %d open".formatted(report.records(), report.opened()));
            }
            var recorded = recording.tracks();
            for (var camera : logs.keySet()) {
                if (recorded.stream().noneMatch(track -> track.camera().value().equals(camera))) {
                    say("camera %s was never recorded".formatted(camera));
                }
            }
            for (var track : recorded) {
                var log = logs.get(track.camera().value());
                if (log == null) {
                    say("there is a track %s of no camera".formatted(track));
                } else {
                    new TrackJudge(track, SentFrames.of(log)).judge(recording);
                }
            }
        }
        for (var kill = 0; kill < kills.size(); kill++) {
            if (again.get(kill).compareTo(recordsAgain) > 0) {
                say(
                        "after the kill at %s it took %d ms until all cameras were recorded"
                                .formatted(kills.get(kill).at(), again.get(kill).toMillis()));
            }
        }
        return new Verdict(broken, frames, oldestLost, again);
    }

    private void say(String what) {
        if (broken.size() < MOST_TOLD) {
            broken.add(what);
        }
    }

    /// A (pack id, record number) pair is a nonce under its key: it may seal one record, ever. So no two
    /// files are one pack, no pack has a number twice, and what a killed recorder left of a pack stays
    /// just that: nothing is written behind it or in its place.
    private void nothingWasWrittenTwice() throws IOException {
        var packs = new HashMap<UUID, Kill.Remains>();
        for (var file : PackFile.files(data)) {
            var numbers = new Numbers();
            var reading = new Kill.Reading();
            var pack =
                    PackFile.walk(
                            file,
                            sealed -> {
                                numbers.add(sealed.header().number());
                                reading.add(sealed);
                            });
            if (packs.put(pack.id(), reading.remains()) != null) {
                say("two files are pack %s".formatted(pack.id()));
            }
            numbers.firstWrong()
                    .ifPresent(number ->
                            say(
                                    "record %d of pack %s has another number"
                                            .formatted(number, pack.id())));
        }
        for (var kill : kills) {
            kill.packs()
                    .forEach((id, then) -> {
                        if (!then.equals(packs.get(id))) {
                            say(
                                    "pack %s held %d records at the kill at %s and holds others now"
                                            .formatted(id, then.records(), kill.at()));
                        }
                    });
        }
    }

    /// The numbers of a pack's records, which have to count from 0.
    private static final class Numbers {
        private long next;
        private OptionalLong wrong = OptionalLong.empty();

        void add(long number) {
            if (number != next && wrong.isEmpty()) {
                wrong = OptionalLong.of(next);
            }
            next++;
        }

        OptionalLong firstWrong() {
            return wrong;
        }
    }

    /// One track from its first frame to its last.
    private final class TrackJudge {
        private final TrackId track;
        private final UUID camera;
        private final SentFrames sent;
        private final List<Item.Gap> gaps = new ArrayList<>();
        private @Nullable RecordedFrame last;
        private long lastNumber = -1;

        TrackJudge(TrackId track, SentFrames sent) {
            this.track = track;
            this.camera = track.camera().value();
            this.sent = sent;
        }

        void judge(Recording recording) {
            try {
                recording.play(track, this::frame, gaps::add);
            } catch (CannotOpenException e) {
                say("camera %s: %s".formatted(camera, e.getMessage()));
            }
            // An orderly stop takes nothing that had arrived.
            for (var number = lastNumber + 1;
                    number <= sent.lastSentBy(stoppedAt.minus(Kill.MOST_LOST));
                    number++) {
                missing(number, "at the end");
            }
        }

        private void frame(RecordedFrame frame) {
            frames++;
            var found = sent.number(frame.unit(), frame.wallTime());
            if (found.isEmpty()) {
                // What a loss left of a frame is stored and marked.
                if (!frame.sealed().header().damaged() || !isExcused(frame.wallTime())) {
                    tell("holds a frame that was never sent", frame.wallTime());
                }
                return;
            }
            var number = found.getAsLong();
            var before = last;
            if (before == null) {
                began(frame);
            } else if (number <= lastNumber) {
                tell("plays frame %d after %d".formatted(number, lastNumber), frame.wallTime());
            } else {
                kills(before, frame, number);
                if (number > lastNumber + 1) {
                    hole(before, frame, number);
                }
            }
            gaps.clear();
            last = frame;
            lastNumber = Math.max(number, lastNumber);
        }

        private void began(RecordedFrame frame) {
            if (!frame.sealed().header().key()) {
                tell("does not begin with a key frame", frame.wallTime());
            }
            var said = recordedSince.get(camera);
            if (said != null && frame.wallTime().isAfter(said)) {
                tell("was not recorded when that was said, at " + said, frame.wallTime());
            }
        }

        private void kills(RecordedFrame before, RecordedFrame after, long number) {
            for (var i = 0; i < kills.size(); i++) {
                var kill = kills.get(i);
                if (before.wallTime().isAfter(kill.at()) || !after.wallTime().isAfter(kill.at())) {
                    continue;
                }
                var safe = kill.syncedThrough().get(camera);
                if (safe != null && before.wallTime().isBefore(safe)) {
                    tell("does not play up to what was reported safe", safe);
                }
                if (kill.excused().contains(camera)) {
                    continue;
                }
                if (number > lastNumber + 1) {
                    var lost = Duration.between(sent.sentAt(lastNumber + 1), kill.at());
                    oldestLost.set(i, longer(oldestLost.get(i), lost));
                }
                var took = Duration.between(kill.startedAgain(), after.wallTime());
                again.set(i, longer(again.get(i), took));
            }
        }

        private void hole(RecordedFrame before, RecordedFrame after, long number) {
            for (var lost = lastNumber + 1; lost < number; lost++) {
                if (!wasKilledBetween(before, after, sent.sentAt(lost))) {
                    missing(lost, "before one of " + after.wallTime());
                }
            }
            if (gaps.isEmpty()) {
                // Lost packets are no gap: the frame behind them is marked, or was left out whole.
                if (!isExcused(after.wallTime()) && !isExcused(sent.sentAt(lastNumber + 1))) {
                    tell("leaves frames out and tells no gap", after.wallTime());
                }
            } else {
                for (var gap : gaps) {
                    if (gap.cause() == GapCause.UNKNOWN) {
                        tell("has a gap that nobody explains", gap.range().start());
                    }
                }
                if (!after.sealed().header().key()) {
                    tell("goes on after a gap without a key frame", after.wallTime());
                }
            }
        }

        private boolean wasKilledBetween(
                RecordedFrame before, RecordedFrame after, Instant sentAt) {
            return kills.stream()
                    .anyMatch(kill ->
                            !before.wallTime().isAfter(kill.at())
                                    && after.wallTime().isAfter(kill.at())
                                    && kill.mayTake(sentAt));
        }

        private boolean isExcused(Instant sentAt) {
            return mishaps.stream().anyMatch(mishap -> mishap.excuses(camera, sentAt));
        }

        private void missing(long number, String where) {
            if (!isExcused(sent.sentAt(number))) {
                tell("misses frame %d (%s), sent".formatted(number, where), sent.sentAt(number));
            }
        }

        private void tell(String what, Instant at) {
            say("camera %s %s at %s".formatted(camera, what, Objects.requireNonNull(at)));
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
