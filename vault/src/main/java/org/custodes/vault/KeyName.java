package org.custodes.vault;

import java.nio.charset.StandardCharsets;

/// Names a key of its own, such as `("device-secret", "<uuid>")`.
///
/// @param kind what it is for, the same for all of its kind: 1 to 64 lower-case letters, digits, `-`
/// @param id which of its kind: 1 to 200 bytes of UTF-8; stands sealed in the key store
public record KeyName(String kind, String id) {
    private static final int MAX_ID = 200;

    public KeyName {
        if (!kind.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException(
                    "The kind of a key has 1 to 64 lower-case letters, digits and dashes, but got"
                            + " %d characters".formatted(kind.length()));
        }
        var bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_ID) {
            throw new IllegalArgumentException(
                    "The id of a key has 1 to %d bytes, but got %d".formatted(MAX_ID, bytes));
        }
    }
}
