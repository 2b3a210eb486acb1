package org.custodes.vault;

import java.nio.charset.StandardCharsets;

/// The bytes of a label in a format.
final class Ascii {
    private Ascii() {}

    static byte[] of(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }
}
