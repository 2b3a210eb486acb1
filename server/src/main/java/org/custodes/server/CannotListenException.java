package org.custodes.server;

import java.net.SocketException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The server cannot listen where it was told to; the message says why and what to do.
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Finds a socket's refusal below what the web server made of it.
    static Optional<RuntimeException> of(ServerSettings settings, RuntimeException failed) {
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException refused) {
                return Optional.of(
                        new CannotListenException(
                                "Cannot listen on %s port %d: %s. Choose another with --port, or stop what listens there."
                                        .formatted(
                                                settings.listen().getHostAddress(),
                                                settings.port(),
                                                refused.getMessage()),
                                failed));
            }
        }
        return Optional.empty();
    }
}
