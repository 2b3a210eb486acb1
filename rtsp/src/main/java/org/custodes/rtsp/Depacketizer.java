package org.custodes.rtsp;

import org.custodes.media.Codec;

/// Puts the NAL units that RTP payloads carry, whole, several to a packet or in pieces, into an access
/// unit. What is malformed damages the access unit and is left out.
sealed interface Depacketizer permits H264Depacketizer, H265Depacketizer {

    /// Takes the payload between `start` and `end`, the next one after the last that was taken.
    ///
    /// @return whether its form is known; if not, it is left aside
    boolean take(byte[] bytes, int start, int end, AccessUnit unit);

    static Depacketizer of(Codec codec) {
        return switch (codec) {
            case H264 -> new H264Depacketizer();
            case H265 -> new H265Depacketizer();
            case MJPEG -> throw new IllegalArgumentException("MJPEG has no NAL units");
        };
    }

    /// Several NAL units, each behind its length (RFC 6184 section 5.7.1, RFC 7798 section 4.4.2).
    static void takeAggregate(byte[] bytes, int start, int end, int shortest, AccessUnit unit) {
        var at = start;
        while (at < end) {
            var length = at + 2 <= end ? BigEndian.u16(bytes, at) : 0;
            at += 2;
            if (length < shortest || length > end - at) {
                unit.damage();
                return;
            }
            unit.add(bytes, at, at + length);
            at += length;
        }
    }
}
