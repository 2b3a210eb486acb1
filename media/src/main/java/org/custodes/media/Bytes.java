package org.custodes.media;

import java.util.Arrays;
import java.util.HexFormat;

/// A stretch of bytes that is handed on, never changed: equal when its bytes are.
///
/// The array is not copied, for pictures pass here at full rate. Who hands an array in gives it
/// away, and who reads [#array()] promises not to write.
public final class Bytes {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /// Takes the array over.
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    public static Bytes empty() {
        return EMPTY;
    }

    public int length() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    /// The bytes themselves, not a copy.
    public byte[] array() {
        return array;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /// Tells the length and the first bytes only: pictures do not belong in logs.
    @Override
    public String toString() {
        var shown = HexFormat.of().formatHex(array, 0, Math.min(4, array.length));
        return "%d bytes (%s…)".formatted(array.length, shown);
    }
}
