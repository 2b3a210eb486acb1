package org.custodes.rtsp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.custodes.media.CodecConfig;
import org.custodes.media.Frame;
import org.custodes.media.FramePayload;
import org.jspecify.annotations.Nullable;

/// What a probe notes of the frames it sees; the frames themselves it forgets at once.
final class ProbeLook implements FrameReceiver {
    private static final double TICKS_PER_SECOND = 90_000;
    private static final long SHORTEST_FOR_BIT_RATE = 45_000;

    private final RtspSession session;
    private final InstantSource clock;

    private long frames;
    private long bytes;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private long firstNanos;
    private long lastNanos;
    private long keyFrames;
    private long firstKeyAt;
    private long firstKeyTime;
    private OptionalLong keyFrameDistance = OptionalLong.empty();
    private Optional<Duration> keyFrameInterval = Optional.empty();
    private Optional<Duration> clockDifference = Optional.empty();
    private @Nullable CodecConfig config;

    ProbeLook(RtspSession session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public void frame(Frame frame) {
        firstNanos = frames == 0 ? frame.arrivalNanos() : firstNanos;
        lastNanos = frame.arrivalNanos();
        if (frame.key() && !frame.damaged()) {
            key(frame);
        }
        frames++;
        bytes += frame.data().length();
        earliest = Math.min(earliest, frame.mediaTime());
        latest = Math.max(latest, frame.mediaTime());
        if (keyFrameDistance.isPresent() && clockDifference.isPresent()) {
            session.close();
        }
    }

    private void key(Frame frame) {
        keyFrames++;
        if (keyFrames == 1) {
            firstKeyAt = frames;
            firstKeyTime = frame.mediaTime();
        } else if (keyFrames == 2) {
            keyFrameDistance = OptionalLong.of(frames - firstKeyAt);
            keyFrameInterval = Optional.of(duration(frame.mediaTime() - firstKeyTime));
        }
        if (config == null) {
            var payload = FramePayload.encode(frame.added(), frame.data());
            config =
                    CodecConfig.ofKeyFrame(frame.codec(), FramePayload.decodable(payload))
                            .orElse(null);
        }
    }

    @Override
    public void clock(CameraClock told) {
        // The report may have waited for the first packet of its sender.
        var age = Duration.ofNanos(System.nanoTime() - told.arrivalNanos());
        var ours = clock.instant().minus(age);
        clockDifference = Optional.of(Duration.between(ours, told.cameraTime()));
    }

    /// A camera that ends the stream after we have seen something has still told us facts.
    void requireFrameBefore(RtspException end) {
        if (frames == 0) {
            throw end;
        }
    }

    ProbeFacts facts(Supplier<RtspException> nothingSeen) {
        if (frames == 0) {
            throw nothingSeen.get();
        }
        var facts = session.facts();
        return new ProbeFacts(
                facts,
                Optional.ofNullable(config).or(facts::config),
                keyFrames > 0,
                framesPerSecond(),
                bitsPerSecond(),
                keyFrameDistance,
                keyFrameInterval,
                clockDifference,
                Duration.ofNanos(lastNanos - firstNanos));
    }

    private OptionalDouble framesPerSecond() {
        return frames > 1 && latest > earliest
                ? OptionalDouble.of((frames - 1) * TICKS_PER_SECOND / (latest - earliest))
                : OptionalDouble.empty();
    }

    private OptionalLong bitsPerSecond() {
        if (frames < 2 || latest - earliest < SHORTEST_FOR_BIT_RATE) {
            return OptionalLong.empty();
        }
        // The last frame's own duration is not in the span of times: one mean duration is added.
        var seconds = (latest - earliest) / TICKS_PER_SECOND * frames / (frames - 1);
        return OptionalLong.of(Math.round(bytes * 8 / seconds));
    }

    private static Duration duration(long ticks) {
        return Duration.ofNanos(ticks * 100_000 / 9);
    }
}
