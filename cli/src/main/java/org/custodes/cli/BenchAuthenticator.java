package org.custodes.cli;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What shows the codes of somebody whom a bench lets in (RFC 6238, steps of 30 s), each once. A recorder takes those
/// of one step to either side of now, so three come in a row before the next has to be waited for.
final class BenchAuthenticator {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP_SECONDS = 30;

    /// Later in its step, the code of the step before might be too old when it arrives.
    private static final int EARLY_SECONDS = 20;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final String secret;
    private long used;

    /// @param secret in base 32
    BenchAuthenticator(String secret) {
        this.secret = secret;
    }

    /// A code that is good now and was not shown before.
    synchronized String next() {
        var now = Instant.now().getEpochSecond();
        var oldest = now / STEP_SECONDS - (now % STEP_SECONDS < EARLY_SECONDS ? 1 : 0);
        var wanted = Math.max(used + 1, oldest);
        while (Instant.now().getEpochSecond() / STEP_SECONDS < wanted - 1) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        used = wanted;
        return code(secret, wanted);
    }

    /// The code of one step: SHA-1 and six digits.
    ///
    /// @param step of 30 s since 1970
    static String code(String secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(base32(secret), "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            var offset = hash[hash.length - 1] & 0xF;
            var number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7FFFFFFF;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] base32(String text) {
        var bits = new StringBuilder();
        for (var c : text.replaceAll("[= ]", "").toCharArray()) {
            var value = ALPHABET.indexOf(c);
            bits.append(Integer.toBinaryString(32 + value).substring(1));
        }
        var bytes = new byte[bits.length() / 8];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(i * 8, i * 8 + 8), 2);
        }
        return bytes;
    }
}
