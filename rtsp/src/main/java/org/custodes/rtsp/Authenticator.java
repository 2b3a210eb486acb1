package org.custodes.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Proves to a camera who we are: Digest with SHA-256 or MD5 (RFC 7616), with `qop=auth` or as RFC 2069
/// had it, and Basic only for a camera that offers nothing better. A camera that once asked for Digest
/// is never given the password in the clear.
final class Authenticator {
    private final @Nullable Credentials credentials;
    private final SecureRandom random;
    private @Nullable Challenge challenge;
    private boolean accepted;
    private int nonceCount;

    Authenticator(@Nullable Credentials credentials, SecureRandom random) {
        this.credentials = credentials;
        this.random = random;
    }

    /// The `Authorization` of a request, once the camera asked for one.
    Optional<String> authorization(String method, String target) {
        var asked = challenge;
        var own = credentials;
        if (asked == null || own == null) {
            return Optional.empty();
        }
        return Optional.of(isDigest(asked) ? digest(asked, own, method, target) : basic(own));
    }

    /// The camera took the proof, or wanted none.
    void accepted() {
        accepted = challenge != null;
    }

    /// Takes the demand of an answer 401. Returns if asking again makes sense: after the first demand,
    /// and when a nonce that was good before has become old.
    ///
    /// @throws RtspException if it does not
    void challenged(RtspMessage answer) {
        if (credentials == null) {
            throw new RtspException(
                    RtspException.Fault.WRONG_CREDENTIALS,
                    "It asks for a user and a password, and none are given. Enter those of the camera");
        }
        var asked = best(answer);
        var last = challenge;
        if (last != null) {
            var renewed = !asked.parameter("nonce").equals(last.parameter("nonce"));
            var stale = asked.parameter("stale").equalsIgnoreCase("true");
            // Some cameras renew a nonce without calling the old one stale.
            if (!renewed || !(stale || accepted) || !isDigest(asked)) {
                throw new RtspException(
                        RtspException.Fault.WRONG_CREDENTIALS,
                        "It refuses the user or the password. Check both: further tries may lock the"
                                + " account");
            }
        }
        challenge = asked;
        accepted = false;
        nonceCount = 0;
    }

    private static Challenge best(RtspMessage answer) {
        return answer.all("WWW-Authenticate").stream()
                .map(Challenge::readAll)
                .flatMap(List::stream)
                .filter(offered -> rank(offered) > 0)
                .max(Comparator.comparingInt(Authenticator::rank))
                .orElseThrow(() ->
                        new RtspException(
                                RtspException.Fault.REFUSED_BY_CAMERA,
                                "It asks for a proof of identity other than Digest (MD5,"
                                        + " SHA-256) and Basic. Change that in its settings"));
    }

    private static int rank(Challenge offered) {
        if (offered.scheme().equalsIgnoreCase("Basic")) {
            return 1;
        }
        var usable = isDigest(offered) && !offered.parameter("nonce").isEmpty() && qopFits(offered);
        return usable ? hashOf(offered).map(hash -> hash.equals("MD5") ? 2 : 3).orElse(0) : 0;
    }

    private static boolean isDigest(Challenge offered) {
        return offered.scheme().equalsIgnoreCase("Digest");
    }

    private static boolean qopFits(Challenge offered) {
        return offered.parameter("qop").isBlank() || wantsQop(offered);
    }

    private static boolean wantsQop(Challenge offered) {
        return Arrays.stream(offered.parameter("qop").split(",", -1))
                .anyMatch(option -> option.strip().equalsIgnoreCase("auth"));
    }

    private static Optional<String> hashOf(Challenge offered) {
        var algorithm = offered.parameter("algorithm");
        if (algorithm.isEmpty() || algorithm.equalsIgnoreCase("MD5")) {
            return Optional.of("MD5");
        }
        return algorithm.equalsIgnoreCase("SHA-256") ? Optional.of("SHA-256") : Optional.empty();
    }

    private static String basic(Credentials own) {
        var user = own.user().getBytes(StandardCharsets.UTF_8);
        var password = own.password();
        var both = Arrays.copyOf(user, user.length + 1 + password.length);
        both[user.length] = ':';
        System.arraycopy(password, 0, both, user.length + 1, password.length);
        var encoded = Base64.getEncoder().encodeToString(both);
        Arrays.fill(password, (byte) 0);
        Arrays.fill(both, (byte) 0);
        return "Basic " + encoded;
    }

    private String digest(Challenge asked, Credentials own, String method, String target) {
        var hash = hashOf(asked).orElseThrow();
        var realm = asked.parameter("realm");
        var nonce = asked.parameter("nonce");
        var secret = secret(hash, own, realm);
        var action = hex(hash, method + ":" + target);
        // The user as UTF-8, in characters of one byte each, as heads are written.
        var user =
                new String(
                        own.user().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var out = new StringBuilder("Digest ");
        out.append("username=").append(quoted(user));
        out.append(", realm=").append(quoted(realm));
        out.append(", nonce=").append(quoted(nonce));
        out.append(", uri=").append(quoted(target));
        if (wantsQop(asked)) {
            nonceCount++;
            var count = "%08x".formatted(nonceCount);
            var own64 = new byte[8];
            random.nextBytes(own64);
            var clientNonce = HexFormat.of().formatHex(own64);
            var proof = String.join(":", secret, nonce, count, clientNonce, "auth", action);
            out.append(", response=").append(quoted(hex(hash, proof)));
            out.append(", qop=auth, nc=").append(count);
            out.append(", cnonce=").append(quoted(clientNonce));
        } else {
            var proof = String.join(":", secret, nonce, action);
            out.append(", response=").append(quoted(hex(hash, proof)));
        }
        if (!asked.parameter("algorithm").isEmpty()) {
            out.append(", algorithm=").append(hash);
        }
        if (!asked.parameter("opaque").isEmpty()) {
            out.append(", opaque=").append(quoted(asked.parameter("opaque")));
        }
        return out.toString();
    }

    /// `H(user:realm:password)`, in hex.
    private static String secret(String hash, Credentials own, String realm) {
        var password = own.password();
        var digest = digest(hash);
        digest.update(own.user().getBytes(StandardCharsets.UTF_8));
        digest.update((":" + realm + ":").getBytes(StandardCharsets.ISO_8859_1));
        digest.update(password);
        Arrays.fill(password, (byte) 0);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String hex(String hash, String text) {
        return HexFormat.of()
                .formatHex(digest(hash).digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static MessageDigest digest(String hash) {
        try {
            return MessageDigest.getInstance(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5 and SHA-256", e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
