package org.custodes.media;

import java.util.Objects;
import java.util.UUID;

/// Names one camera (one point of view), for ever; never reused.
public record CameraId(UUID value) {

    public CameraId {
        Objects.requireNonNull(value);
    }

    /// Reads the usual text form.
    ///
    /// @throws IllegalArgumentException if `text` is not a UUID
    public static CameraId parse(String text) {
        return new CameraId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
