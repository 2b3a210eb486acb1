package org.custodes.register;

/// What has changed, told after the commit.
public sealed interface RegisterChange {

    record CameraAdded(Camera camera) implements RegisterChange {}

    record CameraChanged(Camera before, Camera after) implements RegisterChange {}

    /// Its recording stops; its footage stays until its retention ends.
    record CameraRemoved(Camera camera) implements RegisterChange {}

    /// It is known by another certificate than before.
    record CertificateChanged(Device device) implements RegisterChange {}

    record SiteChanged(Site site) implements RegisterChange {}

    /// Cameras lie in other groups than before, or groups are called or lie otherwise.
    record Regrouped() implements RegisterChange {}
}
