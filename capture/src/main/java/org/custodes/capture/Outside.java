package org.custodes.capture;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.custodes.store.ClockState;

/// What capture meets outside of the recorder's own files: cameras, and time.
///
/// @param roster which cameras there are
/// @param lines calls them
/// @param wall the recorder's clock
/// @param nanos a clock that only runs forward; frames have their arrival by it
/// @param trust how far the wall clock can be trusted at a moment; asked for every pack
/// @param random spreads reconnects; need not be secret
public record Outside(
        Roster roster,
        CameraLine.Caller lines,
        InstantSource wall,
        LongSupplier nanos,
        Supplier<ClockState> trust,
        RandomGenerator random) {}
