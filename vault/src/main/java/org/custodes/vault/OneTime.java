package org.custodes.vault;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM under keys that seal one message each: the nonce is 12 zero bytes.
///
/// The key is either fresh itself (pages of the key store), or derived from a lasting one with 32
/// fresh random bytes of salt (secrets, wrapped keys); so nobody has to count nonces, and none can be
/// repeated by restoring an old file.
final class OneTime {
    static final int KEY_BYTES = 32;
    static final int SALT_BYTES = 32;
    static final int TAG_BYTES = 16;

    private OneTime() {}

    /// Ciphertext and tag. The key must never seal anything else.
    static byte[] seal(byte[] freshKey, byte[] context, byte[] plaintext) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, freshKey, context).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to seal", e);
        }
    }

    /// @throws AEADBadTagException if key, context or bytes are others than at sealing
    static byte[] open(byte[] key, byte[] context, byte[] sealed) throws AEADBadTagException {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, context).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to open", e);
        }
    }

    /// `salt || ciphertext || tag` under `HKDF(key, salt, label)`.
    static byte[] sealSalted(
            byte[] key, byte[] label, byte[] context, byte[] plaintext, SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var fresh = Hkdf.salted(key, salt, label, KEY_BYTES);
        var sealed = seal(fresh, context, plaintext);
        Arrays.fill(fresh, (byte) 0);
        var out = Arrays.copyOf(salt, SALT_BYTES + sealed.length);
        System.arraycopy(sealed, 0, out, SALT_BYTES, sealed.length);
        return out;
    }

    /// Opens what [#sealSalted] made.
    static byte[] openSalted(byte[] key, byte[] label, byte[] context, byte[] saltAndSealed)
            throws AEADBadTagException {
        if (saltAndSealed.length < SALT_BYTES + TAG_BYTES) {
            throw new AEADBadTagException("Too short to have been sealed");
        }
        var salt = Arrays.copyOf(saltAndSealed, SALT_BYTES);
        var fresh = Hkdf.salted(key, salt, label, KEY_BYTES);
        try {
            return open(
                    fresh,
                    context,
                    Arrays.copyOfRange(saltAndSealed, SALT_BYTES, saltAndSealed.length));
        } finally {
            Arrays.fill(fresh, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] context)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var nonce = new GCMParameterSpec(8 * TAG_BYTES, new byte[12]);
        cipher.init(mode, new SecretKeySpec(key, "AES"), nonce);
        cipher.updateAAD(context);
        return cipher;
    }
}
