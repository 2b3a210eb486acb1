package org.custodes.vault;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// HKDF with SHA-256 (RFC 5869) in the two forms that our formats use.
final class Hkdf {
    private Hkdf() {}

    /// HKDF-Expand: for keys that are uniformly random already.
    static byte[] expand(byte[] key, byte[] info, int length) {
        return derive(HKDFParameterSpec.expandOnly(new SecretKeySpec(key, "HKDF"), info, length));
    }

    /// HKDF-Extract with `salt`, then HKDF-Expand: a fresh key for every fresh salt.
    static byte[] salted(byte[] key, byte[] salt, byte[] info, int length) {
        return derive(
                HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, length));
    }

    private static byte[] derive(HKDFParameterSpec parameters) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime lacks HKDF-SHA256", e);
        }
    }
}
