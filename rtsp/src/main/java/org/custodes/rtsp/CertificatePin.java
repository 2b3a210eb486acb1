package org.custodes.rtsp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// By what a camera is known again: the SHA-256 of its certificate, as browsers show it too, so that
/// people can compare. Cameras sign their certificates themselves; nobody vouches for any.
///
/// @param sha256 64 hexadecimal digits in lower case
public record CertificatePin(String sha256) {

    public CertificatePin {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "A certificate is known by 64 hexadecimal digits in lower case, but got %d characters"
                            .formatted(sha256.length()));
        }
    }

    static CertificatePin of(X509Certificate certificate) throws CertificateEncodingException {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new CertificatePin(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// As browsers and cameras show it: `3F:2A:…`.
    public String shown() {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(HexFormat.of().parseHex(sha256));
    }

    @Override
    public String toString() {
        return shown();
    }
}
