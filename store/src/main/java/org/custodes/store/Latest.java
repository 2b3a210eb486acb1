package org.custodes.store;

import java.time.Instant;

/// The last record of a track, whether it was ended in order or not.
///
/// @param wallTime by the recorder's clock
/// @param era in which it was recorded
public record Latest(Instant wallTime, int era) {}
