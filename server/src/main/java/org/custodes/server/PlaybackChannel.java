package org.custodes.server;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.custodes.access.Session;
import org.custodes.access.Why;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;
import org.custodes.register.StreamRole;
import org.custodes.server.ClientMessage.Frames;
import org.custodes.viewing.LookEvent;
import org.custodes.viewing.Opened;
import org.custodes.viewing.PlaybackLook;
import org.jspecify.annotations.Nullable;

/// A camera as it was. The client sets the pace: a frame flows while there is credit, and takes its
/// size off it, so the last one may overdraw. Nothing is read from the disk that nobody asked for.
final class PlaybackChannel extends MediaChannel {
    private final LookOpening looks;
    private final Session session;
    private final CameraId camera;
    private final int stream;
    private final Why why;
    private final Optional<UUID> approval;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by lock.
    private ClientMessage.@Nullable Play asked;
    private int seq;
    private long credit;
    private boolean playing;
    private boolean closing;
    private boolean ended;

    PlaybackChannel(
            long number,
            MediaConnection connection,
            LookOpening looks,
            Session session,
            CameraId camera,
            Why why,
            Optional<UUID> approval) {
        super(number, connection);
        this.looks = looks;
        this.session = session;
        this.camera = camera;
        this.stream = looks.stream(camera, StreamRole.RECORD);
        this.why = why;
        this.approval = approval;
    }

    /// Goes somewhere else; what was asked before is forgotten.
    void play(ClientMessage.Play play) {
        lock.lock();
        try {
            asked = play;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// More may flow of the `play` with this `seq`; for an older one it is too late. After an end it
    /// asks whether something has been recorded since.
    void more(ClientMessage.More more) {
        lock.lock();
        try {
            if (asked != null && asked.seq() == more.seq()) {
                asked = asked.withMore(more.credit());
            } else if (asked == null && more.seq() == seq) {
                credit = Math.min(credit + more.credit(), ClientMessage.MOST_CREDIT);
                playing = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// What stands still has nothing to send, and has to be told that it is over.
    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    Optional<Problem> run() {
        return switch (looks.playback(session, camera, stream, why, approval)) {
            case Opened.Refused<PlaybackLook>(var reason) -> Optional.of(Refusals.of(reason));
            case Opened.Granted<PlaybackLook>(var look) -> {
                try (look) {
                    yield show(look);
                }
            }
        };
    }

    /// What the thread does next.
    private sealed interface Turn {
        record Seek(ClientMessage.Play play) implements Turn {}

        record Send(int seq) implements Turn {}

        record Stop() implements Turn {}

        record Over() implements Turn {}
    }

    private Optional<Problem> show(PlaybackLook look) {
        connection()
                .tell(
                        new ServerMessage.Channel(
                                number(), camera.value(), stream, ServerMessage.Mode.PLAYBACK));
        look.onEnd(this::end);
        while (true) {
            switch (turn()) {
                case Turn.Over _ -> {
                    return Optional.of(over(look));
                }
                case Turn.Stop _ -> {
                    return Optional.empty();
                }
                case Turn.Seek(var play) -> seek(look, play);
                case Turn.Send(var now) -> {
                    if (!send(look.next(), now)) {
                        return Optional.of(over(look));
                    }
                }
            }
        }
    }

    /// Waits until there is something to do.
    private Turn turn() {
        lock.lock();
        try {
            while (!closing && !ended && asked == null && (!playing || credit <= 0)) {
                changed.awaitUninterruptibly();
            }
            if (closing) {
                return new Turn.Stop();
            }
            if (ended) {
                return new Turn.Over();
            }
            var play = asked;
            if (play == null) {
                return new Turn.Send(seq);
            }
            asked = null;
            seq = play.seq();
            credit = play.credit();
            playing = true;
            return new Turn.Seek(play);
        } finally {
            lock.unlock();
        }
    }

    private static void seek(PlaybackLook look, ClientMessage.Play play) {
        var keysOnly = play.frames() == Frames.KEYS;
        if (play.direction() > 0) {
            look.forward(play.from(), keysOnly);
        } else {
            look.backward(play.from(), keysOnly);
        }
    }

    /// @return whether the look goes on
    private boolean send(LookEvent event, int now) {
        switch (event) {
            case LookEvent.Frame(var frame) -> spend(send(frame, now), now);
            case LookEvent.Gap(var range, var cause) -> gap(range, cause.code(), false, now);
            case LookEvent.Withheld(var range, var reason, var askable) ->
                    gap(range, reason.key(), askable, now);
            case LookEvent.End _ -> {
                pause(now);
                connection().tell(new ServerMessage.End(number(), now));
            }
            case LookEvent.Skipped _ -> {
                // Nothing is skipped where the viewer sets the pace.
            }
            case LookEvent.Over _ -> {
                return false;
            }
        }
        return true;
    }

    private void gap(TimeRange range, String cause, boolean askable, int now) {
        connection()
                .tell(
                        new ServerMessage.Gap(
                                number(), now, range.start(), range.end(), cause, askable));
    }

    private void spend(int bytes, int now) {
        lock.lock();
        try {
            if (seq == now) {
                credit -= bytes;
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause(int now) {
        lock.lock();
        try {
            if (seq == now) {
                playing = false;
            }
        } finally {
            lock.unlock();
        }
    }
}
