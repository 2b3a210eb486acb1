package org.custodes.vault;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.custodes.vault.CannotOpenException.Reason;

/// Seals small secrets under one named key. Safe for many threads.
///
/// Sealed bytes: `u8 version = 1 | 32 bytes salt | ciphertext | 16 bytes tag`; AES-256-GCM under
/// `HKDF-SHA-256(key, salt, "vms-box-v1")` with a nonce of 12 zero bytes and the context as associated
/// data.
public final class SecretBox {
    private static final byte VERSION = 1;
    private static final byte[] LABEL = Ascii.of("vms-box-v1");

    private final KeyName name;
    private final SecureRandom random;

    // Both are guarded by this.
    private final byte[] key;
    private boolean shut;

    /// Takes the key over.
    SecretBox(KeyName name, byte[] key, SecureRandom random) {
        this.name = name;
        this.key = key;
        this.random = random;
    }

    /// Seals a secret, under a key that is fresh for every call.
    ///
    /// @param context what the secret belongs to (a row's id, a field's name): it opens with the same
    ///     context only
    /// @throws CannotOpenException with `SHUT` after [Vault#destroy] or [Vault#close]
    public synchronized byte[] seal(byte[] plaintext, byte[] context) {
        checkNotShut();
        var sealed = OneTime.sealSalted(key, LABEL, context, plaintext, random);
        var out = new byte[1 + sealed.length];
        out[0] = VERSION;
        System.arraycopy(sealed, 0, out, 1, sealed.length);
        return out;
    }

    /// Opens what [#seal] made.
    ///
    /// @throws CannotOpenException with `ALTERED` if it was sealed under another key or context or
    ///     was changed since, with `SHUT` after [Vault#destroy] or [Vault#close]
    public synchronized byte[] open(byte[] sealed, byte[] context) {
        checkNotShut();
        try {
            if (sealed.length == 0 || sealed[0] != VERSION) {
                throw refused(Reason.ALTERED);
            }
            var body = Arrays.copyOfRange(sealed, 1, sealed.length);
            return OneTime.openSalted(key, LABEL, context, body);
        } catch (AEADBadTagException e) {
            throw refused(Reason.ALTERED);
        }
    }

    synchronized void shut() {
        shut = true;
        Arrays.fill(key, (byte) 0);
    }

    private void checkNotShut() {
        if (shut) {
            throw refused(Reason.SHUT);
        }
    }

    private CannotOpenException refused(Reason reason) {
        return new CannotOpenException(
                reason, "A secret under a key of kind %s".formatted(name.kind()));
    }

    @Override
    public String toString() {
        return "SecretBox of kind %s".formatted(name.kind());
    }
}
