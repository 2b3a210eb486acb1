package org.custodes.rtsp;

import java.util.concurrent.ConcurrentLinkedDeque;

/// Arrays for pictures that are larger than most, key frames above all. A camera sends one every few
/// seconds and has it together within milliseconds: so hundreds of cameras share a few arrays.
final class LargePictures {
    private static final int MOST_IDLE = 8;

    private static final ConcurrentLinkedDeque<byte[]> IDLE = new ConcurrentLinkedDeque<>();

    private LargePictures() {}

    /// An array of `size` bytes at least, with whatever was in it.
    static byte[] take(int size) {
        var idle = IDLE.pollLast();
        return idle != null && idle.length >= size ? idle : new byte[size];
    }

    static void giveBack(byte[] array) {
        if (IDLE.size() < MOST_IDLE) {
            IDLE.addLast(array);
        }
    }
}
