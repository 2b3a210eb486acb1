package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntConsumer;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.Codec;
import org.custodes.media.FramePayload;
import org.custodes.media.GapCause;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.store.ClockState;
import org.custodes.store.Origin;
import org.custodes.store.PackStart;
import org.custodes.store.Store;
import org.custodes.vault.FrameStamp;
import org.custodes.vault.PackSealer;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.TreeId;
import org.custodes.vault.Vault;

/// A stretch of footage, sealed and stored as `capture` does it: four frames a second, a key frame each
/// second, each frame with its number in it.
final class Footage {
    /// An SPS of 640x360 and its PPS, as an ordinary camera sends them.
    static final byte[] PARAMETER_SETS =
            HexFormat.of()
                    .parseHex(
                            "000000016764001eacd940a02ff97011000003000100000300320f162d96"
                                    + "0000000168ebe3cb22c0");

    /// How a slice begins: first macroblock 0, slice type 7, picture parameter set 0.
    private static final short FIRST_SLICE = (short) 0x8884;

    static final int FRAMES_PER_GOP = 4;
    static final Duration BETWEEN = Duration.ofMillis(250);

    private final Store store;
    private final Vault vault;
    private final CameraId camera;

    Footage(Store store, Vault vault, CameraId camera) {
        this.store = store;
        this.vault = vault;
        this.camera = camera;
    }

    /// Records `frames` frames from `start` on, of `bytes` bytes each.
    void record(Instant start, int frames, int bytes) {
        record(start, frames, bytes, _ -> {});
    }

    private void record(Instant start, int frames, int bytes, IntConsumer after) {
        var day = start.atOffset(ZoneOffset.UTC).toLocalDate();
        vault.prepare(List.of(new TreeId(camera.value(), MediaClass.ORIGINAL.number(), day, 0)));
        var track = new TrackId(camera, 0, MediaClass.ORIGINAL);
        var writer =
                store.begin(
                        new PackStart(
                                track,
                                Codec.H264,
                                0,
                                ClockState.FREE,
                                Origin.LIVE,
                                start,
                                GapCause.CAMERA_ADDED));
        var sealer = vault.sealer(writer.binding(), 0);
        for (var i = 0; i < frames; i++) {
            var at = start.plus(BETWEEN.multipliedBy(i));
            writer.append(sealer.seal(stamp(at, i), payload(i, bytes)));
            after.accept(i);
        }
        end(writer, sealer, start.plus(BETWEEN.multipliedBy(frames)));
    }

    /// The same, never further ahead of `viewer` than one frame, which must get every one of them.
    void recordSlowly(Instant start, int frames, int bytes, Viewer viewer) {
        record(start, frames, bytes, i -> assertThat(viewer.frame().number()).isEqualTo(i));
    }

    private static void end(org.custodes.store.PackWriter writer, PackSealer sealer, Instant at) {
        writer.end(sealer.end(MediaConnection.micros(at)));
    }

    private static FrameStamp stamp(Instant at, int i) {
        return new FrameStamp(
                MediaConnection.micros(at),
                i * 22_500L,
                RecordHeader.UNTOLD,
                i % FRAMES_PER_GOP == 0,
                false);
    }

    private static byte[] payload(int i, int bytes) {
        var key = i % FRAMES_PER_GOP == 0;
        var unit =
                ByteBuffer.allocate(bytes)
                        .putInt(1)
                        .put((byte) (key ? 0x65 : 0x41))
                        .putShort(FIRST_SLICE)
                        .putInt(0x11110000 + i)
                        .array();
        return FramePayload.encode(key ? Bytes.of(PARAMETER_SETS) : Bytes.empty(), Bytes.of(unit));
    }
}
