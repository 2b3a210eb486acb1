package org.custodes.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.custodes.capture.RunState;
import org.custodes.media.GapCause;

/// How a camera's recording fares, as the API tells it.
///
/// @param phase `connecting`, `streaming`, `stalled`, `refused`, `certificate-changed`, `barred`,
///     `backing-off`, `off` or `removed`
/// @param since when this phase began
/// @param cause a gap's cause, where the phase has one
/// @param message what the camera said and what to do, in English, where there is something to say
/// @param nextTryAt when the camera is called again
/// @param certificate what the camera showed in place of the certificate that it is known by: its
///     SHA-256 in hexadecimal digits, to be accepted or not
/// @param clockDifferenceMillis the camera's clock minus the recorder's
record StateView(
        String phase,
        Instant since,
        Optional<String> cause,
        Optional<String> message,
        Optional<Instant> nextTryAt,
        Optional<String> certificate,
        Optional<Long> clockDifferenceMillis) {

    static StateView of(RunState state) {
        return switch (state) {
            case RunState.Connecting(var since) -> plain("connecting", since);
            case RunState.Streaming(var since, var _, var clock) ->
                    new StateView(
                            "streaming",
                            since,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            clock.map(Duration::toMillis));
            case RunState.Stalled(var since, var next) ->
                    failed("stalled", since, GapCause.CAMERA_SILENT, Optional.empty(), next);
            case RunState.Refused(var since, var message, var next, var _) ->
                    failed("refused", since, GapCause.CAMERA_REFUSED, Optional.of(message), next);
            case RunState.CertificateChanged(var since, var shown, var message, var next) ->
                    new StateView(
                            "certificate-changed",
                            since,
                            Optional.of(GapCause.CERTIFICATE_CHANGED.code()),
                            Optional.of(message),
                            Optional.of(next),
                            Optional.of(shown),
                            Optional.empty());
            case RunState.Barred(var since, var message, var nextStep) ->
                    new StateView(
                            "barred",
                            since,
                            Optional.of(GapCause.ENCRYPTION_REQUIRED.code()),
                            Optional.of(message + " " + nextStep),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
            case RunState.BackingOff(var since, var cause, var message, var next) ->
                    failed("backing-off", since, cause, Optional.of(message), next);
            case RunState.Off(var since) -> plain("off", since);
        };
    }

    /// A camera that was taken out of the register.
    static StateView removed(Instant since) {
        return plain("removed", since);
    }

    private static StateView plain(String phase, Instant since) {
        return new StateView(
                phase,
                since,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static StateView failed(
            String phase,
            Instant since,
            GapCause cause,
            Optional<String> message,
            Instant nextTryAt) {
        return new StateView(
                phase,
                since,
                Optional.of(cause.code()),
                message,
                Optional.of(nextTryAt),
                Optional.empty(),
                Optional.empty());
    }
}
