package org.custodes.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.FramePayload;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.vault.FrameStamp;
import org.custodes.vault.Opener;
import org.custodes.vault.PackSealer;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.RecordMemory;
import org.custodes.vault.RootKey;
import org.custodes.vault.Sealed;
import org.custodes.vault.Vault;

/// A camera whose frames are sealed by the real vault, as `capture` does it.
final class SealedCamera {
    private static final byte[] SETS = {0, 0, 0, 1, 0x67, 1, 2, 3};

    private final Recorder recorder;
    private final Vault vault;

    /// Used again as soon as may be: what reads a record too late reads another one.
    private final RecordMemory memory = new RecordMemory(1 << 20);

    private final TrackId track;
    private PackWriter writer;
    private PackSealer sealer;
    private int frames;
    private int firstOfPack;

    /// A line per frame, as the Python reader prints them.
    final List<String> lines = new ArrayList<>();

    SealedCamera(Recorder recorder, Vault vault, TrackId track) {
        this.recorder = recorder;
        this.vault = vault;
        this.track = track;
        writer = recorder.begin(track, GapCause.CAMERA_ADDED, 0);
        sealer = sealer();
    }

    static Vault vault(Path folder) {
        return Vault.open(
                List.of(folder),
                RootKey.file(folder.resolveSibling("root.key")),
                new SecureRandom());
    }

    private PackSealer sealer() {
        vault.prepare(List.of(writer.binding().tree()));
        return vault.sealer(writer.binding(), track.stream(), memory);
    }

    /// Appends frames 40 ms apart, a key frame every 25.
    SealedCamera frames(int count) {
        for (var frame = 0; frame < count; frame++) {
            var key = frames % 25 == 0;
            var data = annexB(frames);
            var number = lines.size() - firstOfPack;
            lines.add(
                    "%d %d %d %s"
                            .formatted(
                                    number,
                                    Wall.micros(recorder.now),
                                    key ? 1 : 0,
                                    sha256(key ? joined(SETS, data) : data)));
            var stamp =
                    new FrameStamp(
                            Wall.micros(recorder.now),
                            frames * 3600L,
                            RecordHeader.UNTOLD,
                            key,
                            false);
            var added = key ? Bytes.of(SETS) : Bytes.empty();
            writer.append(sealer.seal(stamp, FramePayload.encode(added, Bytes.of(data))));
            frames++;
            recorder.pass(Duration.ofMillis(40));
        }
        return this;
    }

    SealedCamera roll(GapCause cause) {
        end();
        writer =
                recorder.store.begin(
                        new PackStart(
                                track,
                                Codec.H264,
                                0,
                                ClockState.SYNCHRONISED,
                                Origin.LIVE,
                                recorder.now,
                                cause));
        sealer = sealer();
        firstOfPack = lines.size();
        return this;
    }

    void end() {
        writer.end(sealer.end(Wall.micros(recorder.now)));
    }

    /// A frame that is anything but random: the worst case for what must look random when sealed.
    private static byte[] annexB(int frame) {
        var text = "\0\0\0\1e frame %05d ".formatted(frame);
        return text.repeat(20 + frame % 7).getBytes(StandardCharsets.US_ASCII);
    }

    static Opener opener(Vault vault, TrackId track, LocalDate day) {
        return vault.opener(
                track.camera().value(),
                track.mediaClass().number(),
                start(day),
                start(day.plusDays(1)));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /// What the Python reader prints of a record.
    static String line(Opener opener, Sealed sealed) {
        return "%d %d %d %s"
                .formatted(
                        sealed.header().number(),
                        sealed.header().wallMicros(),
                        sealed.header().key() ? 1 : 0,
                        sha256(FramePayload.decodable(opener.open(sealed))));
    }

    private static byte[] joined(byte[] first, byte[] then) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(then);
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
