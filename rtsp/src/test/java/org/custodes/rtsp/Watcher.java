package org.custodes.rtsp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.custodes.media.Frame;
import org.jspecify.annotations.Nullable;

/// Opens a session, receives on a thread of its own and remembers what came.
final class Watcher implements FrameReceiver, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final RtspSession session;
    private final Thread thread;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final List<CameraClock> clocks = new ArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> end = new AtomicReference<>();

    Watcher(RtspAddress address, @Nullable Credentials credentials, RtspSettings settings) {
        session = RtspSession.open(address, credentials, settings);
        thread = Thread.ofPlatform().daemon().name("watcher").start(this::receive);
    }

    private void receive() {
        try {
            session.receive(this);
        } catch (RuntimeException e) {
            end.set(e);
        }
    }

    @Override
    public synchronized void frame(Frame frame) {
        frames.add(frame);
    }

    @Override
    public synchronized void loss(Loss loss) {
        losses.add(loss);
    }

    @Override
    public synchronized void clock(CameraClock clock) {
        clocks.add(clock);
    }

    synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    synchronized List<Loss> losses() {
        return List.copyOf(losses);
    }

    synchronized List<CameraClock> clocks() {
        return List.copyOf(clocks);
    }

    RtspSession session() {
        return session;
    }

    Thread thread() {
        return thread;
    }

    Watcher untilFrames(int count) {
        await("%d frames".formatted(count), () -> frames().size() >= count);
        return this;
    }

    /// How the stream ended, once it did.
    RtspException untilEnd() {
        await("the end", () -> end.get() != null);
        return (RtspException) Objects.requireNonNull(end.get());
    }

    boolean endedByItself() {
        return end.get() != null;
    }

    static void await(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Waited %s in vain for %s".formatted(PATIENCE, what));
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError("Interrupted while waiting for " + what, e);
            }
        }
    }

    @Override
    public void close() {
        session.close();
        await("the reading thread", () -> !thread.isAlive());
    }
}
