package org.custodes.simulator;

/// Reads the bits of a NAL unit, skipping emulation prevention bytes (H.264 7.3.1). What lies beyond the
/// end is an error, never zeros.
final class BitReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int bit;
    private int zeros;

    /// Begins behind the unit's header of `skip` bytes.
    BitReader(byte[] bytes, NalUnits.Span nal, int skip) {
        this.bytes = bytes;
        this.end = nal.offset() + nal.length();
        this.at = nal.offset() + skip;
    }

    int u(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    boolean flag() {
        return bit() == 1;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    int ue() {
        int length = 0;
        while (bit() == 0) {
            if (++length > 31) {
                throw new ClipUnreadableException(
                        "A header of the stream holds a number longer than 32 bits");
            }
        }
        return (int) ((1L << length) - 1 + (u(length) & 0xffff_ffffL));
    }

    int se() {
        int k = ue();
        return (k & 1) == 1 ? (k + 1) >>> 1 : -(k >>> 1);
    }

    private int bit() {
        if (at >= end) {
            throw new ClipUnreadableException("A header of the stream ends too early");
        }
        int value = bytes[at] >> (7 - bit) & 1;
        if (++bit == 8) {
            nextByte();
        }
        return value;
    }

    private void nextByte() {
        bit = 0;
        zeros = bytes[at] == 0 ? zeros + 1 : 0;
        at++;
        if (zeros >= 2 && at < end && bytes[at] == 3) {
            at++;
            zeros = 0;
        }
    }
}
