package org.custodes.rtsp;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// "Test connection": looks at a camera for a moment and tells facts, never a picture.
public final class RtspProbe {
    private RtspProbe() {}

    /// Looks until two key frames and a sender report were seen, or `atMost` is over.
    ///
    /// @param clock ours, to compare the camera's with
    /// @throws RtspException if no frame arrived
    public static ProbeFacts probe(
            RtspAddress address,
            @Nullable Credentials credentials,
            Duration atMost,
            InstantSource clock) {
        throw new UnsupportedOperationException("not landed yet");
    }
}
