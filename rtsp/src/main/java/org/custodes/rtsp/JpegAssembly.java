package org.custodes.rtsp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.custodes.media.JpegSize;
import org.jspecify.annotations.Nullable;

/// Makes frames of JPEG images (RFC 2435). Each is a key frame, `data` its scan as it came and `added`
/// the headers that RTP left out. Of an image that lost something, what came before the loss is kept
/// and marked: a decoder shows it down to there.
final class JpegAssembly implements FrameAssembly {
    private static final int HEADER = 8;
    private static final int FIRST_SIZE = 64 * 1024;

    /// Types from here on have a restart header (section 3.1.3).
    private static final int WITH_RESTARTS = 64;

    /// Qualities from here on name tables that were sent (section 3.1.4).
    private static final int SENT_TABLES = 128;

    /// With this quality tables come with every image.
    private static final int ALWAYS_SENT = 255;

    private final int most;
    private final MediaClock mediaClock;
    private final Optional<JpegSize> described;
    private final Map<Integer, JpegHeaders.Tables> tablesSent = new HashMap<>();

    private FrameReceiver receiver;
    private @Nullable CameraClock cameraClock;
    private byte[] scan = new byte[FIRST_SIZE];
    private int length;
    private boolean begun;
    private int timestamp;
    private long mediaTime;
    private boolean damaged;
    private @Nullable Bytes headers;

    /// No image yet.
    ///
    /// @param described the size that the description tells, for images too large for RTP's field
    JpegAssembly(
            int most, Optional<JpegSize> described, MediaClock mediaClock, FrameReceiver receiver) {
        this.most = most;
        this.described = described;
        this.mediaClock = mediaClock;
        this.receiver = receiver;
    }

    @Override
    public void deliverTo(FrameReceiver newReceiver) {
        receiver = newReceiver;
    }

    @Override
    public void tell(CameraClock clock) {
        cameraClock = clock;
    }

    /// What is missing may be the rest of the image under way. The next one tells by its offsets
    /// whether it is whole.
    @Override
    public void gap() {
        damaged |= begun;
    }

    @Override
    public void restart() {
        if (begun) {
            receiver.loss(new Loss(Loss.Kind.FRAMES, 1));
        }
        begun = false;
        cameraClock = null;
        tablesSent.clear();
    }

    @Override
    public boolean take(RtpPacket packet, long nowNanos) {
        if (begun && packet.timestamp() != timestamp) {
            end(nowNanos);
        }
        if (!begun) {
            begin(packet.timestamp(), nowNanos);
        }
        var known = takePayload(packet);
        if (packet.marker()) {
            end(nowNanos);
        }
        return known;
    }

    private void begin(int newTimestamp, long nowNanos) {
        begun = true;
        timestamp = newTimestamp;
        mediaTime = mediaClock.ticks(newTimestamp, nowNanos);
        length = 0;
        damaged = false;
        headers = null;
    }

    private boolean takePayload(RtpPacket packet) {
        var bytes = packet.bytes();
        var at = packet.payloadStart();
        var end = packet.payloadEnd();
        if (end - at < HEADER) {
            damaged = true;
            return false;
        }
        var offset = BigEndian.i32(bytes, at) & 0xFF_FFFF;
        var type = bytes[at + 4] & 0xFF;
        var restarts = 0;
        at += HEADER;
        if (type >= WITH_RESTARTS && type < SENT_TABLES) {
            if (end - at < 4) {
                damaged = true;
                return false;
            }
            restarts = BigEndian.u16(bytes, at);
            at += 4;
        }
        if (offset == 0) {
            at = takeFirst(packet, type, restarts, at);
        }
        if (at < 0 || headers == null || offset != length) {
            damaged = true;
            return at >= 0;
        }
        // Behind a loss nothing is taken any more, for it would lie at the wrong place.
        if (!damaged || offset == 0) {
            append(bytes, at, end);
        }
        return true;
    }

    /// Reads what only an image's first packet has.
    ///
    /// @return where its scan begins, or -1 if it cannot be read
    private int takeFirst(RtpPacket packet, int type, int restarts, int start) {
        var bytes = packet.bytes();
        var at = packet.payloadStart();
        requireKnownForm(bytes[at], type);
        var quality = bytes[at + 5] & 0xFF;
        var next = start;
        if (quality >= SENT_TABLES) {
            next = takeTables(bytes, start, packet.payloadEnd(), quality);
        }
        var tables =
                quality >= SENT_TABLES
                        ? tablesSent.get(quality)
                        : quality >= 1 && quality <= 99
                                ? JpegHeaders.Tables.ofQuality(quality)
                                : null;
        if (next < 0 || tables == null) {
            return -1;
        }
        var size = size(packet, bytes[at + 6] & 0xFF, bytes[at + 7] & 0xFF);
        headers = JpegHeaders.of(size, (type & 1) == 1, restarts, tables);
        return next;
    }

    private static void requireKnownForm(byte typeSpecific, int type) {
        var shape = type & (WITH_RESTARTS - 1);
        if (type >= SENT_TABLES || shape > 1) {
            throw new RtspException(
                    RtspException.Fault.UNSUPPORTED_CODEC,
                    "Its MJPEG is of type %d, and only 0, 1, 64 and 65 are known (RFC 2435). Choose H.264 in its settings"
                            .formatted(type));
        }
        if (typeSpecific == 1 || typeSpecific == 2) {
            throw new RtspException(
                    RtspException.Fault.UNSUPPORTED_CODEC,
                    "Its MJPEG is interlaced: each image is half a picture. Choose a progressive picture, or H.264, in its settings");
        }
    }

    /// The tables behind the first packet's header (section 3.1.8), or none if they were sent before.
    ///
    /// @return where they end, or -1 if they cannot be read
    private int takeTables(byte[] bytes, int start, int end, int quality) {
        if (end - start < 4) {
            return -1;
        }
        var size = BigEndian.u16(bytes, start + 2);
        var at = start + 4;
        if (size > end - at) {
            return -1;
        }
        if (size == 0) {
            return quality == ALWAYS_SENT ? -1 : at;
        }
        var tables = JpegHeaders.Tables.read(bytes, at, size, bytes[start + 1]);
        if (tables == null) {
            return -1;
        }
        tablesSent.put(quality, tables);
        return at + size;
    }

    /// The field counts in blocks of 8 and ends at 2,040 pixels; beyond it is 0, and the size stands in
    /// a header extension that holds the image's own headers (ONVIF Streaming, annex on JPEG), or in
    /// the description.
    private JpegSize size(RtpPacket packet, int blocksWide, int blocksHigh) {
        if (blocksWide > 0 && blocksHigh > 0) {
            return new JpegSize(8 * blocksWide, 8 * blocksHigh);
        }
        return JpegSize.of(packet.bytes(), packet.extensionStart(), packet.extensionEnd())
                .or(() -> described)
                .orElseThrow(() ->
                        new RtspException(
                                RtspException.Fault.UNSUPPORTED_CODEC,
                                "Its MJPEG is larger than 2,040 pixels and tells its size nowhere. Choose a smaller picture, or H.264, in its settings"));
    }

    private void append(byte[] bytes, int start, int end) {
        var count = end - start;
        if (count > most - length) {
            throw new RtspException(
                    RtspException.Fault.TOO_LARGE,
                    "It sent a picture of more than %d bytes".formatted(most));
        }
        if (length + count > scan.length) {
            scan = Arrays.copyOf(scan, Math.min(most, Math.max(length + count, 2 * length)));
        }
        System.arraycopy(bytes, start, scan, length, count);
        length += count;
    }

    private void end(long nowNanos) {
        begun = false;
        var made = headers;
        if (made == null || length == 0) {
            receiver.loss(new Loss(Loss.Kind.FRAMES, 1));
            return;
        }
        receiver.frame(
                new Frame(
                        Codec.MJPEG,
                        made,
                        whole(),
                        true,
                        damaged,
                        mediaTime,
                        cameraClock == null ? null : cameraClock.at(mediaTime),
                        nowNanos));
    }

    /// The scan with an end marker: some cameras leave it out, and some decoders want it.
    private Bytes whole() {
        var ends =
                length >= 2 && scan[length - 2] == (byte) 0xFF && scan[length - 1] == (byte) 0xD9;
        var whole = Arrays.copyOf(scan, ends ? length : length + 2);
        if (!ends) {
            whole[length] = (byte) 0xFF;
            whole[length + 1] = (byte) 0xD9;
        }
        return Bytes.of(whole);
    }
}
