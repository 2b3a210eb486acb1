package org.custodes.vault;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/// 32 bytes of root key in memory, as the file and the passphrase give them, and how they wrap.
///
/// Wrapped bytes: `32 bytes salt | ciphertext | 16 bytes tag` under `HKDF-SHA-256(root key, salt,
/// "vms-root-wrap-v1")`.
final class HeldRootKey {
    static final int BYTES = 32;

    private static final byte[] LABEL = Ascii.of("vms-root-wrap-v1");

    private byte[] key = new byte[0];

    /// Takes the key over.
    void hold(byte[] newKey) {
        forget();
        key = newKey;
    }

    byte[] wrap(byte[] toWrap, byte[] context, SecureRandom random) {
        checkHeld();
        return OneTime.sealSalted(key, LABEL, context, toWrap, random);
    }

    byte[] unwrap(byte[] wrapped, byte[] context) throws AEADBadTagException {
        checkHeld();
        return OneTime.openSalted(key, LABEL, context, wrapped);
    }

    void forget() {
        Arrays.fill(key, (byte) 0);
        key = new byte[0];
    }

    private void checkHeld() {
        if (key.length != BYTES) {
            throw new IllegalStateException("The root key is not held: the vault was closed");
        }
    }
}
