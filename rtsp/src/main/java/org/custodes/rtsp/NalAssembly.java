package org.custodes.rtsp;

import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.custodes.media.MalformedNalException;
import org.custodes.media.ParameterSets;
import org.jspecify.annotations.Nullable;

/// Makes frames of NAL units: H.264 and H.265. Where a gap may have swallowed the end of one frame or
/// the beginning of the next, both are marked, because nobody can tell.
final class NalAssembly implements FrameAssembly {
    private final Codec codec;
    private final Depacketizer depacketizer;
    private final AccessUnit unit;
    private final MediaClock mediaClock;

    private FrameReceiver receiver;
    private @Nullable CameraClock cameraClock;
    private boolean begun;
    private int timestamp;
    private long mediaTime;
    private boolean afterGap;
    private boolean afterMarker;
    private boolean markersLie;

    /// No frame of this sender is complete yet: the first may have begun before we listened.
    private boolean fresh = true;

    NalAssembly(
            Codec codec,
            ParameterSets sets,
            int mostFrameBytes,
            MediaClock mediaClock,
            FrameReceiver receiver) {
        this.codec = codec;
        this.depacketizer = Depacketizer.of(codec);
        this.unit = new AccessUnit(codec, sets, mostFrameBytes);
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

    @Override
    public void gap() {
        unit.abandon();
        if (begun) {
            unit.damage();
        }
        afterGap = true;
    }

    /// The next packet has nothing to do with what came before it.
    @Override
    public void restart() {
        if (begun) {
            begun = false;
            receiver.loss(new Loss(Loss.Kind.FRAMES, 1));
        }
        unit.clear();
        cameraClock = null;
        afterMarker = false;
        afterGap = false;
        fresh = true;
    }

    @Override
    public boolean take(RtpPacket packet, long nowNanos) {
        if (begun && packet.timestamp() != timestamp) {
            end(nowNanos);
            afterMarker = false;
        }
        if (!begun) {
            begin(packet.timestamp(), nowNanos);
        }
        if (afterGap) {
            unit.damage();
            afterGap = false;
        }
        var known =
                depacketizer.take(packet.bytes(), packet.payloadStart(), packet.payloadEnd(), unit);
        if (packet.marker() && !markersLie) {
            end(nowNanos);
            afterMarker = true;
        }
        return known;
    }

    private void begin(int newTimestamp, long nowNanos) {
        afterMarker &= newTimestamp == timestamp;
        timestamp = newTimestamp;
        mediaTime = mediaClock.ticks(newTimestamp, nowNanos);
        begun = true;
    }

    private void end(long nowNanos) {
        begun = false;
        unit.abandon();
        if (unit.hasPicture()) {
            if (fresh && unit.beginsInMidPicture()) {
                unit.damage();
            }
            fresh = false;
            learnFromMarker();
            deliver(nowNanos);
        } else if (unit.isDamaged()) {
            dropRemains();
        } else if (!unit.keepForNext()) {
            receiver.loss(new Loss(Loss.Kind.FRAMES, 1));
        }
    }

    /// A marker that was followed by more slices of the same picture was none: a camera that does so
    /// once does so always, and from then on its frames end by the next timestamp.
    private void learnFromMarker() {
        if (afterMarker && unit.beginsInMidPicture() && !unit.isDamaged()) {
            markersLie = true;
            unit.damage();
        }
    }

    private void deliver(long nowNanos) {
        var frame =
                new Frame(
                        codec,
                        unit.isKey() ? missingSets() : Bytes.empty(),
                        unit.data(),
                        unit.isKey(),
                        unit.isDamaged(),
                        mediaTime,
                        cameraClock == null ? null : cameraClock.at(mediaTime),
                        nowNanos);
        unit.clear();
        receiver.frame(frame);
    }

    private Bytes missingSets() {
        try {
            return unit.missingSets();
        } catch (MalformedNalException tooManyUnits) {
            throw new RtspException(
                    RtspException.Fault.TOO_LARGE,
                    "It sent a picture of too many NAL units",
                    tooManyUnits);
        }
    }

    /// Nothing of a picture is whole. If no slice of it was seen at all, what was lost may have
    /// prepared the next picture, which is then damaged too.
    private void dropRemains() {
        afterGap |= !unit.hasPictureBegun();
        unit.drop();
        receiver.loss(new Loss(Loss.Kind.FRAMES, 1));
    }
}
