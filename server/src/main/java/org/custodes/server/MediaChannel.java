package org.custodes.server;

import java.util.Optional;
import org.custodes.server.Problem.Kind;
import org.custodes.viewing.Look;
import org.custodes.viewing.VeiledFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One camera on one media connection: a virtual thread that pulls from a look and sends.
abstract sealed class MediaChannel permits LiveChannel, PlaybackChannel {
    private static final Logger LOG = LoggerFactory.getLogger(MediaChannel.class);

    private final long number;
    private final MediaConnection connection;

    MediaChannel(long number, MediaConnection connection) {
        this.number = number;
        this.connection = connection;
    }

    final long number() {
        return number;
    }

    final MediaConnection connection() {
        return connection;
    }

    final void start() {
        Thread.ofVirtual().name("channel-" + number).start(this::runToTheEnd);
    }

    private void runToTheEnd() {
        Optional<Problem> problem;
        try {
            problem = run();
        } catch (RuntimeException fault) {
            LOG.error("A media channel broke", fault);
            problem = Optional.of(Problem.fault());
        }
        connection.ended(this);
        if (!connection.over()) {
            connection.tell(new ServerMessage.Closed(number, problem));
        }
    }

    /// Opens the look, sends what it brings, closes it.
    ///
    /// @return why it ended; empty if the client closed it
    abstract Optional<Problem> run();

    /// Asks it to end; from any thread, more than once.
    abstract void close();

    /// Sends a frame, behind what the decoder must know of it.
    final int send(VeiledFrame frame, int seq) {
        frame.config()
                .ifPresent(config ->
                        connection.tell(
                                new ServerMessage.Config(
                                        number,
                                        config.rfc6381(),
                                        config.width(),
                                        config.height())));
        var message =
                FrameEnvelope.wrap(
                        number,
                        flags(frame),
                        seq,
                        MediaConnection.micros(frame.wallTime()),
                        frame.mediaTime(),
                        frame.data().array());
        var bytes = message.remaining();
        connection.send(message);
        return bytes;
    }

    private static int flags(VeiledFrame frame) {
        return (frame.key() ? FrameEnvelope.KEY : 0)
                | (frame.damaged() ? FrameEnvelope.DAMAGED : 0)
                | (frame.discontinuity() ? FrameEnvelope.DISCONTINUITY : 0)
                | (frame.shown() ? 0 : FrameEnvelope.NOT_SHOWN);
    }

    /// Why a look is over that the client did not close.
    static Problem over(Look look) {
        return look.endedBy()
                .map(Refusals::of)
                .orElseGet(() ->
                        Kind.GONE.because(
                                "look-over", "This look is over.", "Open the camera again."));
    }
}
