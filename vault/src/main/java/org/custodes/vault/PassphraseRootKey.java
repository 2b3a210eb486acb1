package org.custodes.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A root key derived from a passphrase by Argon2id (RFC 9106).
///
/// Its parameters in the root file: `u8 version = 1 | u16 MiB | u8 passes | u8 lanes | 16 bytes salt`.
final class PassphraseRootKey extends RootKey {
    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int PARAMETER_BYTES = 1 + 2 + 1 + 1 + SALT_BYTES;

    private final byte[] passphrase;
    private final Argon2Cost costOfNew;
    private final HeldRootKey held = new HeldRootKey();

    PassphraseRootKey(char[] passphrase, Argon2Cost costOfNew) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("The passphrase is empty: give one");
        }
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        this.passphrase = new byte[encoded.remaining()];
        encoded.get(this.passphrase);
        encoded.rewind();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        this.costOfNew = costOfNew;
    }

    @Override
    int kind() {
        return 2;
    }

    @Override
    String told() {
        return "the passphrase";
    }

    @Override
    byte[] create(SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var parameters =
                ByteBuffer.allocate(PARAMETER_BYTES)
                        .put(VERSION)
                        .putShort((short) costOfNew.mebibytes())
                        .put((byte) costOfNew.passes())
                        .put((byte) costOfNew.lanes())
                        .put(salt)
                        .array();
        unlock(parameters);
        return parameters;
    }

    @Override
    void unlock(byte[] parameters) {
        if (parameters.length != PARAMETER_BYTES || parameters[0] != VERSION) {
            throw new RootKeyException(
                    "The root file says how to derive its key in a way that this program does not know."
                            + " Use the version that wrote it, or a newer one.");
        }
        var in = ByteBuffer.wrap(parameters, 1, PARAMETER_BYTES - 1);
        var cost = cost(in.getShort() & 0xffff, in.get() & 0xff, in.get() & 0xff);
        var salt = new byte[SALT_BYTES];
        in.get(salt);
        held.hold(derive(cost, salt));
    }

    private static Argon2Cost cost(int mebibytes, int passes, int lanes) {
        try {
            return new Argon2Cost(mebibytes, passes, lanes);
        } catch (IllegalArgumentException e) {
            throw new RootKeyException(
                    "The root file is damaged or forged. Restore the key store from another copy.",
                    e);
        }
    }

    private byte[] derive(Argon2Cost cost, byte[] salt) {
        var argon2 = new Argon2BytesGenerator();
        argon2.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(1024 * cost.mebibytes())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(salt)
                        .build());
        var key = new byte[HeldRootKey.BYTES];
        argon2.generateBytes(passphrase, key);
        return key;
    }

    @Override
    byte[] wrap(byte[] key, byte[] context, SecureRandom random) {
        return held.wrap(key, context, random);
    }

    @Override
    byte[] unwrap(byte[] wrapped, byte[] context) throws AEADBadTagException {
        return held.unwrap(wrapped, context);
    }

    /// The passphrase serves every epoch: what dies is the wrapped key, overwritten in the root file.
    @Override
    void rotate(long epoch) {}

    @Override
    void destroyBefore(long epoch) {}

    @Override
    String attest() {
        return "Root key from a passphrase. "
                + HeldRootKey.attest("the passphrase", "knows the passphrase");
    }

    @Override
    void forget() {
        held.forget();
    }
}
