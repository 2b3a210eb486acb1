package org.custodes.server;

import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.Session;
import org.custodes.access.Why;
import org.custodes.capture.Capture;
import org.custodes.media.CameraId;
import org.custodes.register.Register;
import org.custodes.register.StreamRole;
import org.custodes.viewing.LiveLook;
import org.custodes.viewing.Opened;
import org.custodes.viewing.PlaybackLook;
import org.custodes.viewing.Viewing;

/// Opens looks for channels, by what the rooms know of the camera.
final class LookOpening {
    private final Access access;
    private final Register register;
    private final Capture capture;
    private final Viewing viewing;

    LookOpening(Access access, Register register, Capture capture, Viewing viewing) {
        this.access = access;
        this.register = register;
        this.capture = capture;
        this.viewing = viewing;
    }

    /// The number of the camera's stream for this role, or of the one that is recorded if it has none.
    /// An unknown camera gets a number, too: it is asked for like a foreign one, and refused alike.
    int stream(CameraId camera, StreamRole role) {
        return register.camera(camera)
                .flatMap(found -> found.stream(role).or(() -> found.stream(StreamRole.RECORD)))
                .map(stream -> stream.number())
                .orElse(0);
    }

    Opened<LiveLook> live(Session session, CameraId camera, int stream, Why why) {
        return viewing.live(session, camera, stream, why);
    }

    /// @param approval what was asked and approved, if it is by another's yes
    Opened<PlaybackLook> playback(
            Session session, CameraId camera, int stream, Why why, Optional<UUID> approval) {
        return approval.isPresent()
                ? viewing.approved(session, camera, stream, approval.get())
                : viewing.playback(session, camera, stream, why);
    }

    /// How the stream is doing; empty if the camera has no run.
    Optional<StateView> state(CameraId camera, int stream) {
        return Optional.ofNullable(capture.states(camera).get(stream)).map(StateView::of);
    }

    boolean stands(Session session) {
        return access.stands(session);
    }

    void onEnd(Session session, Runnable listener) {
        access.onEnd(session, listener);
    }
}
