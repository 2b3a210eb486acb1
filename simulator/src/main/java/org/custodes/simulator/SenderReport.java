package org.custodes.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// An RTCP compound of sender report and source description (RFC 3550 sections 6.4.1 and 6.5), framed
/// for its interleaved channel.
final class SenderReport {
    private static final long NTP_OF_UNIX_EPOCH = 2_208_988_800L;
    private static final byte[] NAME = "camera".getBytes(StandardCharsets.US_ASCII);

    private SenderReport() {}

    static ByteBuffer framed(
            int channel,
            int source,
            Instant cameraClock,
            int timestamp,
            long packets,
            long octets) {
        int description = (4 + 4 + 2 + NAME.length + 1 + 3) / 4 * 4;
        var out = ByteBuffer.allocate(Packets.FRAMING + 28 + description);
        out.put((byte) '$').put((byte) channel).putShort((short) (28 + description));
        out.put((byte) 0x80).put((byte) 200).putShort((short) 6).putInt(source);
        out.putInt((int) (cameraClock.getEpochSecond() + NTP_OF_UNIX_EPOCH));
        out.putInt((int) (((long) cameraClock.getNano() << 32) / 1_000_000_000L));
        out.putInt(timestamp).putInt((int) packets).putInt((int) octets);
        out.put((byte) 0x81).put((byte) 202).putShort((short) (description / 4 - 1));
        out.putInt(source).put((byte) 1).put((byte) NAME.length).put(NAME);
        return out.rewind();
    }
}
