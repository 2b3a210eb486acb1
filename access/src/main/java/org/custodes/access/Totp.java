package org.custodes.access;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes that change with time (RFC 6238): HMAC-SHA-1, 30 s, six digits, which is what every
/// authenticator can do. Pure.
final class Totp {
    /// What RFC 4226 section 4 recommends.
    static final int SECRET_BYTES = 20;

    private static final int STEP_SECONDS = 30;
    private static final int DIGITS = 6;

    private Totp() {}

    /// The step whose code this is: the present one, or one to either side of it for clocks that
    /// differ; never one up to `lastUsed`, since a code is good once.
    static OptionalLong step(byte[] secret, String code, Instant now, long lastUsed) {
        var present = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        var found = OptionalLong.empty();
        // All three are compared, whichever fits.
        for (var step = present - 1; step <= present + 1; step++) {
            var fits =
                    MessageDigest.isEqual(
                            code(secret, step, DIGITS).getBytes(StandardCharsets.UTF_8),
                            code.getBytes(StandardCharsets.UTF_8));
            if (fits && step > lastUsed && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /// The code of one step (RFC 4226 section 5.3).
    static String code(byte[] secret, long step, int digits) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            var offset = hash[hash.length - 1] & 0xF;
            var number = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
            return "%0{d}d"
                    .replace("{d}", Integer.toString(digits))
                    .formatted(number % (long) Math.pow(10, digits));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-1", e);
        }
    }

    /// What an authenticator reads from a QR code.
    static String uri(String issuer, String name, byte[] secret) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
                .formatted(
                        encoded(issuer),
                        encoded(name),
                        Base32.encode(secret),
                        encoded(issuer),
                        DIGITS,
                        STEP_SECONDS);
    }

    /// Authenticators read a plus as a plus.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
