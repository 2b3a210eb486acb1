package org.custodes.chaos;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.FramePayload;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.store.ClockState;
import org.custodes.store.Origin;
import org.custodes.store.PackStart;
import org.custodes.store.PackWriter;
import org.custodes.vault.FrameStamp;
import org.custodes.vault.PackSealer;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.custodes.vault.TreeId;
import org.jspecify.annotations.Nullable;

/// A camera whose frames are made here, and which is recorded as `capture` does it: packs begin at key
/// frames, roll when the store says so, and after a failure at the next key frame.
final class MadeCamera {
    private final TrackId track;
    private final MadeRecorder recorder;
    private final List<PackWriter> writers = new ArrayList<>();
    private @Nullable PackWriter writer;
    private @Nullable PackSealer sealer;
    private int era;
    private long frames;
    private long lastMicros;
    private GapCause sincePrevious = GapCause.CAMERA_ADDED;
    private Consumer<Sealed> watcher = _ -> {};

    MadeCamera(TrackId track, MadeRecorder recorder) {
        this.track = track;
        this.recorder = recorder;
    }

    TrackId track() {
        return track;
    }

    LocalDate today() {
        return day(recorder.clock.instant());
    }

    /// Records a frame that arrives now.
    ///
    /// @param bytes how large it is, at least
    void frame(boolean key, int bytes) {
        var now = stamp();
        if (mustBegin(key, now)) {
            if (!key) {
                return;
            }
            end();
            begin(now);
        }
        if (writer == null || sealer == null) {
            return;
        }
        var stamp = new FrameStamp(micros(now), frames * 3600, RecordHeader.UNTOLD, key, false);
        var sealed = sealer.seal(stamp, FramePayload.parts(Bytes.empty(), picture(bytes)));
        lastMicros = micros(now);
        frames++;
        recorder.oracle.sealed(track, sealed);
        watcher.accept(sealed);
        writer.append(sealed);
    }

    /// Never two frames in one microsecond of an era.
    private Instant stamp() {
        var now = recorder.clock.instant().truncatedTo(ChronoUnit.MICROS);
        return era == recorder.era && micros(now) <= lastMicros
                ? now.plus(lastMicros + 1 - micros(now), ChronoUnit.MICROS)
                : now;
    }

    private boolean mustBegin(boolean key, Instant now) {
        if (writer == null || era != recorder.era) {
            return true;
        }
        return key ? writer.wantsRoll(now) : writer.mustRoll(now);
    }

    private void begin(Instant now) {
        era = recorder.era;
        var writerNow =
                recorder.store()
                        .begin(
                                new PackStart(
                                        track,
                                        Codec.H264,
                                        era,
                                        ClockState.FREE,
                                        Origin.LIVE,
                                        now,
                                        sincePrevious));
        recorder.prepare(List.of(writerNow.binding().tree()));
        sealer = recorder.vault().sealer(writerNow.binding(), track.stream(), recorder.memory);
        writer = writerNow;
        writers.add(writerNow);
        sincePrevious = GapCause.CONTINUES;
    }

    private Bytes picture(int bytes) {
        var picture = new byte[Math.max(bytes, Machine.CLEAR_TEXT.length)];
        for (var at = 0; at < picture.length; at++) {
            picture[at] = Machine.CLEAR_TEXT[at % Machine.CLEAR_TEXT.length];
        }
        return Bytes.of(picture);
    }

    /// Calls `next` with every record before it is appended.
    void watch(Consumer<Sealed> next) {
        watcher = next;
    }

    /// Makes the key tree of today, so that recording needs no key store for a while.
    void prepareToday() {
        var tree =
                new TreeId(
                        track.camera().value(), track.mediaClass().number(), today(), recorder.era);
        recorder.prepare(List.of(tree));
    }

    /// Ends the running pack.
    void end() {
        if (writer != null && sealer != null) {
            writer.end(sealer.end(lastMicros));
        }
        writer = null;
        sealer = null;
    }

    /// Ends the running pack, and says why nothing follows.
    void gap(GapCause cause) {
        end();
        sincePrevious = cause;
        recorder.store().beginGap(track, recorder.clock.instant(), cause);
    }

    /// Tells the oracle which packs have failed, perhaps after they were ended.
    void tellFailures() {
        for (var one : List.copyOf(writers)) {
            if (one.failed()) {
                recorder.oracle.failed(track, one.binding().packId());
            }
        }
    }

    /// The process that recorded it is gone.
    void forget(GapCause cause) {
        writers.clear();
        writer = null;
        sealer = null;
        sincePrevious = cause;
    }

    static LocalDate day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
