/// Cameras that are not there: an RTSP server that loops a clip as a camera would send it, with a log
/// of every frame it sent and faults on demand, and drawn scenes with ground truth.
///
/// Enter by [SimulatedCameras], which listens and has a [SimulatedCamera] per path; a [Clip] is what a
/// camera shows, read from an MP4 or raw file, made up of random bytes, or drawn by [DemoFootage].
/// A [SoftPasskey] is a passkey with the browser around it. [SimulatorControl] lets another process call the fault verbs. One thread paces and serves all
/// cameras: `docs/design/simulator.md` tells why and what that costs.
@org.jspecify.annotations.NullMarked
package org.custodes.simulator;
