package org.custodes.media;

import java.util.Objects;

/// One track: a camera, the number of one of its streams (0 to 255), and what the bytes are.
public record TrackId(CameraId camera, int stream, MediaClass mediaClass) {

    public TrackId {
        Objects.requireNonNull(camera);
        Objects.requireNonNull(mediaClass);
        if (stream < 0 || stream > 255) {
            throw new IllegalArgumentException(
                    "A stream number is 0 to 255, but got %d".formatted(stream));
        }
    }
}
