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

    /// What may be said of destroyed keys, in words for a receipt.
    ///
    /// @param what opens a wrapped key
    /// @param whoever has it, as a part of a sentence
    static String attest(String what, String whoever) {
        return ("The wrapped key of every past epoch was overwritten in place and synced; flash and"
                        + " copy-on-write storage may keep the overwritten block, which opens with %s"
                        + " only. Nobody can know whether the file named root was copied before: whoever"
                        + " has a copy of it with the pages of its time, and %s, can open what that copy"
                        + " holds. Either alone opens nothing.")
                .formatted(what, whoever);
    }

    private void checkHeld() {
        if (key.length != BYTES) {
            throw new IllegalStateException("The root key is not held: the vault was closed");
        }
    }
}
