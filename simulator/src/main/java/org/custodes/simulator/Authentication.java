package org.custodes.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks for a password and checks the answer: Basic (RFC 7617), Digest (RFC 7616, with `qop=auth` or,
/// as old clients do, without). Owned by the loop's thread.
final class Authentication {
    private static final Pattern PARAMETER =
            Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");
    private static final String REALM = "simulated camera";

    private final @Nullable Credentials credentials;
    private final RandomGenerator random;
    private String nonce;

    Authentication(@Nullable Credentials credentials, RandomGenerator random) {
        this.credentials = credentials;
        this.random = random;
        this.nonce = fresh();
    }

    /// What becomes of a request.
    enum Verdict {
        ADMITTED,
        REFUSED,
        /// Right but for a nonce that is over: the client is to try again with the new one.
        STALE
    }

    Verdict judge(RtspRequest request) {
        if (credentials == null) {
            return Verdict.ADMITTED;
        }
        var answer = request.header("authorization").orElse("");
        int space = answer.indexOf(' ');
        var scheme = space < 0 ? "" : answer.substring(0, space).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "basic" -> basic(credentials, answer.substring(space + 1).strip());
            case "digest" -> digest(credentials, request, parameters(answer.substring(space + 1)));
            default -> Verdict.REFUSED;
        };
    }

    /// One `WWW-Authenticate` value per scheme.
    List<String> challenges(boolean stale) {
        if (credentials == null) {
            return List.of();
        }
        return credentials.schemes().stream().map(scheme -> challenge(scheme, stale)).toList();
    }

    /// From now on the old nonce is stale.
    void renewNonce() {
        nonce = fresh();
    }

    private String challenge(Credentials.Scheme scheme, boolean stale) {
        var digest =
                "Digest realm=\"%s\", nonce=\"%s\", qop=\"auth\", algorithm=%%s%s"
                        .formatted(REALM, nonce, stale ? ", stale=true" : "");
        return switch (scheme) {
            case BASIC -> "Basic realm=\"%s\"".formatted(REALM);
            case DIGEST_MD5 -> digest.formatted("MD5");
            case DIGEST_SHA256 -> digest.formatted("SHA-256");
        };
    }

    private static Verdict basic(Credentials who, String answer) {
        if (!who.schemes().contains(Credentials.Scheme.BASIC)) {
            return Verdict.REFUSED;
        }
        var right = who.user() + ":" + who.password();
        var encoded = Base64.getEncoder().encodeToString(right.getBytes(StandardCharsets.UTF_8));
        return encoded.equals(answer) ? Verdict.ADMITTED : Verdict.REFUSED;
    }

    private Verdict digest(Credentials who, RtspRequest request, Map<String, String> given) {
        var algorithm = given.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
        var scheme =
                switch (algorithm) {
                    case "MD5" -> Optional.of(Credentials.Scheme.DIGEST_MD5);
                    case "SHA-256" -> Optional.of(Credentials.Scheme.DIGEST_SHA256);
                    default -> Optional.<Credentials.Scheme>empty();
                };
        if (scheme.isEmpty() || !who.schemes().contains(scheme.get())) {
            return Verdict.REFUSED;
        }
        boolean right =
                who.user().equals(given.get("username"))
                        && REALM.equals(given.get("realm"))
                        && request.uri().equals(given.get("uri"))
                        && response(who, request.method(), given, algorithm)
                                .equals(given.get("response"));
        if (!right) {
            return Verdict.REFUSED;
        }
        return nonce.equals(given.get("nonce")) ? Verdict.ADMITTED : Verdict.STALE;
    }

    private static String response(
            Credentials who, String method, Map<String, String> given, String algorithm) {
        var secret = hash(algorithm, who.user() + ":" + REALM + ":" + who.password());
        var target = hash(algorithm, method + ":" + given.get("uri"));
        var nonce = given.getOrDefault("nonce", "");
        if (!given.containsKey("qop")) {
            return hash(algorithm, String.join(":", secret, nonce, target));
        }
        return hash(
                algorithm,
                String.join(
                        ":",
                        secret,
                        nonce,
                        given.getOrDefault("nc", ""),
                        given.getOrDefault("cnonce", ""),
                        given.getOrDefault("qop", ""),
                        target));
    }

    private static String hash(String algorithm, String text) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    private static Map<String, String> parameters(String text) {
        var found = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            var value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            found.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return found;
    }

    private String fresh() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
