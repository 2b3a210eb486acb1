package org.custodes.capture;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.custodes.media.FramePayload;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.store.Origin;
import org.custodes.store.PackStart;
import org.custodes.store.PackWriter;
import org.custodes.store.Store;
import org.custodes.vault.FrameStamp;
import org.custodes.vault.PackSealer;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.RecordMemory;
import org.custodes.vault.Sealed;
import org.custodes.vault.Vault;
import org.jspecify.annotations.Nullable;

/// Seals the frames of one track and hands them to the store: one record per frame, packs begun at
/// key frames. Used by the one thread that receives the track.
///
/// A frame's wallTime is when its last packet arrived, by the recorder's clock. What a camera says
/// of its own time is kept beside it and decides nothing (DESIGN section 6).
final class TrackRecorder {
    private final TrackId track;
    private final Store store;
    private final Vault vault;
    private final KeyTrees trees;
    private final RecorderClock clock;
    private final RecordMemory memory;
    private final Semaphore turns;

    private @Nullable OpenPack open;
    private GapCause sincePrevious;
    private RecorderClock.Stamp last;

    /// A pack being written and what seals into it.
    private record OpenPack(PackWriter writer, PackSealer sealer, Codec codec, int era) {}

    /// @param turns one is taken while a frame is sealed, which only computes. Of hundreds of cameras as many
    ///     seal at a time as there are processors, and the threads that write and compile come to theirs,
    ///     also while a start takes all of them
    TrackRecorder(
            TrackId track,
            Store store,
            Vault vault,
            KeyTrees trees,
            RecorderClock clock,
            RecordMemory memory,
            Semaphore turns,
            GapCause sincePrevious) {
        this.track = track;
        this.store = store;
        this.vault = vault;
        this.trees = trees;
        this.clock = clock;
        this.memory = memory;
        this.turns = turns;
        this.sincePrevious = sincePrevious;
        var now = clock.now();
        this.last =
                new RecorderClock.Stamp(now.wallTime().truncatedTo(ChronoUnit.MICROS), now.era());
    }

    /// Seals one frame. Frames before the first key frame of a recording are left out: nothing could
    /// decode them.
    void record(Frame frame) {
        var stamp = afterLast(clock.at(frame.arrivalNanos()));
        var pack = packFor(frame, stamp);
        if (pack == null) {
            return;
        }
        pack.writer().append(seal(pack.sealer(), frame, stamp));
        last = stamp;
    }

    private Sealed seal(PackSealer sealer, Frame frame, RecorderClock.Stamp stamp) {
        turns.acquireUninterruptibly();
        try {
            return sealer.seal(frameStamp(frame, stamp), partsOf(frame));
        } finally {
            turns.release();
        }
    }

    /// Two frames of one read can be stamped within one microsecond, or while the clock is being
    /// followed: never equal, never backwards within an era, in the microseconds that are stored.
    private RecorderClock.Stamp afterLast(RecorderClock.Stamp stamp) {
        var wallTime = stamp.wallTime().truncatedTo(ChronoUnit.MICROS);
        var earliest = last.wallTime().plus(1, ChronoUnit.MICROS);
        var isTooEarly = stamp.era() == last.era() && wallTime.isBefore(earliest);
        return new RecorderClock.Stamp(isTooEarly ? earliest : wallTime, stamp.era());
    }

    /// Ends the recording: from the last frame on there is a gap with this cause.
    void gap(GapCause cause) {
        endPack();
        sincePrevious = cause;
        store.beginGap(track, last.wallTime(), cause);
    }

    private @Nullable OpenPack packFor(Frame frame, RecorderClock.Stamp stamp) {
        var pack = open;
        if (pack == null) {
            return frame.key() ? begin(frame, stamp, sincePrevious) : null;
        }
        if (pack.era() != stamp.era() || pack.codec() != frame.codec()) {
            endPack();
            var cause = pack.era() != stamp.era() ? GapCause.CLOCK_STEPPED : GapCause.CODEC_CHANGED;
            sincePrevious = cause;
            return frame.key() ? begin(frame, stamp, cause) : null;
        }
        var rolls =
                frame.key()
                        ? pack.writer().wantsRoll(stamp.wallTime()) || pack.writer().failed()
                        : pack.writer().mustRoll(stamp.wallTime());
        if (!rolls && pack.sealer().fits(frameStamp(frame, stamp))) {
            return pack;
        }
        endPack();
        return begin(frame, stamp, GapCause.CONTINUES);
    }

    private OpenPack begin(Frame frame, RecorderClock.Stamp stamp, GapCause cause) {
        trees.prepare(List.of(track.camera()), stamp.wallTime(), stamp.era());
        var writer =
                store.begin(
                        new PackStart(
                                track,
                                frame.codec(),
                                stamp.era(),
                                clock.state(),
                                Origin.LIVE,
                                stamp.wallTime(),
                                cause));
        var pack =
                new OpenPack(
                        writer,
                        vault.sealer(writer.binding(), track.stream(), memory),
                        frame.codec(),
                        stamp.era());
        open = pack;
        sincePrevious = GapCause.CONTINUES;
        return pack;
    }

    private void endPack() {
        var pack = open;
        if (pack != null) {
            open = null;
            pack.writer().end(pack.sealer().end(micros(last.wallTime())));
        }
    }

    private static FrameStamp frameStamp(Frame frame, RecorderClock.Stamp stamp) {
        var cameraTime = frame.cameraTime();
        return new FrameStamp(
                micros(stamp.wallTime()),
                frame.mediaTime(),
                cameraTime == null ? RecordHeader.UNTOLD : micros(cameraTime),
                frame.key(),
                frame.damaged());
    }

    private static byte[][] partsOf(Frame frame) {
        return FramePayload.parts(frame.added(), frame.data());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
