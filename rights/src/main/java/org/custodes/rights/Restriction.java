package org.custodes.rights;

import java.util.Objects;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;

/// Footage that is kept and shown to nobody without [Right#SEE_RESTRICTED] (GDPR Article 18).
public record Restriction(CameraId camera, TimeRange interval) {

    public Restriction {
        Objects.requireNonNull(camera);
        Objects.requireNonNull(interval);
    }
}
