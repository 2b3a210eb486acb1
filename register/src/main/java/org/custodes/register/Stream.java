package org.custodes.register;

import java.util.Objects;

/// One stream of a camera.
///
/// @param number 0 to 255, its own for as long as the camera lives
/// @param path path and query of its RTSP address; never credentials
public record Stream(int number, StreamRole role, String path) {

    public Stream {
        Objects.requireNonNull(role);
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException(
                    "A stream number is 0 to 255, but got %d".formatted(number));
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("A stream's path begins with a slash");
        }
    }
}
