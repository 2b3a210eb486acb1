package org.custodes.rtsp;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One camera's video stream, from its opening to its end.
///
/// The thread in [#receive] does all reading and writing; [#close] may be called by any other.
public final class RtspSession implements AutoCloseable {
    /// How long a camera may take to answer our good-bye.
    private static final Duration FAREWELL = Duration.ofMillis(300);

    /// How long closing waits for the thread that reads, which may be busy with a frame.
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /// A call of [#read] ends after this time and another begins. A thread that stays in one call for
    /// days stays in the code that the JIT compiler had made of it when it began: slow, and counting
    /// calls for a compiler that then makes the same methods anew for ever (seen with the profiles of
    /// an AOT cache: a fifth of a processor).
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    private final RtspSettings settings;
    private final Connection connection;
    private final Opening.Opened opened;

    /// Held by the thread that reads.
    private final ReentrantLock reading = new ReentrantLock();

    private volatile boolean closing;
    private long reportDueNanos;

    private RtspSession(RtspSettings settings, Connection connection, Opening.Opened opened) {
        this.settings = settings;
        this.connection = connection;
        this.opened = opened;
        this.reportDueNanos = System.nanoTime() + settings.reportEvery().toNanos();
    }

    /// Connects, asks what the camera has (DESCRIBE), takes its first usable video track and nothing
    /// else (SETUP) and starts it (PLAY). Blocks for at most the settings' waits, of which each answer
    /// has its own.
    ///
    /// @throws RtspException if that fails
    public static RtspSession open(
            RtspAddress address, @Nullable Credentials credentials, RtspSettings settings) {
        try {
            var random = new SecureRandom();
            var authenticator = new Authenticator(credentials, random);
            var connection =
                    Connection.open(address, authenticator, random, settings.connectTimeout());
            try {
                var opening = new Opening(address, authenticator, settings, connection, random);
                return new RtspSession(settings, connection, opening.open());
            } catch (RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (RtspException e) {
            throw e.asSentence();
        }
    }

    public StreamFacts facts() {
        return opened.facts();
    }

    /// Reads until the end, handing each frame over on the calling thread as soon as it is complete.
    /// Returns after [#close], or when its thread is interrupted (whose mark stays set).
    ///
    /// @throws RtspException if the stream ends for any other reason
    /// @throws IllegalStateException if another thread receives already
    public void receive(FrameReceiver receiver) {
        receiveUntil(receiver, System.nanoTime() + TimeUnit.DAYS.toNanos(36_500));
    }

    /// The same, but returns at a moment of `System.nanoTime` at the latest.
    void receiveUntil(FrameReceiver receiver, long endNanos) {
        if (!reading.tryLock()) {
            if (closing) {
                return;
            }
            throw new IllegalStateException("One thread receives a session, not two");
        }
        try {
            opened.channels().track().deliverTo(receiver, System.nanoTime());
            opened.early().handOver(receiver);
            while (!isOver() && System.nanoTime() - endNanos < 0) {
                read(earlier(endNanos, System.nanoTime() + LONGEST_CALL.toNanos()));
            }
        } catch (RtspException e) {
            if (!isOver()) {
                throw e.asSentence();
            }
        } finally {
            if (closing) {
                farewell();
            }
            reading.unlock();
        }
    }

    private boolean isOver() {
        return closing || Thread.currentThread().isInterrupted();
    }

    private void read(long endNanos) {
        var channels = opened.channels();
        var dueNanos = System.nanoTime();
        while (!isOver()) {
            var found = connection.next(channels.dueNanos(dueNanos));
            switch (found) {
                case PACKET -> channels.packet(connection);
                case MESSAGE -> message(connection.takeMessage());
                case NOTHING -> {}
            }
            // A packet's time is when it arrived: no clock is asked 360 times a second and camera.
            var nowNanos =
                    found == Demultiplexer.Found.NOTHING
                            ? System.nanoTime()
                            : connection.arrivalNanos();
            channels.passTime(nowNanos);
            if (nowNanos - dueNanos >= 0) {
                if (nowNanos - endNanos >= 0) {
                    return;
                }
                dueNanos = earlier(doWhatIsDue(nowNanos), endNanos);
            }
        }
    }

    private void message(RtspMessage message) {
        if (message.isAnswer()) {
            opened.keepAlive().answered(message);
        } else {
            opened.conversation().reply(message);
        }
    }

    /// Finds silence, reports, keeps alive.
    ///
    /// @return when the next of these is due
    private long doWhatIsDue(long nowNanos) {
        var track = opened.channels().track();
        var silentNanos = track.lastPacketNanos() + settings.silence().toNanos();
        if (nowNanos - silentNanos >= 0) {
            throw silent();
        }
        if (nowNanos - reportDueNanos >= 0) {
            opened.channels().report(connection, nowNanos);
            reportDueNanos = nowNanos + settings.reportEvery().toNanos();
        }
        if (nowNanos - opened.keepAlive().dueNanos() >= 0) {
            opened.keepAlive().ask(nowNanos);
        }
        return earlier(silentNanos, earlier(reportDueNanos, opened.keepAlive().dueNanos()));
    }

    private RtspException silent() {
        var millis = settings.silence().toMillis();
        var advice =
                opened.channels().areDatagrams()
                        ? "Its connection stands, so UDP may be blocked on the way (%d datagrams came from other addresses): let UDP through, or choose TCP"
                                .formatted(connection.foreignDatagrams())
                        : "Check the camera and the network";
        return new RtspException(
                RtspException.Fault.SILENT,
                "No picture data for %d ms. %s".formatted(millis, advice));
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /// Ends the session, from any thread, within a second: tells the camera (TEARDOWN) if it still
    /// listens, and lets [#receive] return. From within a [FrameReceiver] it marks the session, which
    /// ends when the receiver returns. Closing twice does nothing.
    @Override
    public void close() {
        closing = true;
        if (reading.isHeldByCurrentThread()) {
            return;
        }
        connection.wake();
        var interrupted = Thread.interrupted();
        try {
            if (reading.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    farewell();
                } finally {
                    reading.unlock();
                }
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            connection.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Says TEARDOWN, waits a moment for the answer, so that the camera frees its place for the next
    /// one, and hangs up.
    private void farewell() {
        if (!connection.isOpen()) {
            return;
        }
        // An interrupted thread cannot write to a channel; its mark is put back.
        var interrupted = Thread.interrupted();
        try {
            var number = opened.conversation().send("TEARDOWN", opened.aggregate(), Map.of());
            awaitAnswer(number, System.nanoTime() + FAREWELL.toNanos());
        } catch (RtspException gone) {
            // The camera hung up first.
        } finally {
            connection.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void awaitAnswer(int number, long deadlineNanos) {
        while (System.nanoTime() - deadlineNanos < 0 && !Thread.currentThread().isInterrupted()) {
            var found = connection.next(deadlineNanos);
            if (found == Demultiplexer.Found.MESSAGE
                    && connection.takeMessage().sequence() == number) {
                return;
            }
        }
    }
}
