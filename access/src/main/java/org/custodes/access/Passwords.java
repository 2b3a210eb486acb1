package org.custodes.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Passwords as Argon2id hashes (RFC 9106) in the usual text form
/// `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`. Only a few are computed at once, because each takes
/// its memory: whoever would have to wait longer than a few seconds is told so instead.
final class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private final PasswordCost cost;
    private final SecureRandom random;
    private final Semaphore permits;
    private final LongAdder checked = new LongAdder();

    Passwords(PasswordCost cost, int atOnce, SecureRandom random) {
        this.cost = cost;
        this.random = random;
        this.permits = new Semaphore(atOnce, true);
    }

    /// The hash to keep; empty if too many are being computed.
    Optional<String> hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return guarded(() -> text(cost, salt, argon2(cost, salt, password, HASH_BYTES)));
    }

    /// Whether the password is the one; empty if too many are being computed.
    ///
    /// @param kept what [#hash] gave; empty costs the same time and is never the one
    Optional<Boolean> verify(String password, Optional<String> kept) {
        var parts = FORM.matcher(kept.orElseGet(this::nobodys));
        if (!parts.matches()) {
            throw new IllegalStateException("A kept password hash is not of a known form");
        }
        var itsCost =
                new PasswordCost(
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)));
        var salt = Base64.getDecoder().decode(parts.group(4));
        var expected = Base64.getDecoder().decode(parts.group(5));
        return guarded(() -> {
            checked.increment();
            return MessageDigest.isEqual(expected, argon2(itsCost, salt, password, expected.length))
                    && kept.isPresent();
        });
    }

    /// How many passwords of sign-ins reached the hash.
    long checked() {
        return checked.sum();
    }

    /// A hash of nothing: no password fits, and to find that out takes as long as ever.
    private String nobodys() {
        var salt = new byte[SALT_BYTES];
        var hash = new byte[HASH_BYTES];
        random.nextBytes(salt);
        random.nextBytes(hash);
        return text(cost, salt, hash);
    }

    private static String text(PasswordCost cost, byte[] salt, byte[] hash) {
        var encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.kibibytes(),
                        cost.passes(),
                        cost.lanes(),
                        encoder.encodeToString(salt),
                        encoder.encodeToString(hash));
    }

    /// The same letters typed on another keyboard are the same password (SP 800-63B-4: normalise).
    static byte[] argon2(PasswordCost cost, byte[] salt, String password, int length) {
        var bytes =
                Normalizer.normalize(password, Normalizer.Form.NFKC)
                        .getBytes(StandardCharsets.UTF_8);
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.kibibytes())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(salt)
                        .build());
        var hash = new byte[length];
        generator.generateBytes(bytes, hash);
        Arrays.fill(bytes, (byte) 0);
        return hash;
    }

    private interface Computing<T> {
        T compute();
    }

    private <T> Optional<T> guarded(Computing<T> computing) {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(computing.compute());
        } finally {
            permits.release();
        }
    }
}
