package org.custodes.capture;

import org.custodes.media.CameraId;

/// A stream's state has changed.
public record StateChange(CameraId camera, int stream, RunState state) {}
