/// Camera runs: one per camera, each owning all of its state (DESIGN section 4).
///
/// Enter by [Capture]. A run connects to its camera, receives frames, stamps them with the
/// recorder's time, has them sealed and hands them to the store; when the camera is away it says
/// why, tries again, and leaves a gap with its cause. What a frame shows is never looked at here.
/// How time is kept and why: `docs/design/capture.md`.
@org.jspecify.annotations.NullMarked
package org.custodes.capture;
