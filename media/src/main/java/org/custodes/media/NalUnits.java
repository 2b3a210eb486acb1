package org.custodes.media;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Where the NAL units of a byte stream lie (H.264 and H.265, annex B): offsets only, no copies.
///
/// A start code is `00 00 01`; the zeros before it (the fourth byte of a long start code, trailing
/// zeros of the unit before) belong to no unit.
public final class NalUnits {
    /// More units than any encoder puts into one access unit; a stream with more is refused.
    public static final int MOST = 16_384;

    private final byte[] stream;
    private final int[] bounds;
    private final int size;

    private NalUnits(byte[] stream, int[] bounds, int size) {
        this.stream = stream;
        this.bounds = bounds;
        this.size = size;
    }

    /// Finds the NAL units of `annexB`; bytes before the first start code belong to none.
    ///
    /// @throws MalformedNalException if there are more than [#MOST]
    public static NalUnits split(byte[] annexB) {
        return split(annexB, 0, annexB.length);
    }

    /// Finds the NAL units between `from` (inclusive) and `to` (exclusive).
    ///
    /// @throws MalformedNalException if there are more than [#MOST]
    public static NalUnits split(byte[] annexB, int from, int to) {
        var bounds = new int[16];
        var size = 0;
        var next = startCode(annexB, from, to);
        while (next < to) {
            var start = next + 3;
            next = startCode(annexB, start, to);
            var end = next;
            while (end > start && annexB[end - 1] == 0) {
                end--;
            }
            if (end == start) {
                continue;
            }
            if (size == MOST) {
                throw new MalformedNalException(
                        "An access unit has at most %d NAL units, but got more".formatted(MOST));
            }
            if (2 * size == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * bounds.length);
            }
            bounds[2 * size] = start;
            bounds[2 * size + 1] = end;
            size++;
        }
        return new NalUnits(annexB, bounds, size);
    }

    /// The offset of the next `00 00 01` at or after `from`, or `to` if there is none.
    private static int startCode(byte[] bytes, int from, int to) {
        var i = from + 2;
        while (i < to) {
            var third = bytes[i];
            if (third == 1 && bytes[i - 1] == 0 && bytes[i - 2] == 0) {
                return i - 2;
            }
            // A byte that is not zero is none of the two zeros of a start code that ends later.
            i += third == 0 ? 1 : 3;
        }
        return to;
    }

    public int size() {
        return size;
    }

    /// Where unit `i` begins: its header's first byte.
    public int start(int i) {
        return bounds[2 * i];
    }

    /// Where unit `i` ends: the offset after its last byte.
    public int end(int i) {
        return bounds[2 * i + 1];
    }

    public NalKind kind(int i, Codec codec) {
        return NalKind.of(codec, stream[start(i)]);
    }

    /// A copy of unit `i` without its start code.
    public Bytes unit(int i) {
        return Bytes.of(Arrays.copyOfRange(stream, start(i), end(i)));
    }

    /// Copies of all units, in order.
    public List<Bytes> units() {
        return IntStream.range(0, size).mapToObj(this::unit).toList();
    }
}
