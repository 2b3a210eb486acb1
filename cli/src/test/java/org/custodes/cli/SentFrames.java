package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.custodes.cli.Recording.RecordedFrame;
import org.custodes.media.Bytes;
import org.custodes.simulator.Clip;
import org.jspecify.annotations.Nullable;

/// What a simulated camera sent and when, by its own log: the oracle for what was recorded. Frames are
/// numbered from 0 without a gap, whether anybody listened or not.
final class SentFrames {
    private final Clip clip;
    private final List<Long> sentMicros;
    private final Map<Bytes, Integer> places = new HashMap<>();

    private SentFrames(Clip clip, List<Long> sentMicros) {
        this.clip = clip;
        this.sentMicros = List.copyOf(sentMicros);
        for (var unit : clip.accessUnits()) {
            places.put(unit.data(), places.size());
        }
        if (places.size() != clip.accessUnits().size()) {
            throw new IllegalArgumentException("Two frames of the clip are the same");
        }
    }

    /// @param log as the camera wrote it: a line `number,microseconds since 1970` each
    static SentFrames of(Path log, Clip clip) throws IOException {
        var sent =
                Files.readAllLines(log).stream()
                        .map(line -> Long.parseLong(line.substring(line.indexOf(',') + 1)))
                        .toList();
        return new SentFrames(clip, sent);
    }

    /// Which frame of the camera this is. Its bytes say which of the clip; which round of the clip, the
    /// camera's own time says, which runs with the frames however late they are sent or received.
    ///
    /// @throws IllegalArgumentException if the camera sent no such frame
    long number(RecordedFrame frame) {
        @Nullable Integer place = places.get(frame.unit());
        if (place == null) {
            throw new IllegalArgumentException(
                    "The camera never sent what was recorded at " + frame.wallTime());
        }
        var loop = clip.accessUnits().size();
        var ticks = (frame.sealed().header().cameraMicros() - sentMicros.getFirst()) * 9 / 100;
        var frames = (double) ticks * loop / clip.loopTicks();
        return place + loop * Math.round((frames - place) / loop);
    }

    /// The camera's clock from one frame to the next, in 90 kHz ticks.
    long ticksPerFrame() {
        return clip.loopTicks() / clip.accessUnits().size();
    }

    Instant sentAt(long number) {
        var micros = Objects.requireNonNull(sentMicros.get(Math.toIntExact(number)));
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// The last frame that was sent at `then` or before.
    long lastSentBy(Instant then) {
        var micros = ChronoUnit.MICROS.between(Instant.EPOCH, then);
        return sentMicros.stream().filter(sent -> sent <= micros).count() - 1;
    }
}
