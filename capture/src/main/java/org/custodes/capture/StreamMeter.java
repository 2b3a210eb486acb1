package org.custodes.capture;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.custodes.media.Frame;
import org.custodes.rtsp.Loss;

/// Counts what one stream receives. Written by the run's own thread alone, so a count is a plain read
/// and an ordered store: no lock and no locked instruction per frame. Any thread reads.
final class StreamMeter {
    private static final long UNKNOWN = -1;

    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong damagedFrames = new AtomicLong();
    private final AtomicLong lostFrames = new AtomicLong();
    private final AtomicLong lostPackets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong jitterNanos = new AtomicLong(UNKNOWN);

    void frame(Frame frame) {
        add(frames, 1);
        add(bytes, frame.data().length());
        if (frame.damaged()) {
            add(damagedFrames, 1);
        }
    }

    void loss(Loss loss) {
        switch (loss.kind()) {
            case PACKETS -> add(lostPackets, loss.count());
            case FRAMES -> add(lostFrames, loss.count());
            case FOREIGN_PACKETS, UNUSABLE_PACKETS, RESTART -> {}
        }
    }

    void connected() {
        add(connections, 1);
    }

    void jitter(Duration jitter) {
        jitterNanos.setRelease(jitter.toNanos());
    }

    StreamFigures figures() {
        var jitter = jitterNanos.getAcquire();
        return new StreamFigures(
                frames.getAcquire(),
                damagedFrames.getAcquire(),
                lostFrames.getAcquire(),
                lostPackets.getAcquire(),
                bytes.getAcquire(),
                connections.getAcquire(),
                jitter == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofNanos(jitter)));
    }

    private static void add(AtomicLong counter, long more) {
        counter.setRelease(counter.getPlain() + more);
    }
}
