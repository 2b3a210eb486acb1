package org.custodes.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.custodes.media.Codec;

/// Reads a raw (Annex B) stream and splits it into access units (H.264 7.4.1.2.3, H.265 7.4.2.4.4).
final class RawFilm {
    static final long LARGEST_FILE = 256L << 20;

    private final Codec codec;
    private final byte[] stream;
    private final long tick;
    private final List<AccessUnit> units = new ArrayList<>();
    private AnnexBBuilder pending = new AnnexBBuilder();
    private boolean pendingKey;
    private boolean pendingPicture;
    private boolean mayReorder;

    private RawFilm(Codec codec, byte[] stream, long tick) {
        this.codec = codec;
        this.stream = stream;
        this.tick = tick;
    }

    static Clip read(Path file, Codec codec, double fps) {
        if (!(fps >= 1 && fps <= 240)) {
            throw new IllegalArgumentException(
                    "A raw stream is shown at 1 to 240 frames a second, but got %s".formatted(fps));
        }
        try {
            long size = Files.size(file);
            if (size > LARGEST_FILE) {
                throw new ClipUnreadableException(
                        "%s has %d bytes, and a raw stream may have %d: put it into an MP4"
                                .formatted(file, size, LARGEST_FILE));
            }
            return new RawFilm(
                            codec,
                            Files.readAllBytes(file),
                            Math.round(Clip.TICKS_PER_SECOND / fps))
                    .clip(file);
        } catch (IOException e) {
            throw new ClipUnreadableException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    private Clip clip(Path file) {
        for (var nal : NalUnits.split(stream)) {
            take(nal);
        }
        endUnit();
        if (units.isEmpty()) {
            throw new ClipUnreadableException(
                    "%s holds no %s picture: it is no raw %s stream".formatted(file, codec, codec));
        }
        return Clip.assemble(codec, units, List.of(), units.size() * tick);
    }

    private void take(NalUnits.Span nal) {
        int type = NalUnits.type(codec, stream[nal.offset()]);
        boolean picture = NalUnits.isPicture(codec, type);
        boolean begins = picture && NalUnits.isFirstSlice(codec, stream, nal);
        if (pendingPicture && (begins || NalUnits.opensAccessUnit(codec, type))) {
            endUnit();
        }
        if (NalUnits.isSequenceHeader(codec, type)) {
            mayReorder = SequenceHeader.parse(codec, stream, nal).mayReorder();
        }
        if (picture) {
            refuseReordered(nal);
            pendingPicture = true;
            pendingKey |= NalUnits.isKeyPicture(codec, type);
        }
        pending.add(stream, nal.offset(), nal.length());
    }

    /// H.265 says in the sequence header whether it re-orders; H.264 only where B slices are used.
    private void refuseReordered(NalUnits.Span nal) {
        if (mayReorder && (codec == Codec.H265 || isBSlice(nal))) {
            throw new ClipUnreadableException(
                    "The raw stream shows pictures in another order than it decodes them (B-frames),"
                            + " and a raw stream does not tell when: put it into an MP4, which does");
        }
    }

    private boolean isBSlice(NalUnits.Span nal) {
        var header = new BitReader(stream, nal, 1);
        header.ue();
        return header.ue() % 5 == 1;
    }

    private void endUnit() {
        if (pendingPicture) {
            long time = units.size() * tick;
            units.add(new AccessUnit(pending.toBytes(), pendingKey, time, time));
            pending = new AnnexBBuilder();
        }
        pendingKey = false;
        pendingPicture = false;
    }
}
