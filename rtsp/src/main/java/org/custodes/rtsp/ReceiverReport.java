package org.custodes.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Writes the RTCP packets that tell a camera what arrived: a receiver report and, as RFC 3550 section
/// 6.1 demands, who tells it (a random name that means nothing).
final class ReceiverReport {
    private static final int RECEIVER_REPORT = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int CANONICAL_NAME = 1;
    private static final int NAME_LENGTH = 16;
    private static final int DESCRIPTION_LENGTH = 28;

    private final int ownSource;
    private final byte[] name;

    ReceiverReport(SecureRandom random) {
        ownSource = random.nextInt();
        var bytes = new byte[NAME_LENGTH / 2];
        random.nextBytes(bytes);
        name = HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    /// What goes to the camera.
    ///
    /// @param last the last sender report, and when it arrived
    byte[] write(RtpSource source, @Nullable SenderReport last, long lastNanos, long nowNanos) {
        var reportLength = source.isKnown() ? 32 : 8;
        var out = ByteBuffer.allocate(reportLength + DESCRIPTION_LENGTH);
        out.put((byte) (source.isKnown() ? 0x81 : 0x80)).put((byte) RECEIVER_REPORT);
        out.putShort((short) (reportLength / 4 - 1)).putInt(ownSource);
        if (source.isKnown()) {
            out.putInt(source.ssrc());
            out.putInt((source.lostOf256() << 24) | source.lost());
            out.putInt(source.highestSequence());
            out.putInt(source.jitter());
            out.putInt(last == null ? 0 : last.shortTime());
            out.putInt(last == null ? 0 : inUnitsOf65536th(nowNanos - lastNanos));
        }
        describe(out);
        return out.array();
    }

    private void describe(ByteBuffer out) {
        out.put((byte) 0x81).put((byte) SOURCE_DESCRIPTION);
        out.putShort((short) (DESCRIPTION_LENGTH / 4 - 1)).putInt(ownSource);
        out.put((byte) CANONICAL_NAME).put((byte) NAME_LENGTH).put(name);
    }

    private static int inUnitsOf65536th(long nanos) {
        return (int) (nanos / 1_000 * 65_536 / 1_000_000);
    }
}
