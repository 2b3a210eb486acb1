package org.custodes.simulator;

import org.custodes.media.Codec;

/// Cuts access units into packets: H.264 as RFC 6184 (single units and FU-A, packetization mode 1),
/// H.265 as RFC 7798 (single units and FU).
final class Packetizer {
    private static final int FU_A = 28;
    private static final int H265_FU = 49;

    private final int payloadBytes;

    /// @param payloadBytes the most that a packet carries behind its RTP header
    Packetizer(int payloadBytes) {
        this.payloadBytes = payloadBytes;
    }

    void cut(Codec codec, byte[] accessUnit, Packets into) {
        into.clear();
        for (var nal : NalUnits.split(accessUnit)) {
            if (nal.length() <= payloadBytes) {
                into.begin(nal.length()).put(accessUnit, nal.offset(), nal.length());
            } else {
                fragment(codec, accessUnit, nal, into);
            }
        }
        into.mark();
    }

    private void fragment(Codec codec, byte[] unit, NalUnits.Span nal, Packets into) {
        int nalHeader = codec == Codec.H264 ? 1 : 2;
        int at = nal.offset() + nalHeader;
        int end = nal.offset() + nal.length();
        boolean first = true;
        while (at < end) {
            int part = Math.min(payloadBytes - nalHeader - 1, end - at);
            int edges = (first ? 0x80 : 0) | (at + part == end ? 0x40 : 0);
            var packet = into.begin(nalHeader + 1 + part);
            int type = NalUnits.type(codec, unit[nal.offset()]);
            switch (codec) {
                case H264 -> packet.put((byte) ((unit[nal.offset()] & 0xe0) | FU_A));
                case H265 ->
                        packet.put((byte) ((unit[nal.offset()] & 0x81) | (H265_FU << 1)))
                                .put(unit[nal.offset() + 1]);
            }
            packet.put((byte) (edges | type)).put(unit, at, part);
            at += part;
            first = false;
        }
    }
}
