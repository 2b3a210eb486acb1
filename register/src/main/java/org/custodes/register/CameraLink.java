package org.custodes.register;

import java.util.Objects;
import java.util.Optional;

/// How a camera is reached.
///
/// @param plainException leave to be called in the clear where its site takes encrypted cameras only;
///     it may have ended
public record CameraLink(Transport transport, Optional<PlainException> plainException) {
    /// On the connection of its answers, without an exception.
    public static final CameraLink USUAL = new CameraLink(Transport.TCP, Optional.empty());

    public CameraLink {
        Objects.requireNonNull(transport);
        Objects.requireNonNull(plainException);
    }

    CameraLink by(Transport way) {
        return new CameraLink(way, plainException);
    }

    CameraLink with(Optional<PlainException> exception) {
        return new CameraLink(transport, exception);
    }
}
