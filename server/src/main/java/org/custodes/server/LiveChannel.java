package org.custodes.server;

import java.util.Optional;
import org.custodes.access.Session;
import org.custodes.access.Why;
import org.custodes.media.CameraId;
import org.custodes.register.StreamRole;
import org.custodes.viewing.LiveLook;
import org.custodes.viewing.LookEvent;
import org.custodes.viewing.Opened;
import org.jspecify.annotations.Nullable;

/// A camera as it is now. What waits for a slow viewer waits in the look, sealed and bounded.
final class LiveChannel extends MediaChannel {
    private final LookOpening looks;
    private final Session session;
    private final CameraId camera;
    private final int stream;
    private final Why why;

    // Both guarded by this.
    private @Nullable LiveLook look;
    private boolean closing;

    LiveChannel(
            long number,
            MediaConnection connection,
            LookOpening looks,
            Session session,
            CameraId camera,
            StreamRole role,
            Why why) {
        super(number, connection);
        this.looks = looks;
        this.session = session;
        this.camera = camera;
        this.stream = looks.stream(camera, role);
        this.why = why;
    }

    boolean shows(CameraId other, int otherStream) {
        return camera.equals(other) && stream == otherStream;
    }

    @Override
    Optional<Problem> run() {
        return switch (looks.live(session, camera, stream, why)) {
            case Opened.Refused<LiveLook>(var reason) -> Optional.of(Refusals.of(reason));
            case Opened.Granted<LiveLook>(var granted) -> {
                try (granted) {
                    yield begun(granted) ? show(granted) : Optional.empty();
                }
            }
        };
    }

    /// Whether nobody closed the channel while the look was being opened.
    private synchronized boolean begun(LiveLook granted) {
        look = granted;
        return !closing;
    }

    private Optional<Problem> show(LiveLook granted) {
        connection()
                .tell(
                        new ServerMessage.Channel(
                                number(), camera.value(), stream, ServerMessage.Mode.LIVE));
        looks.state(camera, stream)
                .ifPresent(state -> connection().tell(new ServerMessage.State(number(), state)));
        while (true) {
            switch (next(granted)) {
                case LookEvent.Frame(var frame) -> {
                    var _ = send(frame, 0);
                }
                case LookEvent.Skipped(var frames) ->
                        connection().tell(new ServerMessage.Skipped(number(), frames));
                case LookEvent.Over _ -> {
                    return isClosing() ? Optional.empty() : Optional.of(over(granted));
                }
                case LookEvent.Gap _, LookEvent.Withheld _, LookEvent.End _ -> {
                    // A live look has neither: the growing end goes on.
                }
            }
        }
    }

    /// Nobody interrupts a channel's thread; if somebody did, the look would be over for us.
    private static LookEvent next(LiveLook granted) {
        try {
            return granted.next();
        } catch (InterruptedException stopped) {
            return new LookEvent.Over();
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /// Closing the look wakes the thread that waits on it.
    @Override
    void close() {
        LiveLook open;
        synchronized (this) {
            closing = true;
            open = look;
        }
        if (open != null) {
            open.close();
        }
    }
}
