package org.custodes.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;

/// Reads the first H.264 or H.265 track of an MP4 file (ISO/IEC 14496-12 and -15). Lengths that the
/// file tells are checked against its size before anything is allocated.
final class Mp4Film {
    private static final long LARGEST_INDEX = 64L << 20;
    private static final int LARGEST_SAMPLE = 16 << 20;
    private static final long MOST_VIDEO = 256L << 20;
    private static final int SAMPLE_ENTRY_FIELDS = 78; // of a VisualSampleEntry, before its boxes
    private static final int MOST_TICKS_BITS = 45; // 12 years at 90 kHz

    private final FileChannel file;
    private final long fileSize;

    private Mp4Film(FileChannel file) throws IOException {
        this.file = file;
        this.fileSize = file.size();
    }

    static Clip read(Path path) {
        try (var file = FileChannel.open(path)) {
            return new Mp4Film(file).clip();
        } catch (IOException e) {
            throw new ClipUnreadableException("%s cannot be read: %s".formatted(path, e), e);
        } catch (ClipUnreadableException e) {
            throw new ClipUnreadableException(
                    "%s cannot be shown. %s".formatted(path, e.getMessage()), e);
        }
    }

    /// What a sample entry says: how the units are kept, and the parameter sets beside them.
    private record Track(Codec codec, int lengthBytes, List<Bytes> sets, Mp4Box media) {}

    private Clip clip() throws IOException {
        var track = videoTrack(readIndex());
        var header = track.media().at("mdhd").payload();
        if (header.limit() < 24) {
            throw new ClipUnreadableException(
                    "The film's index is damaged: its box mdhd is cut off");
        }
        long scale = header.getInt(header.get(0) == 1 ? 20 : 12) & 0xffff_ffffL;
        if (scale == 0) {
            throw new ClipUnreadableException("The film's index is damaged: its time scale is 0");
        }
        var table = new Mp4SampleTable(track.media().at("minf", "stbl"));
        if (ticks(table.end(), scale) >= 1L << MOST_TICKS_BITS) {
            throw new ClipUnreadableException(
                    "The film says that it lasts for years: it is damaged");
        }
        return readSamples(track, table, scale);
    }

    private Clip readSamples(Track track, Mp4SampleTable table, long scale) throws IOException {
        var units = new ArrayList<AccessUnit>();
        long bytes = 0;
        long dts = -1;
        for (int i = 0; i < table.count() && bytes <= MOST_VIDEO; i++) {
            var sample = readSample(table, i);
            var unit = new AnnexBBuilder();
            boolean key = addUnits(track, sample, unit, i);
            if (unit.isEmpty()) {
                continue;
            }
            // Two pictures never share a time: receivers tell them apart by it.
            dts = Math.max(dts + 1, ticks(table.decodeTime(i), scale));
            long pts = Math.max(dts, ticks(table.showTime(i), scale));
            units.add(new AccessUnit(unit.toBytes(), key, pts, dts));
            bytes += unit.size();
        }
        if (bytes <= MOST_VIDEO) {
            long end = Math.max(dts + 1, ticks(table.end(), scale));
            return Clip.assemble(track.codec(), units, track.sets(), end);
        }
        return cutAtKey(track, units);
    }

    private static Clip cutAtKey(Track track, List<AccessUnit> units) {
        int last = units.size() - 1;
        while (last > 0 && !units.get(last).key()) {
            last--;
        }
        if (last == 0) {
            throw new ClipUnreadableException(
                    "The film has no second key frame in its first %d MiB, so no loop can be cut from it"
                            .formatted(MOST_VIDEO >> 20));
        }
        return Clip.assemble(
                track.codec(), units.subList(0, last), track.sets(), units.get(last).dts());
    }

    private static long ticks(long time, long scale) {
        return time / scale * Clip.TICKS_PER_SECOND + time % scale * Clip.TICKS_PER_SECOND / scale;
    }

    private byte[] readSample(Mp4SampleTable table, int index) throws IOException {
        long offset = table.offset(index);
        int size = table.size(index);
        if (size < 0 || size > LARGEST_SAMPLE || offset < 0 || offset > fileSize - size) {
            throw new ClipUnreadableException(
                    "Sample %d should have %d bytes at %d, but the file has %d bytes: it is cut off or"
                                    .formatted(index, size & 0xffff_ffffL, offset, fileSize)
                            + " damaged");
        }
        return readAt(offset, size).array();
    }

    private ByteBuffer readAt(long offset, int size) throws IOException {
        var bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {
            // goes on until it is full or the file ends
        }
        if (bytes.hasRemaining()) {
            throw new ClipUnreadableException("It became shorter while it was read");
        }
        return bytes.flip();
    }

    /// Puts start codes for lengths; tells whether the picture is a key frame.
    private static boolean addUnits(Track track, byte[] sample, AnnexBBuilder out, int index) {
        boolean key = false;
        int at = 0;
        while (at < sample.length) {
            if (sample.length - at < track.lengthBytes()) {
                throw damagedSample(index);
            }
            long length = 0;
            for (int i = 0; i < track.lengthBytes(); i++) {
                length = (length << 8) | (sample[at++] & 0xff);
            }
            if (length > sample.length - at) {
                throw damagedSample(index);
            }
            if (length > 0) {
                key |=
                        NalUnits.isKeyPicture(
                                track.codec(), NalUnits.type(track.codec(), sample[at]));
                out.add(sample, at, (int) length);
            }
            at += (int) length;
        }
        return key;
    }

    private static ClipUnreadableException damagedSample(int index) {
        return new ClipUnreadableException(
                "Sample %d is damaged: a unit in it is longer than the sample".formatted(index));
    }

    private Mp4Box readIndex() throws IOException {
        long at = 0;
        boolean known = false;
        while (at <= fileSize - 8) {
            var head = readAt(at, (int) Math.min(16, fileSize - at));
            long size = head.getInt() & 0xffff_ffffL;
            var type = Mp4Box.fourCharacters(head);
            int headBytes = 8;
            if (size == 1 && head.remaining() == 8) {
                size = head.getLong();
                headBytes = 16;
            } else if (size == 0) {
                size = fileSize - at;
            }
            known |= type.equals("ftyp") || type.equals("mdat") || type.equals("moov");
            if (!known || size < headBytes) {
                break;
            }
            if (type.equals("moov")) {
                return index(at + headBytes, size - headBytes);
            }
            at = size > fileSize - at ? fileSize : at + size;
        }
        throw new ClipUnreadableException(
                known
                        ? "It is an MP4 without an index (moov): it was cut off while it was made"
                        : "It is no MP4. Name an MP4 with H.264 or H.265 video, or a raw stream that"
                                + " ends in .h264 or .h265");
    }

    private Mp4Box index(long offset, long size) throws IOException {
        if (size > LARGEST_INDEX || size > fileSize - offset) {
            throw new ClipUnreadableException(
                    "The index should have %d bytes; %d are left in the file and %d are the most that"
                                    .formatted(size, fileSize - offset, LARGEST_INDEX)
                            + " is read");
        }
        return new Mp4Box("moov", readAt(offset, (int) size));
    }

    private static Track videoTrack(Mp4Box moov) {
        var seen = new ArrayList<String>();
        for (var trak : moov.children()) {
            if (!trak.type().equals("trak")) {
                continue;
            }
            var media = trak.at("mdia");
            var descriptions = media.at("minf", "stbl", "stsd").payload();
            if (descriptions.limit() < 16) {
                continue;
            }
            var entries = Mp4Box.in(descriptions.slice(8, descriptions.limit() - 8));
            if (entries.isEmpty()) {
                continue;
            }
            var entry = entries.getFirst();
            switch (entry.type()) {
                case "avc1", "avc3" -> {
                    return h264(entry, media);
                }
                case "hvc1", "hev1" -> {
                    return h265(entry, media);
                }
                default -> seen.add(Mp4Box.printable(entry.type()));
            }
        }
        throw new ClipUnreadableException(
                "It has no H.264 or H.265 video track that is in the clear; its tracks are %s"
                        .formatted(seen));
    }

    private static ByteBuffer configuration(Mp4Box entry, String type) {
        var payload = entry.payload();
        if (payload.limit() < SAMPLE_ENTRY_FIELDS) {
            throw new ClipUnreadableException(
                    "The film's index is damaged: its box %s is cut off".formatted(entry.type()));
        }
        int rest = payload.limit() - SAMPLE_ENTRY_FIELDS;
        return new Mp4Box(entry.type(), payload.slice(SAMPLE_ENTRY_FIELDS, rest))
                .at(type)
                .payload();
    }

    /// AVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 5.3.3.1.
    private static Track h264(Mp4Box entry, Mp4Box media) {
        var record = configuration(entry, "avcC").duplicate();
        try {
            int lengthBytes = (record.get(4) & 3) + 1;
            record.position(5);
            var sets = new ArrayList<Bytes>();
            addSets(record, record.get() & 0x1f, sets);
            addSets(record, record.get() & 0xff, sets);
            return new Track(Codec.H264, lengthBytes, sets, media);
        } catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException e) {
            throw new ClipUnreadableException("The film's index is damaged: avcC is cut off", e);
        }
    }

    /// HEVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 8.3.3.1.
    private static Track h265(Mp4Box entry, Mp4Box media) {
        var record = configuration(entry, "hvcC").duplicate();
        try {
            int lengthBytes = (record.get(21) & 3) + 1;
            int arrays = record.get(22) & 0xff;
            record.position(23);
            var sets = new ArrayList<Bytes>();
            for (int i = 0; i < arrays; i++) {
                int type = record.get() & 0x3f;
                var array = new ArrayList<Bytes>();
                addSets(record, record.getShort() & 0xffff, array);
                if (NalUnits.isParameterSet(Codec.H265, type)) {
                    sets.addAll(array);
                }
            }
            return new Track(Codec.H265, lengthBytes, sets, media);
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | java.nio.BufferUnderflowException e) {
            throw new ClipUnreadableException("The film's index is damaged: hvcC is cut off", e);
        }
    }

    private static void addSets(ByteBuffer record, int count, List<Bytes> sets) {
        for (int i = 0; i < count; i++) {
            int length = record.getShort() & 0xffff;
            if (length > record.remaining()) {
                throw new java.nio.BufferUnderflowException();
            }
            var set = new byte[length];
            record.get(set);
            if (length > 0) {
                sets.add(Bytes.of(set));
            }
        }
    }
}
