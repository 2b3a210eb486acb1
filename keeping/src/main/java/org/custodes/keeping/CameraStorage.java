package org.custodes.keeping;

import java.time.Instant;
import java.util.Optional;
import org.custodes.media.CameraId;

/// What the footage of one camera takes, over all its tracks and volumes.
///
/// @param bytes stored now
/// @param bytesPerDay what 24 h of recording take, judged by what is stored; 0 if nothing is
/// @param oldest wallTime of the oldest record, empty if there is none
/// @param newest wallTime of the newest record, empty if there is none
/// @param syncedThrough up to here every track survives a power cut; empty if one has not been synced
///     since the start
public record CameraStorage(
        CameraId camera,
        long bytes,
        long bytesPerDay,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        Optional<Instant> syncedThrough) {}
