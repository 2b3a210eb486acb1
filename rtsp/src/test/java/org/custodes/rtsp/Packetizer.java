package org.custodes.rtsp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.custodes.media.Codec;

/// Cuts access units into RTP packets in every way that RFC 6184 and RFC 7798 allow, by chance.
final class Packetizer {
    static final int SOURCE = 0x12345678;

    private final Codec codec;
    private final int mtu;
    private final RandomGenerator random;
    private int sequence;

    Packetizer(Codec codec, int mtu, int firstSequence, RandomGenerator random) {
        this.codec = codec;
        this.mtu = mtu;
        this.sequence = firstSequence;
        this.random = random;
    }

    /// The packets of one access unit; the last has the marker bit.
    List<byte[]> packets(List<byte[]> units, int timestamp, boolean marker) {
        var payloads = payloads(units);
        var packets = new ArrayList<byte[]>();
        for (var i = 0; i < payloads.size(); i++) {
            var last = i == payloads.size() - 1;
            packets.add(packet(payloads.get(i), timestamp, last && marker));
        }
        return packets;
    }

    byte[] packet(byte[] payload, int timestamp, boolean marker) {
        var padded = random.nextInt(4) == 0;
        var extended = random.nextInt(4) == 0;
        var padding = padded ? 1 + random.nextInt(5) : 0;
        var out = ByteBuffer.allocate(12 + (extended ? 12 : 0) + payload.length + padding);
        out.put((byte) (0x80 | (padded ? 0x20 : 0) | (extended ? 0x10 : 0)));
        out.put((byte) (96 | (marker ? 0x80 : 0)));
        out.putShort((short) sequence++).putInt(timestamp).putInt(SOURCE);
        if (extended) {
            out.putShort((short) 0xBEDE).putShort((short) 2).putLong(random.nextLong());
        }
        out.put(payload);
        if (padded) {
            out.position(out.capacity() - 1).put((byte) padding);
        }
        return out.array();
    }

    private List<byte[]> payloads(List<byte[]> units) {
        var payloads = new ArrayList<byte[]>();
        for (var i = 0; i < units.size(); ) {
            var together = fitting(units, i);
            if (together > 1) {
                payloads.add(aggregate(units.subList(i, i + together)));
                i += together;
            } else {
                var unit = units.get(i);
                if (unit.length <= mtu && random.nextInt(5) > 0) {
                    payloads.add(unit);
                } else {
                    fragment(unit, payloads);
                }
                i++;
            }
        }
        return payloads;
    }

    private int fitting(List<byte[]> units, int from) {
        var size = 2;
        var count = 0;
        while (from + count < units.size()
                && size + 2 + units.get(from + count).length <= mtu
                && random.nextInt(3) > 0) {
            size += 2 + units.get(from + count).length;
            count++;
        }
        return count;
    }

    private byte[] aggregate(List<byte[]> units) {
        var out = new ByteArrayOutputStream();
        if (codec == Codec.H264) {
            out.write(0x60 | 24);
        } else {
            out.write(48 << 1);
            out.write(1);
        }
        for (var unit : units) {
            out.write(unit.length >> 8);
            out.write(unit.length);
            out.writeBytes(unit);
        }
        return out.toByteArray();
    }

    private void fragment(byte[] unit, List<byte[]> payloads) {
        var header = codec == Codec.H264 ? 1 : 2;
        if (unit.length - header < 2) {
            payloads.add(unit);
            return;
        }
        var piece = Math.max(1, Math.min(mtu - header - 1, (unit.length - header) / 2));
        for (var at = header; at < unit.length; at += piece) {
            var end = Math.min(unit.length, at + piece);
            var flags = (at == header ? 0x80 : 0) | (end == unit.length ? 0x40 : 0);
            var out = new ByteArrayOutputStream();
            if (codec == Codec.H264) {
                out.write((unit[0] & 0xE0) | 28);
                out.write(flags | (unit[0] & 0x1F));
            } else {
                out.write((unit[0] & 0x81) | (49 << 1));
                out.write(unit[1]);
                out.write(flags | (unit[0] >> 1 & 0x3F));
            }
            out.write(unit, at, end - at);
            payloads.add(out.toByteArray());
        }
    }
}
