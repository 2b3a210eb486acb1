package org.custodes.rtsp;

import org.jspecify.annotations.Nullable;

/// One camera's video stream, from its opening to its end.
// The face stands before its session does: the next landing fills it.
@SuppressWarnings("DoNotCallSuggester")
public final class RtspSession implements AutoCloseable {
    private RtspSession(RtspAddress address) {
        throw new UnsupportedOperationException(
                "The session behind %s is not landed yet".formatted(address));
    }

    /// Connects, asks what the camera has (DESCRIBE), takes its first usable video track and nothing
    /// else (SETUP) and starts it (PLAY). Blocks for at most the settings' waits.
    ///
    /// @throws RtspException if that fails
    public static RtspSession open(
            RtspAddress address, @Nullable Credentials credentials, RtspSettings settings) {
        return new RtspSession(address);
    }

    public StreamFacts facts() {
        throw new UnsupportedOperationException("not landed yet");
    }

    /// Reads until the end, handing each frame over on the calling thread as soon as it is complete.
    /// Returns after [#close], or when its thread is interrupted (whose mark stays set).
    ///
    /// @throws RtspException if the stream ends for any other reason
    public void receive(FrameReceiver receiver) {
        throw new UnsupportedOperationException("not landed yet");
    }

    /// Ends the session, from any thread, at most half a second later: tells the camera (TEARDOWN) if
    /// it still listens, and lets [#receive] return. Closing twice does nothing.
    @Override
    public void close() {}
}
