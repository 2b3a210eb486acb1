package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.custodes.media.Bytes;
import org.jspecify.annotations.Nullable;

/// What a simulated camera sent and when, by its own log: the oracle for what was recorded. Frames are
/// numbered from 0 without a gap, whether anybody listened or not.
final class SentFrames {
    /// The recorder follows the machine's clock softly, and may be behind it by so much.
    private static final Duration BEHIND = Duration.ofMillis(500);

    private final List<Long> sentMicros = new ArrayList<>();

    /// By check sum: when a frame with these bytes was sent, and which it was.
    private final Map<Long, NavigableMap<Long, Long>> bySum = new HashMap<>();

    private SentFrames() {}

    /// @param log as the camera wrote it (`FrameLog` of the simulator); the last line may be half written
    static SentFrames of(Path log) throws IOException {
        var sent = new SentFrames();
        try (var lines = Files.lines(log)) {
            lines.map(line -> line.split(",", -1))
                    .filter(words -> words.length == 3 && words[2].length() == 8)
                    .forEach(words -> sent.add(Long.parseLong(words[1]), words[2]));
        }
        return sent;
    }

    private void add(long micros, String sum) {
        bySum.computeIfAbsent(Long.parseLong(sum, 16), _ -> new TreeMap<>())
                .put(micros, (long) sentMicros.size());
        sentMicros.add(micros);
    }

    /// Which frame of the camera this is, or empty if it never sent these bytes. A clip goes round, so the
    /// last time that it sent them counts: a frame may be under way for almost as long as the clip lasts.
    /// Unless it sent them again in a moment, nearer by the recorder's clock.
    ///
    /// @param wallTime when it had arrived, by the recorder's clock
    OptionalLong number(Bytes unit, Instant wallTime) {
        var crc = new CRC32C();
        crc.update(unit.array());
        var times = bySum.get(crc.getValue());
        if (times == null) {
            return OptionalLong.empty();
        }
        var at = micros(wallTime);
        var before = times.floorEntry(at);
        var after = times.ceilingEntry(at);
        var isAfter =
                after != null
                        && after.getKey() <= micros(wallTime.plus(BEHIND))
                        && (before == null || after.getKey() - at < at - before.getKey());
        Map.@Nullable Entry<Long, Long> sent = isAfter ? after : before;
        return sent == null ? OptionalLong.empty() : OptionalLong.of(sent.getValue());
    }

    /// How many frames were sent.
    long count() {
        return sentMicros.size();
    }

    Instant sentAt(long number) {
        return Instant.EPOCH.plus(sentMicros.get(Math.toIntExact(number)), ChronoUnit.MICROS);
    }

    /// The last frame that was sent at `then` or before; -1 if none was.
    long lastSentBy(Instant then) {
        var limit = micros(then);
        return sentMicros.stream().takeWhile(sent -> sent <= limit).count() - 1;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
