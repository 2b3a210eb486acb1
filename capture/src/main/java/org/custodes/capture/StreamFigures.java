package org.custodes.capture;

import java.time.Duration;
import java.util.Optional;

/// What a stream has received since its run began.
///
/// @param frames that were recorded
/// @param damagedFrames of those, with pieces missing
/// @param lostFrames of which nothing whole arrived, as far as anybody can know
/// @param lostPackets by their sequence numbers
/// @param bytes of the frames
/// @param connections how often the camera was reached
/// @param jitter as RFC 3550 counts it; empty until the camera's first report is due
public record StreamFigures(
        long frames,
        long damagedFrames,
        long lostFrames,
        long lostPackets,
        long bytes,
        long connections,
        Optional<Duration> jitter) {}
