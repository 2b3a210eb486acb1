package org.custodes.simulator;

import java.util.List;
import org.custodes.media.Codec;

/// Cuts access units into packets: H.264 as RFC 6184 (packetization mode 1), H.265 as RFC 7798,
/// MJPEG as RFC 2435, with the habits that a camera's settings give it.
final class Packetizer {
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int H265_AP = 48;
    private static final int H265_FU = 49;
    private static final int JPEG_HEADER = 8;
    private static final int JPEG_TABLES_SENT = 255;
    private static final int JPEG_USUAL_QUALITY = 50;

    /// What a width or height counted in blocks of 8 in one byte can say.
    private static final int MOST_PIXELS = 2040;

    private final CameraSettings settings;
    private final int payloadBytes;

    Packetizer(CameraSettings settings) {
        this.settings = settings;
        this.payloadBytes = settings.packetBytes();
    }

    void cut(Codec codec, byte[] accessUnit, Packets into) {
        into.clear(codec, settings.has(Quirk.EXTENSION_AND_PADDING));
        if (codec == Codec.MJPEG) {
            cutImage(accessUnit, into);
        } else {
            cutUnits(codec, accessUnit, into);
        }
        into.end();
        if (!settings.has(Quirk.NO_MARKERS)) {
            into.mark();
        }
    }

    /// RFC 2435: every packet says where in the scan it lies, the first one how the scan is to be read.
    private void cutImage(byte[] image, Packets into) {
        var parts = JpegImage.parse(image);
        boolean sent = !parts.hasUsualTables();
        boolean large = parts.width() > MOST_PIXELS || parts.height() > MOST_PIXELS;
        int room = payloadBytes - JPEG_HEADER;
        for (int at = parts.scanStart(); at < image.length; ) {
            int offset = at - parts.scanStart();
            int tables = sent && offset == 0 ? 4 + parts.tables().length() : 0;
            int part = Math.min(Math.max(room - tables, 1), image.length - at);
            var packet = into.begin(JPEG_HEADER + tables + part);
            packet.putInt(offset);
            packet.put((byte) parts.type());
            packet.put((byte) (sent ? JPEG_TABLES_SENT : JPEG_USUAL_QUALITY));
            packet.put((byte) (large ? 0 : parts.width() / 8));
            packet.put((byte) (large ? 0 : parts.height() / 8));
            if (tables > 0) {
                packet.putShort((short) 0).putShort((short) parts.tables().length());
                packet.put(parts.tables().array());
            }
            packet.put(image, at, part);
            at += part;
        }
    }

    private void cutUnits(Codec codec, byte[] accessUnit, Packets into) {
        var nals = NalUnits.split(accessUnit);
        int at = 0;
        while (at < nals.size()) {
            int together = aggregated(codec, accessUnit, nals.subList(at, nals.size()));
            if (together > 1) {
                aggregate(codec, accessUnit, nals.subList(at, at + together), into);
            } else if (nals.get(at).length() <= payloadBytes) {
                into.begin(nals.get(at).length())
                        .put(accessUnit, nals.get(at).offset(), nals.get(at).length());
            } else {
                fragment(codec, accessUnit, nals.get(at), into);
            }
            if (settings.has(Quirk.MARKER_ON_EVERY_SLICE)
                    && NalUnits.isPicture(codec, type(codec, accessUnit, nals.get(at)))) {
                into.mark();
            }
            at += Math.max(1, together);
        }
    }

    /// How many parameter sets at the front go into one packet.
    private int aggregated(Codec codec, byte[] unit, List<NalUnits.Span> nals) {
        if (!settings.has(Quirk.AGGREGATED_SETS)) {
            return 0;
        }
        int size = 2;
        int count = 0;
        while (count < nals.size()
                && NalUnits.isParameterSet(codec, type(codec, unit, nals.get(count)))
                && size + 2 + nals.get(count).length() <= payloadBytes) {
            size += 2 + nals.get(count).length();
            count++;
        }
        return count;
    }

    private static void aggregate(
            Codec codec, byte[] unit, List<NalUnits.Span> nals, Packets into) {
        int header = codec == Codec.H264 ? 1 : 2;
        int size = header + nals.stream().mapToInt(nal -> 2 + nal.length()).sum();
        var packet = into.begin(size);
        switch (codec) {
            case H264 -> packet.put((byte) (0x60 | STAP_A));
            case H265 -> packet.put((byte) (H265_AP << 1)).put((byte) 1);
            case MJPEG -> throw NalUnits.none();
        }
        for (var nal : nals) {
            packet.putShort((short) nal.length()).put(unit, nal.offset(), nal.length());
        }
    }

    private void fragment(Codec codec, byte[] unit, NalUnits.Span nal, Packets into) {
        int nalHeader = codec == Codec.H264 ? 1 : 2;
        int at = nal.offset() + nalHeader;
        int end = nal.offset() + nal.length();
        boolean first = true;
        while (at < end) {
            int part = Math.min(payloadBytes - nalHeader - 1, end - at);
            int edges = (first ? 0x80 : 0) | (at + part == end ? 0x40 : 0);
            var packet = into.begin(nalHeader + 1 + part);
            switch (codec) {
                case H264 -> packet.put((byte) ((unit[nal.offset()] & 0xe0) | FU_A));
                case H265 ->
                        packet.put((byte) ((unit[nal.offset()] & 0x81) | (H265_FU << 1)))
                                .put(unit[nal.offset() + 1]);
                case MJPEG -> throw NalUnits.none();
            }
            packet.put((byte) (edges | type(codec, unit, nal))).put(unit, at, part);
            at += part;
            first = false;
        }
    }

    private static int type(Codec codec, byte[] unit, NalUnits.Span nal) {
        return NalUnits.type(codec, unit[nal.offset()]);
    }
}
