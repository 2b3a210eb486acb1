package org.custodes.media;

/// Reads the bits of one NAL unit's payload, past its emulation prevention bytes (H.264 clause
/// 7.3.1, H.265 clause 7.3.1.1), in place and without a copy.
///
/// Reading past the end throws [MalformedNalException]; nothing is ever allocated by what is read.
final class BitReader {
    private final byte[] bytes;
    private final int end;
    private int position;
    private int zeros;
    private int current;
    private int bitsLeft;

    /// Reads `bytes` from `start` (inclusive) to `end` (exclusive).
    BitReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    boolean flag() {
        return bit() == 1;
    }

    /// An unsigned number of `count` bits, 0 to 32.
    long bits(int count) {
        long value = 0;
        for (var i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    void skip(int count) {
        for (var i = 0; i < count; i++) {
            bit();
        }
    }

    /// An unsigned Exp-Golomb number, `ue(v)`, that may be at most `most`.
    int unsigned(String name, int most) {
        var value = exponentialGolomb();
        if (value > most) {
            throw new MalformedNalException(
                    "%s is at most %d, but got %d".formatted(name, most, value));
        }
        return (int) value;
    }

    /// Any unsigned Exp-Golomb number, its value of no interest.
    void skipUnsigned() {
        exponentialGolomb();
    }

    /// A signed Exp-Golomb number, `se(v)`.
    long signed() {
        var value = exponentialGolomb();
        return (value & 1) == 1 ? (value + 1) / 2 : -(value / 2);
    }

    private long exponentialGolomb() {
        var leadingZeros = 0;
        while (bit() == 0) {
            leadingZeros++;
            if (leadingZeros > 32) {
                throw new MalformedNalException("An Exp-Golomb number has more than 32 zeros");
            }
        }
        return (1L << leadingZeros) - 1 + bits(leadingZeros);
    }

    private int bit() {
        if (bitsLeft == 0) {
            current = nextByte();
            bitsLeft = 8;
        }
        bitsLeft--;
        return current >> bitsLeft & 1;
    }

    private int nextByte() {
        if (zeros >= 2 && position < end && bytes[position] == 3) {
            position++;
            zeros = 0;
        }
        if (position >= end) {
            throw new MalformedNalException("A NAL unit ends before its last value");
        }
        var value = bytes[position++] & 0xFF;
        zeros = value == 0 ? zeros + 1 : 0;
        return value;
    }
}
