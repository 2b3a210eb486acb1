package org.custodes.register;

import java.time.Instant;
import java.util.Objects;

/// The certificate by which an encrypted device is known.
///
/// @param sha256 of its DER bytes, 64 hexadecimal digits in lower case
/// @param since when it was met with it first, or when somebody accepted it
public record PinnedCertificate(String sha256, Instant since) {

    public PinnedCertificate {
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(since);
    }
}
