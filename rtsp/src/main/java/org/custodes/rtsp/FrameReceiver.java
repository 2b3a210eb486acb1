package org.custodes.rtsp;

import org.custodes.media.Frame;

/// Takes what a session receives, on the thread that reads it: what takes long here makes the camera
/// wait.
@FunctionalInterface
public interface FrameReceiver {

    /// One access unit, as soon as it is complete.
    void frame(Frame frame);

    /// Something did not arrive, or could not be used.
    default void loss(Loss loss) {}

    /// The camera told its clock (an RTCP sender report); frames from here on have a `cameraTime`.
    default void clock(CameraClock clock) {}
}
