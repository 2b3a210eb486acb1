package org.custodes.rtsp;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.custodes.media.Codec;
import org.custodes.media.JpegSize;
import org.custodes.media.ParameterSets;
import org.jspecify.annotations.Nullable;

/// The one track that a session takes: RTP and RTCP packets in, frames out. Read by one thread at a
/// time; packets are parsed where they lie.
final class VideoTrack {
    private static final int SENDER_REPORT = 200;
    private static final int GOODBYE = 203;

    private final Set<Integer> otherPayloads;
    private final RtpSource source;
    private final MediaClock mediaClock = new MediaClock();
    private final FrameAssembly assembly;
    private final ReceiverReport receiverReport;
    private final RtpPacket packet = new RtpPacket();

    private FrameReceiver receiver;
    private long lastPacketNanos;
    private @Nullable SenderReport senderReport;
    private long senderReportNanos;
    private boolean senderReportUsed;
    private long foreign;
    private long unusable;
    private int restarts;

    /// A track of which nothing has come yet.
    ///
    /// @param sets the parameter sets that the SDP told
    /// @param size the size of MJPEG's images, if the SDP told it
    /// @param otherPayloads payload types that the SDP gives to something else than this codec
    /// @param announcedSource the SSRC that the answer to SETUP named
    VideoTrack(
            Codec codec,
            ParameterSets sets,
            Optional<JpegSize> size,
            Set<Integer> otherPayloads,
            OptionalInt announcedSource,
            int mostFrameBytes,
            SecureRandom random,
            FrameReceiver receiver,
            long nowNanos) {
        this.otherPayloads = Set.copyOf(otherPayloads);
        this.source = new RtpSource(announcedSource, nowNanos);
        this.assembly =
                codec.hasNalUnits()
                        ? new NalAssembly(codec, sets, mostFrameBytes, mediaClock, receiver)
                        : new JpegAssembly(mostFrameBytes, size, mediaClock, receiver);
        this.receiverReport = new ReceiverReport(random);
        this.receiver = receiver;
        this.lastPacketNanos = nowNanos;
    }

    /// From now on somebody receives; silence is counted from here.
    void deliverTo(FrameReceiver newReceiver, long nowNanos) {
        lastPacketNanos = nowNanos;
        receiver = newReceiver;
        assembly.deliverTo(newReceiver);
    }

    /// When the last packet of this track's own sender arrived.
    long lastPacketNanos() {
        return lastPacketNanos;
    }

    /// How many packets of its own sender are missing before this one: 0 for what has to be looked at
    /// at once, the next one, one that comes again, and whatever else it may be.
    int ahead(byte[] bytes, int offset, int length) {
        return packet.read(bytes, offset, length) ? source.ahead(packet) : 0;
    }

    /// The number that its sender's next packet has.
    int expected() {
        return source.expected();
    }

    /// How often a sender began anew.
    int restarts() {
        return restarts;
    }

    /// A packet was not even looked at.
    void leaveAside() {
        unusable++;
    }

    void rtp(byte[] bytes, int offset, int length, long nowNanos) {
        if (!packet.read(bytes, offset, length)) {
            unusable++;
            return;
        }
        // Cameras are known to number their payload otherwise than their SDP says; only what the
        // SDP
        // gives to something else is no picture.
        if (otherPayloads.contains(packet.payloadType())) {
            unusable++;
            return;
        }
        switch (source.arrived(packet, nowNanos)) {
            case FOREIGN -> foreign++;
            case REPEATED -> unusable++;
            case NEXT -> take(nowNanos);
            case AFTER_GAP -> {
                receiver.loss(new Loss(Loss.Kind.PACKETS, source.gap()));
                assembly.gap();
                take(nowNanos);
            }
            case FIRST -> {
                begin(nowNanos);
                take(nowNanos);
            }
        }
    }

    private void begin(long nowNanos) {
        restarts++;
        if (mediaClock.isRunning()) {
            receiver.loss(new Loss(Loss.Kind.RESTART, 0));
            assembly.restart();
            mediaClock.restart(packet.timestamp(), nowNanos);
        }
        // A report may come before the first packet of the sender that it speaks of.
        senderReportUsed = false;
    }

    private void take(long nowNanos) {
        lastPacketNanos = nowNanos;
        if (!assembly.take(packet, nowNanos)) {
            unusable++;
        }
        if (!senderReportUsed) {
            useSenderReport();
        }
    }

    void rtcp(byte[] bytes, int offset, int length, long nowNanos) {
        var at = offset;
        var end = offset + length;
        while (at + 8 <= end && (bytes[at] & 0xC0) == 0x80) {
            var packetEnd = at + 4 + 4 * BigEndian.u16(bytes, at + 2);
            if (packetEnd > end) {
                break;
            }
            var type = bytes[at + 1] & 0xFF;
            if (type == SENDER_REPORT && packetEnd - at >= 28) {
                senderReport = SenderReport.read(bytes, at + 4);
                senderReportNanos = nowNanos;
                senderReportUsed = false;
                useSenderReport();
            } else if (type == GOODBYE && source.isKnown()) {
                if (BigEndian.i32(bytes, at + 4) == source.ssrc()) {
                    source.leave();
                }
            }
            at = packetEnd;
        }
    }

    private void useSenderReport() {
        var report = senderReport;
        if (report == null || !source.isKnown() || report.source() != source.ssrc()) {
            return;
        }
        // A camera that has just set its media clock may report before its next packet tells us so:
        // then the report waits for that packet.
        if (!mediaClock.isNear(report.timestamp(), senderReportNanos)) {
            return;
        }
        senderReportUsed = true;
        if (report.tellsTime()) {
            var clock =
                    new CameraClock(
                            report.instant(),
                            mediaClock.ticksBeside(report.timestamp()),
                            senderReportNanos);
            assembly.tell(clock);
            receiver.clock(clock);
        }
    }

    /// The report that is due for the camera, and for the receiver what was left aside since the last.
    byte[] report(long nowNanos) {
        if (foreign > 0) {
            receiver.loss(new Loss(Loss.Kind.FOREIGN_PACKETS, foreign));
            foreign = 0;
        }
        if (unusable > 0) {
            receiver.loss(new Loss(Loss.Kind.UNUSABLE_PACKETS, unusable));
            unusable = 0;
        }
        if (source.isKnown()) {
            receiver.jitter(Duration.ofNanos(source.jitter() * 1_000_000_000L / 90_000));
        }
        var own = senderReport;
        var last = own != null && source.isKnown() && own.source() == source.ssrc() ? own : null;
        return receiverReport.write(source, last, senderReportNanos, nowNanos);
    }
}
