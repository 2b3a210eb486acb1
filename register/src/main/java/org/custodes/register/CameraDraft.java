package org.custodes.register;

import java.util.Optional;

/// A new camera that was checked and is not in the register yet. Only [Register] makes one.
public final class CameraDraft {
    private final Camera camera;
    private final StreamAddress address;
    private final Optional<DeviceSecret> secret;
    private final Optional<PinnedCertificate> certificate;

    CameraDraft(
            Camera camera,
            StreamAddress address,
            Optional<DeviceSecret> secret,
            Optional<PinnedCertificate> certificate) {
        this.camera = camera;
        this.address = address;
        this.secret = secret;
        this.certificate = certificate;
    }

    /// The camera as it would be; its id is final, its device and channel are not until it is added.
    public Camera camera() {
        return camera;
    }

    /// Where its recorded stream is.
    public StreamAddress address() {
        return address;
    }

    /// What opens its device, if user and password were given; kept by the draft.
    public Optional<DeviceSecret> secret() {
        return secret;
    }

    /// By what its device is to be known from its first call on, if somebody said so.
    public Optional<PinnedCertificate> certificate() {
        return certificate;
    }
}
