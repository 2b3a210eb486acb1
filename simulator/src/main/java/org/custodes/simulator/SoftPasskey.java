package org.custodes.simulator;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/// A passkey in software, with the browser around it (WebAuthn level 3 sections 6.1 and 6.5.1). It does
/// whatever it is told: a test says what is wrong with it. One thread.
public final class SoftPasskey {

    /// By what it signs, as COSE numbers them.
    public enum Algorithm {
        ES256(-7, "EC", "SHA256withECDSA"),
        ED25519(-8, "Ed25519", "Ed25519"),
        RS256(-257, "RSA", "SHA256withRSA");

        private final int number;
        private final String keys;
        private final String signatures;

        Algorithm(int number, String keys, String signatures) {
            this.number = number;
            this.keys = keys;
            this.signatures = signatures;
        }

        private AlgorithmParameterSpec size() {
            return switch (this) {
                case ES256 -> new ECGenParameterSpec("secp256r1");
                case ED25519 -> NamedParameterSpec.ED25519;
                case RS256 -> new RSAKeyGenParameterSpec(2_048, RSAKeyGenParameterSpec.F4);
            };
        }
    }

    /// What the browser hands on after it was made; base64url.
    public record Made(String clientData, String attestation) {}

    /// What the browser hands on after it has signed; base64url.
    public record Signed(
            String credential,
            String clientData,
            String authenticatorData,
            String signature,
            String user) {}

    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int MAY_BE_COPIED = 0x08;
    private static final int IS_COPIED = 0x10;
    private static final int HAS_CREDENTIAL = 0x40;

    private final Algorithm algorithm;
    private final KeyPair keys;
    private final byte[] credential = new byte[32];
    private final String origin;
    private final String relyingParty;
    private final String user;
    private long signatures;
    private boolean verifies = true;
    private boolean copied;

    /// One for this user at this relying party, as a browser on a page of this origin makes it.
    ///
    /// @param user as the relying party names them; base64url
    public SoftPasskey(Algorithm algorithm, String relyingParty, String origin, String user) {
        try {
            this.algorithm = algorithm;
            this.relyingParty = relyingParty;
            this.origin = origin;
            this.user = user;
            var generator = KeyPairGenerator.getInstance(algorithm.keys);
            generator.initialize(algorithm.size());
            keys = generator.generateKeyPair();
            new SecureRandom().nextBytes(credential);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }

    private SoftPasskey(SoftPasskey other, String origin, String relyingParty, String user) {
        this.algorithm = other.algorithm;
        this.keys = other.keys;
        this.origin = origin;
        this.relyingParty = relyingParty;
        this.user = user;
        this.signatures = other.signatures;
        this.verifies = other.verifies;
        this.copied = other.copied;
        System.arraycopy(other.credential, 0, credential, 0, credential.length);
    }

    /// The same on a page of another origin.
    public SoftPasskey at(String other) {
        return new SoftPasskey(this, other, relyingParty, user);
    }

    /// The same, asked by another relying party.
    public SoftPasskey of(String other) {
        return new SoftPasskey(this, origin, other, user);
    }

    /// The same, kept for somebody else.
    public SoftPasskey with(String other) {
        return new SoftPasskey(this, origin, relyingParty, other);
    }

    /// From now on it asks nobody for a finger or a number.
    public void verifyNobody() {
        verifies = false;
    }

    /// From now on its maker keeps a copy.
    public void copy() {
        copied = true;
    }

    /// How often it has signed; the next time counts one more. Without this call it counts nothing.
    public void hasSigned(long times) {
        signatures = times;
    }

    /// How it is called.
    public String credential() {
        return text(credential);
    }

    /// What the browser hands on when it was made for this challenge.
    public Made made(String challenge) {
        var client = clientData("webauthn.create", challenge);
        var data = authenticatorData(HAS_CREDENTIAL, credentialData());
        var attestation = new ByteArrayOutputStream();
        attestation.write(0xA3);
        text(attestation, "fmt");
        text(attestation, "none");
        text(attestation, "attStmt");
        attestation.write(0xA0);
        text(attestation, "authData");
        bytes(attestation, data);
        return new Made(text(client), text(attestation.toByteArray()));
    }

    /// What the browser hands on when it has signed this challenge.
    public Signed signed(String challenge) {
        if (signatures > 0) {
            signatures++;
        }
        var client = clientData("webauthn.get", challenge);
        var data = authenticatorData(0, new byte[0]);
        try {
            var signature = Signature.getInstance(algorithm.signatures);
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(sha256(client));
            return new Signed(
                    text(credential), text(client), text(data), text(signature.sign()), user);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }

    private byte[] clientData(String type, String challenge) {
        return """
        {"type":"%s","challenge":"%s","origin":"%s","crossOrigin":false}\
        """
                .formatted(type, challenge, origin)
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticatorData(int more, byte[] rest) {
        var flags = PRESENT | more;
        flags |= verifies ? VERIFIED : 0;
        flags |= copied ? MAY_BE_COPIED | IS_COPIED : 0;
        return ByteBuffer.allocate(37 + rest.length)
                .put(sha256(relyingParty.getBytes(StandardCharsets.UTF_8)))
                .put((byte) flags)
                .putInt((int) signatures)
                .put(rest)
                .array();
    }

    private byte[] credentialData() {
        var key = coseKey(keys.getPublic());
        return ByteBuffer.allocate(18 + credential.length + key.length)
                .put(new byte[16])
                .putShort((short) credential.length)
                .put(credential)
                .put(key)
                .array();
    }

    /// RFC 9053 section 7, RFC 8230 section 4.
    private byte[] coseKey(PublicKey key) {
        var cose = new ByteArrayOutputStream();
        switch (key) {
            case ECPublicKey point -> {
                cose.write(0xA5);
                pair(cose, 1, 2);
                pair(cose, 3, algorithm.number);
                pair(cose, -1, 1);
                number(cose, -2);
                bytes(cose, unsigned(point.getW().getAffineX(), 32));
                number(cose, -3);
                bytes(cose, unsigned(point.getW().getAffineY(), 32));
            }
            case EdECPublicKey point -> {
                cose.write(0xA4);
                pair(cose, 1, 1);
                pair(cose, 3, algorithm.number);
                pair(cose, -1, 6);
                number(cose, -2);
                // SubjectPublicKeyInfo ends in the 32 bytes of RFC 8032.
                var encoded = point.getEncoded();
                bytes(cose, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
            }
            case RSAPublicKey rsa -> {
                cose.write(0xA4);
                pair(cose, 1, 3);
                pair(cose, 3, algorithm.number);
                number(cose, -1);
                bytes(cose, unsigned(rsa.getModulus(), 256));
                number(cose, -2);
                bytes(cose, unsigned(rsa.getPublicExponent(), 3));
            }
            default -> throw new IllegalStateException("No such key is made here");
        }
        return cose.toByteArray();
    }

    private static byte[] unsigned(BigInteger number, int length) {
        var signed = number.toByteArray();
        var bytes = new byte[length];
        var kept = Math.min(length, signed.length);
        System.arraycopy(signed, signed.length - kept, bytes, length - kept, kept);
        return bytes;
    }

    private static void pair(ByteArrayOutputStream out, int name, int value) {
        number(out, name);
        number(out, value);
    }

    /// CBOR (RFC 8949 section 3.1).
    private static void number(ByteArrayOutputStream out, int value) {
        head(out, value < 0 ? 0x20 : 0x00, value < 0 ? -1 - value : value);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        head(out, 0x60, text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        head(out, 0x40, bytes.length);
        out.writeBytes(bytes);
    }

    private static void head(ByteArrayOutputStream out, int kind, int value) {
        if (value < 24) {
            out.write(kind | value);
        } else if (value < 0x100) {
            out.write(kind | 24);
            out.write(value);
        } else {
            out.write(kind | 25);
            out.write(value >> 8);
            out.write(value);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
