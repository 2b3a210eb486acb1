package org.custodes.media;

import java.io.ByteArrayOutputStream;

/// Writes the bits of a NAL unit, with emulation prevention, for tests.
final class BitText {
    private final StringBuilder bits = new StringBuilder();

    BitText u(int count, long value) {
        for (var i = count - 1; i >= 0; i--) {
            bits.append(value >> i & 1);
        }
        return this;
    }

    BitText ue(int value) {
        var length = 64 - Long.numberOfLeadingZeros(value + 1L);
        return u(length - 1, 0).u(length, value + 1L);
    }

    Bytes bytes() {
        var padded = new StringBuilder(bits).append('1');
        while (padded.length() % 8 != 0) {
            padded.append('0');
        }
        var out = new ByteArrayOutputStream();
        var zeros = 0;
        for (var i = 0; i < padded.length(); i += 8) {
            var value = Integer.parseInt(padded.substring(i, i + 8), 2);
            if (zeros >= 2 && value <= 3) {
                out.write(3);
                zeros = 0;
            }
            out.write(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return Bytes.of(out.toByteArray());
    }
}
