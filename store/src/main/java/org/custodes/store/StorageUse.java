package org.custodes.store;

import java.time.Instant;
import java.util.Optional;

/// What one track takes.
///
/// @param bytes in packs, on all volumes
/// @param oldest wallTime of the first record, empty if there is none
/// @param newest wallTime of the last record, empty if there is none
/// @param bytesPerDay what 24 h of recording take, judged by what is stored; 0 if nothing is
public record StorageUse(
        long bytes, Optional<Instant> oldest, Optional<Instant> newest, long bytesPerDay) {}
