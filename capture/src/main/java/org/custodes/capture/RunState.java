package org.custodes.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.custodes.media.CodecConfig;
import org.custodes.media.GapCause;

/// How one stream of a camera is doing, by the recorder's clock.
public sealed interface RunState {

    /// Since when it is so.
    Instant since();

    /// Being called; no picture yet, no failure yet.
    record Connecting(Instant since) implements RunState {}

    /// Frames arrive.
    ///
    /// @param config what the camera sends, known from the first key frame on
    /// @param clockDifference the camera's clock minus ours, where it tells one
    record Streaming(
            Instant since, Optional<CodecConfig> config, Optional<Duration> clockDifference)
            implements RunState {}

    /// The connection stood and the camera sent nothing; it is being called again.
    record Stalled(Instant since, Instant nextTryAt) implements RunState {}

    /// The camera answered and said no: calling again will hardly help before somebody acts.
    ///
    /// @param message what it said and what to do, for people
    /// @param why what has to be mended
    record Refused(Instant since, String message, Instant nextTryAt, Why why) implements RunState {}

    /// Why a camera says no.
    enum Why {
        /// It does not take the user and password.
        PASSWORD,
        OTHER
    }

    /// The camera showed another certificate than the one that it is known by; nothing was said to it.
    ///
    /// @param presented the SHA-256 of what it showed, in hexadecimal digits
    /// @param message what happened and what to do, for people
    record CertificateChanged(Instant since, String presented, String message, Instant nextTryAt)
            implements RunState {}

    /// It is not called: its site takes encrypted cameras only, this one is not, and no exception is in
    /// force. It is called again as soon as one is.
    ///
    /// @param message why, for people
    /// @param nextStep what to do about it
    record Barred(Instant since, String message, String nextStep) implements RunState {}

    /// The camera does not answer, or hung up.
    record BackingOff(Instant since, GapCause cause, String message, Instant nextTryAt)
            implements RunState {}

    /// Not recorded: removed, or the recorder is stopping.
    record Off(Instant since) implements RunState {}
}
