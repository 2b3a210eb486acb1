package org.custodes.simulator;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.custodes.media.Codec;

/// One access unit cut into RTP packets, each behind the 4 bytes that interleave it (RFC 2326 section
/// 10.12), one after another in one direct buffer. It is cut once for all clients; sequence number,
/// timestamp, source and channel are then patched in place for each client before its write.
/// Used by the loop's thread alone.
final class Packets {
    static final int FRAMING = 4;
    static final int RTP_HEADER = 12;
    private static final int HEAD = FRAMING + RTP_HEADER;
    private static final byte DYNAMIC = 96;
    private static final byte JPEG = 26;

    /// A header extension of one word (RFC 8285, one-byte form), which means nothing.
    private static final long EXTENSION = 0xBEDE_0001_1000_0000L;

    private static final int EXTENSION_BYTES = 8;
    private static final int PADDING_BYTES = 4;

    private ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
    private int[] starts = new int[64];
    private int count;
    private boolean stuffed;
    private byte payloadType = DYNAMIC;
    private boolean open;

    /// Begins an access unit.
    ///
    /// @param withExtensionAndPadding whether each packet has both
    void clear(Codec codec, boolean withExtensionAndPadding) {
        payloadType = payloadType(codec);
        bytes.clear();
        count = 0;
        stuffed = withExtensionAndPadding;
        open = false;
    }

    /// What packets of this codec are numbered as: JPEG has a fixed number (RFC 3551 section 6).
    static byte payloadType(Codec codec) {
        return codec == Codec.MJPEG ? JPEG : DYNAMIC;
    }

    int count() {
        return count;
    }

    /// Begins a packet whose payload will have `payloadBytes`, to be put into the returned buffer.
    ByteBuffer begin(int payloadBytes) {
        end();
        int stuffing = stuffed ? EXTENSION_BYTES + PADDING_BYTES : 0;
        int need = HEAD + payloadBytes + stuffing;
        if (bytes.remaining() < need) {
            grow(need);
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = bytes.position();
        bytes.put((byte) '$').put((byte) 0).putShort((short) (need - FRAMING));
        bytes.put((byte) (stuffed ? 0xb0 : 0x80));
        bytes.put(payloadType).putShort((short) 0).putInt(0).putInt(0);
        if (stuffed) {
            bytes.putLong(EXTENSION);
        }
        open = true;
        return bytes;
    }

    /// The payload of the last packet is there.
    void end() {
        if (open && stuffed) {
            bytes.putInt(PADDING_BYTES); // its last byte counts them
        }
        open = false;
    }

    /// Sets the marker bit of the last packet: the access unit is complete (RFC 6184 section 5.1).
    void mark() {
        int at = starts[count - 1] + FRAMING + 1;
        bytes.put(at, (byte) (bytes.get(at) | 0x80));
    }

    /// Payload bytes of all packets, as sender reports count them.
    int payloadBytes() {
        int stuffing = stuffed ? EXTENSION_BYTES + PADDING_BYTES : 0;
        return bytes.position() - count * (HEAD + stuffing);
    }

    /// Writes a client's numbers into every packet.
    void patch(int channel, int firstSequence, int timestamp, int source) {
        for (int i = 0; i < count; i++) {
            int at = starts[i];
            bytes.put(at + 1, (byte) channel);
            bytes.putShort(at + FRAMING + 2, (short) (firstSequence + i));
            bytes.putInt(at + FRAMING + 4, timestamp);
            bytes.putInt(at + FRAMING + 8, source);
        }
    }

    /// All packets; valid until the next [#clear] or [#patch].
    ByteBuffer all() {
        return bytes.slice(0, bytes.position());
    }

    /// One packet; valid until the next [#clear] or [#patch].
    ByteBuffer packet(int index) {
        int end = index + 1 < count ? starts[index + 1] : bytes.position();
        return bytes.slice(starts[index], end - starts[index]);
    }

    int[] inOrder() {
        return IntStream.range(0, count).toArray();
    }

    private void grow(int need) {
        var larger =
                ByteBuffer.allocateDirect(Math.max(bytes.capacity() * 2, bytes.position() + need));
        bytes = larger.put(bytes.flip());
    }
}
