package org.custodes.rtsp;

/// One RTP packet (RFC 3550 section 5.1), read in place. One object serves all packets of a track, so
/// that a packet costs no allocation.
final class RtpPacket {
    private static final int FIXED_HEADER = 12;

    private byte[] bytes = {};
    private int start;
    private int payloadStart;
    private int payloadEnd;
    private int extensionStart;

    /// Looks at the packet of `length` bytes at `offset`.
    ///
    /// @return whether it is one: version 2, header, extension and padding inside its length
    boolean read(byte[] buffer, int offset, int length) {
        if (length < FIXED_HEADER || (buffer[offset] & 0xC0) != 0x80) {
            return false;
        }
        bytes = buffer;
        start = offset;
        payloadStart = offset + FIXED_HEADER + 4 * (buffer[offset] & 0x0F);
        payloadEnd = offset + length;
        return skipExtension() && skipPadding() && payloadStart <= payloadEnd;
    }

    private boolean skipExtension() {
        extensionStart = payloadStart;
        if ((bytes[start] & 0x10) == 0) {
            return true;
        }
        if (payloadStart + 4 > payloadEnd) {
            return false;
        }
        extensionStart = payloadStart + 4;
        payloadStart += 4 + 4 * BigEndian.u16(bytes, payloadStart + 2);
        return true;
    }

    private boolean skipPadding() {
        if ((bytes[start] & 0x20) != 0 && payloadEnd > payloadStart) {
            payloadEnd -= bytes[payloadEnd - 1] & 0xFF;
        }
        return true;
    }

    boolean marker() {
        return (bytes[start + 1] & 0x80) != 0;
    }

    int payloadType() {
        return bytes[start + 1] & 0x7F;
    }

    int sequence() {
        return BigEndian.u16(bytes, start + 2);
    }

    int timestamp() {
        return BigEndian.i32(bytes, start + 4);
    }

    int source() {
        return BigEndian.i32(bytes, start + 8);
    }

    byte[] bytes() {
        return bytes;
    }

    /// Where the header extension's content begins; where it ends if there is none.
    int extensionStart() {
        return extensionStart;
    }

    int extensionEnd() {
        return payloadStart;
    }

    int payloadStart() {
        return payloadStart;
    }

    int payloadEnd() {
        return payloadEnd;
    }
}
