package org.custodes.simulator;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Writes the bits of a NAL unit's payload (RBSP), most significant first.
final class BitWriter {
    private byte[] bytes = new byte[64];
    private int bits;

    BitWriter u(int count, long value) {
        for (int i = count - 1; i >= 0; i--) {
            bit((int) (value >> i) & 1);
        }
        return this;
    }

    /// Unsigned Exp-Golomb (H.264 9.1).
    BitWriter ue(int value) {
        int length = 32 - Integer.numberOfLeadingZeros(value + 1);
        return u(length - 1, 0).u(length, value + 1);
    }

    BitWriter flag(boolean value) {
        return u(1, value ? 1 : 0);
    }

    /// The payload with its stop bit, emulation prevented (H.264 7.4.1), behind the unit's header.
    byte[] nal(int... header) {
        u(1, 1);
        var out = new ByteArrayOutputStream();
        for (int b : header) {
            out.write(b);
        }
        int zeros = 0;
        for (byte b : Arrays.copyOf(bytes, (bits + 7) / 8)) {
            if (zeros >= 2 && b >= 0 && b <= 3) {
                out.write(3);
                zeros = 0;
            }
            out.write(b);
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return out.toByteArray();
    }

    private void bit(int value) {
        if (bits / 8 == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        bytes[bits / 8] |= (byte) (value << (7 - bits % 8));
        bits++;
    }
}
