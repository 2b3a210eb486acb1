package org.custodes.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Answers a challenge as RFC 7616 and RFC 7617 say, written apart from the product's own.
final class Answers {
    private Answers() {}

    static String to(String challenge, String method, String uri, String user, String password) {
        if (challenge.startsWith("Basic")) {
            return "Authorization: Basic %s\r\n"
                    .formatted(
                            Base64.getEncoder()
                                    .encodeToString(
                                            (user + ":" + password)
                                                    .getBytes(StandardCharsets.UTF_8)));
        }
        var algorithm = part(challenge, "algorithm=([A-Z0-9-]+)");
        var realm = part(challenge, "realm=\"([^\"]*)\"");
        var nonce = part(challenge, "nonce=\"([^\"]*)\"");
        var a1 = hash(algorithm, user + ":" + realm + ":" + password);
        var a2 = hash(algorithm, method + ":" + uri);
        var response = hash(algorithm, a1 + ":" + nonce + ":00000001:c0ffee:auth:" + a2);
        return ("Authorization: Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\","
                        + " algorithm=%s, qop=auth, nc=00000001, cnonce=\"c0ffee\","
                        + " response=\"%s\"\r\n")
                .formatted(user, realm, nonce, uri, algorithm, response);
    }

    private static String part(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(text + " lacks " + pattern);
        }
        return matcher.group(1);
    }

    private static String hash(String algorithm, String text) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
