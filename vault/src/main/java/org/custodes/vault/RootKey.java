package org.custodes.vault;

import java.nio.file.Path;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;

/// The key above the key store. It lies outside of the data folder and wraps the one key of the key
/// store's current epoch.
///
/// The kinds are closed: file and passphrase now, PKCS#11, TPM and a remote service later. Each keeps
/// the same five promises: wrap, unwrap, rotate, destroy, attest. A root key serves one vault at a time.
public abstract sealed class RootKey permits FileRootKey, PassphraseRootKey {

    RootKey() {}

    /// A key kept in a file that only its owner may read. It is made, mode 0600, when a new key store
    /// is; never for a key store that exists.
    public static RootKey file(Path file) {
        return new FileRootKey(file);
    }

    /// A key derived from a passphrase that somebody gives at every start, by Argon2id with 256 MiB,
    /// 3 passes and 4 lanes. The array is copied; the caller wipes its own.
    public static RootKey passphrase(char[] passphrase) {
        return new PassphraseRootKey(passphrase, Argon2Cost.STANDARD);
    }

    /// As [#passphrase(char[])] with another cost for a key store that is made now; one that exists
    /// says its own.
    public static RootKey passphrase(char[] passphrase, Argon2Cost cost) {
        return new PassphraseRootKey(passphrase, cost);
    }

    /// Which kind, as the root file numbers it: 1 file, 2 passphrase.
    abstract int kind();

    /// What it is, for messages: "the root key file /etc/custodes/root.key", "the passphrase".
    abstract String told();

    /// Gets the key ready for a key store that is made now.
    ///
    /// @return what the root file has to keep so that [#unlock] finds the same key, at most 512 bytes
    abstract byte[] create(SecureRandom random);

    /// Gets the key ready for a key store that exists.
    ///
    /// @param parameters what [#create] returned
    /// @throws RootKeyException if it cannot be had
    abstract void unlock(byte[] parameters);

    /// Wraps the key of an epoch, at most 1,024 bytes.
    abstract byte[] wrap(byte[] key, byte[] context, SecureRandom random);

    /// @throws AEADBadTagException if this is another root key, or the context or bytes changed
    abstract byte[] unwrap(byte[] wrapped, byte[] context) throws AEADBadTagException;

    /// A new epoch begins: a provider that keeps a key per epoch makes the next one here.
    abstract void rotate(long epoch);

    /// Every copy has turned to this epoch: a provider that keeps a key per epoch destroys those of all
    /// earlier ones here. Called again at every start, for a crash may have come before it.
    abstract void destroyBefore(long epoch);

    /// What may be said of destroyed keys under this kind of root, in words for a receipt.
    abstract String attest();

    /// Wipes what is held in memory.
    abstract void forget();

    @Override
    public String toString() {
        return "RootKey (%s)".formatted(told());
    }
}
