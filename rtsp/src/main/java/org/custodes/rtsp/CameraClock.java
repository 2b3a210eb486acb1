package org.custodes.rtsp;

import java.time.Instant;

/// What a camera's clock shows, by an RTCP sender report (RFC 3550 section 6.4.1).
///
/// @param cameraTime the camera's wall clock when it made the report
/// @param mediaTime the same moment in 90 kHz ticks, as [org.custodes.media.Frame#mediaTime] counts
/// @param arrivalNanos `System.nanoTime` when the report arrived
public record CameraClock(Instant cameraTime, long mediaTime, long arrivalNanos) {

    private static final long TICKS_PER_SECOND = 90_000;

    /// The camera's wall clock at a moment of its media clock.
    Instant at(long otherMediaTime) {
        var ticks = otherMediaTime - mediaTime;
        return cameraTime
                .plusSeconds(Math.floorDiv(ticks, TICKS_PER_SECOND))
                .plusNanos(
                        Math.floorMod(ticks, TICKS_PER_SECOND) * 1_000_000_000 / TICKS_PER_SECOND);
    }
}
