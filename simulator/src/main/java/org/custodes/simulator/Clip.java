package org.custodes.simulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;

/// What a simulated camera shows, over and over: access units in sending order, in memory.
///
/// It begins with a key frame, every key frame carries its parameter sets, and time within it runs in
/// 90 kHz ticks from 0 to [#loopTicks()], where it begins again.
public final class Clip {
    static final int TICKS_PER_SECOND = 90_000;

    private final Codec codec;
    private final List<AccessUnit> accessUnits;
    private final List<Bytes> parameterSets;
    private final long loopTicks;
    private final int codedWidth;
    private final int codedHeight;

    /// Leading units that cannot be decoded are left out, parameter sets put before key frames that
    /// lack them, and both times shifted so that decoding begins at 0 and never follows showing.
    private Clip(Codec codec, List<AccessUnit> accessUnits, List<Bytes> sets, long loopTicks) {
        var header = firstHeader(codec, sets);
        this.codec = codec;
        this.accessUnits = List.copyOf(accessUnits);
        this.parameterSets = List.copyOf(sets);
        this.loopTicks = loopTicks;
        this.codedWidth = header.width();
        this.codedHeight = header.height();
    }

    private Clip(List<AccessUnit> images, long loopTicks, int width, int height) {
        this.codec = Codec.MJPEG;
        this.accessUnits = List.copyOf(images);
        this.parameterSets = List.of();
        this.loopTicks = loopTicks;
        this.codedWidth = width;
        this.codedHeight = height;
    }

    /// Reads a film by what is in it: an MP4, or a raw H.264 or H.265 stream (`.h264`, `.264`, `.h265`,
    /// `.265`, `.hevc`) shown at 25 frames a second.
    ///
    /// @throws ClipUnreadableException if it is neither, or cannot be shown
    public static Clip of(Path file) {
        var name = file.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
        if (name.endsWith(".h265") || name.endsWith(".265") || name.endsWith(".hevc")) {
            return ofAnnexB(file, Codec.H265, 25);
        }
        if (name.endsWith(".h264") || name.endsWith(".264") || name.endsWith(".avc")) {
            return ofAnnexB(file, Codec.H264, 25);
        }
        return ofMp4(file);
    }

    /// Reads the first H.264 or H.265 track of an MP4 or QuickTime file, at most the first 256 MiB of
    /// it: a longer film is cut at a key frame.
    ///
    /// @throws ClipUnreadableException if the file is no such film, is damaged or encrypted
    public static Clip ofMp4(Path file) {
        return Mp4Film.read(file);
    }

    /// Reads a raw stream. It carries no times, so its pictures are shown in the order they are
    /// decoded, `fps` a second; a stream that is re-ordered is refused.
    ///
    /// @throws ClipUnreadableException if the file is no such stream
    public static Clip ofAnnexB(Path file, Codec codec, double fps) {
        return RawFilm.read(file, codec, fps);
    }

    /// Makes up an H.264 clip of four GOPs: true parameter sets and slice headers, random picture
    /// bytes. It can be sent, split, stored and counted, but shows nothing.
    public static Clip synthetic(
            int width, int height, double fps, int gop, int bytesPerFrame, long seed) {
        return synthetic(Codec.H264, width, height, fps, gop, bytesPerFrame, seed, false);
    }

    /// As above, for either codec, and with times as B-frames have them where `reordered`.
    public static Clip synthetic(
            Codec codec,
            int width,
            int height,
            double fps,
            int gop,
            int bytesPerFrame,
            long seed,
            boolean reordered) {
        return new SyntheticFilm(codec, width, height, reordered, 1, seed)
                .clip(fps, gop, bytesPerFrame);
    }

    /// As above, 640 x 360, each picture in so many slices.
    public static Clip syntheticInSlices(
            Codec codec, double fps, int gop, int bytesPerFrame, int slices, long seed) {
        return new SyntheticFilm(codec, 640, 360, false, slices, seed)
                .clip(fps, gop, bytesPerFrame);
    }

    /// Draws an MJPEG clip: images of boxes that wander, which can be shown, each with its number as a
    /// barcode.
    ///
    /// @param quality 0 to 1; at 0.5 the tables of RFC 2435's quality 50 are used, which need not be sent
    public static Clip images(
            int width, int height, double fps, int count, double quality, long seed) {
        if (width < 16 || height < 16 || width % 8 + height % 8 > 0 || width > 8192) {
            throw new IllegalArgumentException(
                    "An image is 16 to 8192 pixels each way, in blocks of 8, but got %d x %d"
                            .formatted(width, height));
        }
        long ticks = Math.round(TICKS_PER_SECOND / fps);
        var units = new SyntheticImages(width, height, quality, seed).units(count, ticks);
        return new Clip(units, count * ticks, width, height);
    }

    /// What the readers call: units in decoding order with times that need not begin at 0.
    ///
    /// @param outOfBand parameter sets that the container holds apart from the units; may be empty
    static Clip assemble(
            Codec codec, List<AccessUnit> units, List<Bytes> outOfBand, long loopTicks) {
        int firstKey = 0;
        while (firstKey < units.size() && !units.get(firstKey).key()) {
            firstKey++;
        }
        if (firstKey == units.size()) {
            throw new ClipUnreadableException(
                    "The film has %d pictures but no key frame, so nobody could begin to watch it"
                            .formatted(units.size()));
        }
        var kept = units.subList(firstKey, units.size());
        long start = kept.getFirst().dts();
        var sets = outOfBand.isEmpty() ? setsIn(codec, kept.getFirst().data().array()) : outOfBand;
        var out = new ArrayList<AccessUnit>(kept.size());
        for (var unit : kept) {
            var data = unit.key() ? withSets(codec, unit.data(), sets) : unit.data();
            out.add(new AccessUnit(data, unit.key(), unit.pts() - start, unit.dts() - start));
        }
        return new Clip(codec, out, sets, loopTicks - start);
    }

    public Codec codec() {
        return codec;
    }

    /// In sending order; the first is a key frame.
    public List<AccessUnit> accessUnits() {
        return accessUnits;
    }

    /// The parameter sets of the first key frame, without start codes, in decoding order.
    public List<Bytes> parameterSets() {
        return parameterSets;
    }

    /// How long one round takes, in 90 kHz ticks.
    public long loopTicks() {
        return loopTicks;
    }

    /// Pictures a second, on average over a round.
    public double fps() {
        return (double) accessUnits.size() * TICKS_PER_SECOND / loopTicks;
    }

    /// Coded width in pixels (a multiple of 16 for H.264).
    public int codedWidth() {
        return codedWidth;
    }

    /// Coded height in pixels (a multiple of 16 for H.264).
    public int codedHeight() {
        return codedHeight;
    }

    /// The longest that a picture waits between being decoded and shown, in ticks: 0 without B-frames.
    long reorderTicks() {
        return accessUnits.stream().mapToLong(unit -> unit.pts() - unit.dts()).max().orElse(0);
    }

    private static SequenceHeader firstHeader(Codec codec, List<Bytes> sets) {
        for (var set : sets) {
            var bytes = set.array();
            if (NalUnits.isSequenceHeader(codec, NalUnits.type(codec, bytes[0]))) {
                return SequenceHeader.parse(codec, bytes, new NalUnits.Span(0, bytes.length));
            }
        }
        throw new ClipUnreadableException(
                "The film has no sequence parameter set, so nobody could decode it");
    }

    private static List<Bytes> setsIn(Codec codec, byte[] data) {
        var sets = new ArrayList<Bytes>();
        for (var nal : NalUnits.split(data)) {
            if (NalUnits.isParameterSet(codec, NalUnits.type(codec, data[nal.offset()]))) {
                sets.add(
                        Bytes.of(
                                java.util.Arrays.copyOfRange(
                                        data, nal.offset(), nal.offset() + nal.length())));
            }
        }
        return sets;
    }

    private static Bytes withSets(Codec codec, Bytes data, List<Bytes> sets) {
        if (!setsIn(codec, data.array()).isEmpty()) {
            return data;
        }
        var out = new AnnexBBuilder();
        var nals = NalUnits.split(data.array());
        int first = NalUnits.type(codec, data.array()[nals.getFirst().offset()]);
        int delimiters = NalUnits.isDelimiter(codec, first) ? 1 : 0;
        nals.subList(0, delimiters)
                .forEach(nal -> out.add(data.array(), nal.offset(), nal.length()));
        sets.forEach(set -> out.add(set.array(), 0, set.length()));
        nals.subList(delimiters, nals.size())
                .forEach(nal -> out.add(data.array(), nal.offset(), nal.length()));
        return out.toBytes();
    }
}
