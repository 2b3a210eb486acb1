package org.custodes.access;

import java.util.Arrays;

/// Base32 without padding (RFC 4648 section 6), as authenticators read it.
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder();
        var bits = 0;
        var held = 0;
        for (var b : bytes) {
            bits = (bits << 8) | (b & 0xFF);
            held += 8;
            while (held >= 5) {
                held -= 5;
                text.append(ALPHABET.charAt((bits >> held) & 31));
            }
            bits &= (1 << held) - 1;
        }
        if (held > 0) {
            text.append(ALPHABET.charAt((bits << (5 - held)) & 31));
        }
        return text.toString();
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IllegalArgumentException for any other letter
    static byte[] decode(String text) {
        var bytes = new byte[text.length() * 5 / 8];
        var length = 0;
        var bits = 0;
        var held = 0;
        for (var i = 0; i < text.length(); i++) {
            var value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("Base32 has letters and 2 to 7 only");
            }
            bits = (bits << 5) | value;
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes[length++] = (byte) (bits >> held);
            }
            bits &= (1 << held) - 1;
        }
        return Arrays.copyOf(bytes, length);
    }
}
