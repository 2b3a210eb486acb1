package org.custodes.access;

import java.time.Instant;
import java.util.Objects;

/// What a person is shown before they approve a pairing.
///
/// @param device what the command line calls its computer
/// @param address where it asked from
public record PairingRequest(String code, String device, String address, Instant expiresAt) {

    public PairingRequest {
        Objects.requireNonNull(code);
        Objects.requireNonNull(device);
        Objects.requireNonNull(address);
        Objects.requireNonNull(expiresAt);
    }
}
