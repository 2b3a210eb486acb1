package org.custodes.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.custodes.media.Bytes;

/// Secrets of 256 bits that are shown once and kept as their SHA-256: with so many bits a plain hash
/// cannot be searched, and a stolen table opens nothing.
final class Tokens {
    private static final int BYTES = 32;

    private final SecureRandom random;

    Tokens(SecureRandom random) {
        this.random = random;
    }

    /// A new token, in base64url.
    String make() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What is kept of it. Anything a stranger sends is hashed alike, up to 256 characters.
    static Bytes hash(String token) {
        try {
            var bounded = token.length() > 256 ? "" : token;
            return Bytes.of(
                    MessageDigest.getInstance("SHA-256")
                            .digest(bounded.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
