/// What can happen to a recorder's disk and clock, in memory and as often as one likes.
///
/// The face is [SimulatedDisk]: a file system whose paths are handed to any room that keeps files,
/// so that the room's own code runs on it unchanged; then a step fails, the process ends, or the power
/// is cut. [SimulatedClock] is the time that passes meanwhile. How a crash image is drawn:
/// `docs/design/mishap.md`. Nothing here knows what the files mean.
@org.jspecify.annotations.NullMarked
package org.custodes.mishap;
