package org.custodes.rtsp;

import java.time.Duration;
import org.custodes.media.Frame;

/// Takes what a session receives, on the thread that reads it: what takes long here makes the camera
/// wait.
@FunctionalInterface
public interface FrameReceiver {

    /// One access unit, as soon as it is complete.
    void frame(Frame frame);

    /// Something did not arrive, or could not be used.
    default void loss(Loss loss) {}

    /// How unevenly packets arrive (RFC 3550 section 6.4.1), as it is told to the camera too: every few
    /// seconds.
    default void jitter(Duration jitter) {}

    /// The camera told its clock (an RTCP sender report); frames from here on have a `cameraTime`.
    default void clock(CameraClock clock) {}
}
