package org.custodes.capture;

import java.util.Optional;
import org.custodes.rtsp.CertificatePin;
import org.custodes.rtsp.Credentials;
import org.custodes.rtsp.FrameReceiver;
import org.custodes.rtsp.RtspAddress;
import org.custodes.rtsp.RtspException;
import org.jspecify.annotations.Nullable;

/// A standing connection to one camera's stream. The recorder's are RTSP sessions; a simulation brings
/// cameras that are not there.
public interface CameraLine extends AutoCloseable {

    /// Makes lines.
    @FunctionalInterface
    interface Caller {
        /// Calls a camera. May wait for it.
        ///
        /// @throws RtspException if no line comes of it
        CameraLine call(RtspAddress address, @Nullable Credentials credentials);
    }

    /// By what the camera was known, if it is encrypted.
    Optional<CertificatePin> certificate();

    /// Hands over what comes, on the calling thread. Waits until the line ends, if it is one that waits.
    ///
    /// @return whether the line goes on and all that has come so far was handed over; false after
    ///     [#close]
    /// @throws RtspException if the line ends for any other reason
    boolean receive(FrameReceiver receiver);

    /// Ends the line, from any thread.
    @Override
    void close();
}
