package org.custodes.register;

import java.util.Objects;
import java.util.Optional;

/// A call to a camera that is to be made once, to see what it answers. It goes where the camera would be
/// recorded from: to the address that its name meant when it was checked, or that its device has.
///
/// @param secret what opens it, if something does
/// @param certificate by which its device is known already; another one is not talked to
public record Trial(
        StreamAddress address,
        Transport transport,
        Optional<DeviceSecret> secret,
        Optional<PinnedCertificate> certificate) {

    public Trial {
        Objects.requireNonNull(address);
        Objects.requireNonNull(transport);
        Objects.requireNonNull(secret);
        Objects.requireNonNull(certificate);
    }
}
