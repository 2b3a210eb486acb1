package org.custodes.rtsp;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// "Test connection": looks at a camera for a moment and tells facts, never a picture.
public final class RtspProbe {
    private RtspProbe() {}

    /// Meets an encrypted camera and hangs up: it has proven that it holds the key of this certificate, and
    /// not a byte was said to it, no password and no path.
    ///
    /// @param atMost for connection and handshake
    /// @throws IllegalArgumentException for an address that is not encrypted
    /// @throws RtspException if no encrypted connection comes about
    public static CertificatePin meet(RtspAddress address, Duration atMost) {
        if (!address.isEncrypted()) {
            throw new IllegalArgumentException(
                    "What is called in the clear shows no certificate: " + address);
        }
        try {
            return Connection.meet(address, new SecureRandom(), atMost);
        } catch (RtspException e) {
            throw e.asSentence();
        }
    }

    /// Looks until two key frames and a sender report were seen, or `atMost` is over.
    ///
    /// @param atMost 100 ms to 1 h, opening included
    /// @param clock ours, to compare the camera's with
    /// @throws RtspException if the stream cannot be opened, or if it ends or is silent before its first
    ///     frame
    public static ProbeFacts probe(
            RtspAddress address,
            @Nullable Credentials credentials,
            Duration atMost,
            InstantSource clock) {
        if (atMost.compareTo(Duration.ofMillis(100)) < 0
                || atMost.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "A probe takes 100 ms to 1 h, but got %s".formatted(atMost));
        }
        var endNanos = System.nanoTime() + atMost.toNanos();
        var settings = RtspSettings.DEFAULT.within(atMost);
        try (var session = RtspSession.open(address, credentials, settings)) {
            var look = new ProbeLook(session, clock);
            try {
                session.receiveUntil(look, endNanos);
            } catch (RtspException e) {
                look.requireFrameBefore(e);
            }
            return look.facts(() ->
                    new RtspException(
                                    RtspException.Fault.SILENT,
                                    "No whole picture arrived within %d ms"
                                            .formatted(atMost.toMillis()))
                            .asSentence());
        }
    }
}
