package org.custodes.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.custodes.server.Problem.Kind;
import org.custodes.server.Reply.RefusedException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/// Reads a request's body: JSON, not larger than 64 KiB, not slower than 10 s.
final class Body {
    static final int LARGEST = 64 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Json json = new Json(LARGEST);

    /// @throws RefusedException with what is wrong with it
    JsonNode read(HttpServletRequest request) throws IOException {
        if (!isJson(request.getContentType())) {
            throw new RefusedException(
                    Kind.WRONG_TYPE.because(
                            "wrong-type",
                            "The body is not JSON, by its own word.",
                            "Send it with Content-Type: application/json."));
        }
        if (request.getContentLengthLong() > LARGEST) {
            throw tooLarge();
        }
        try {
            return json.read(bytes(request.getInputStream()));
        } catch (Json.MalformedJsonException malformed) {
            throw new RefusedException(
                    Kind.BAD_INPUT.because(
                            "malformed-json",
                            "The body cannot be read: %s.".formatted(malformed.getMessage()),
                            "Send one JSON object in UTF-8, without names given twice."));
        }
    }

    /// A sender that drips one byte at a time keeps within every pause that the web server allows, so
    /// the whole is timed here.
    private static byte[] bytes(InputStream in) throws IOException {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        var bytes = new byte[4 * 1024];
        var length = 0;
        int read;
        while ((read = in.read(bytes, length, bytes.length - length)) >= 0) {
            length += read;
            if (length > LARGEST) {
                throw tooLarge();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new RefusedException(
                        Kind.TOO_SLOW.because(
                                "too-slow",
                                "The body did not arrive within %d seconds."
                                        .formatted(LONGEST.toSeconds()),
                                "Send it at once."));
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(2 * length, LARGEST + 1));
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static boolean isJson(String contentType) {
        try {
            return contentType != null
                    && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(
                            MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private static RefusedException tooLarge() {
        return new RefusedException(
                Kind.TOO_LARGE.because(
                        "too-large",
                        "The body has more than %d bytes.".formatted(LARGEST),
                        "Send less."));
    }
}
