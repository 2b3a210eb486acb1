package org.custodes.simulator;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.custodes.media.Bytes;

/// What RTP carries of a JPEG image (RFC 2435): a few numbers, its quantization tables and its scan.
///
/// @param type 0 where colour has half as many columns (4:2:2), 1 where it also has half as many rows
/// @param tables the quantization tables of 64 bytes each, one after another
/// @param scanStart where the scan begins in the image; it goes to the image's end
record JpegImage(int width, int height, int type, Bytes tables, int scanStart) {
    private static final int TABLES = 0xDB;
    private static final int FRAME = 0xC0;
    private static final int SCAN = 0xDA;

    /// The first quantization table of quality 50, in the order in which it is written (T.81 table K.1).
    private static final byte[] USUAL = {16, 11, 12, 14, 12, 10, 16, 14};

    /// Reads an image of the usual form: baseline, 8-bit tables, three components.
    static JpegImage parse(byte[] image) {
        var tables = new ByteArrayOutputStream();
        int width = 0;
        int height = 0;
        int type = 0;
        int at = 2;
        while (true) {
            int marker = image[at + 1] & 0xff;
            int length = u16(image, at + 2);
            switch (marker) {
                case TABLES -> {
                    for (int table = at + 4; table < at + 2 + length; table += 65) {
                        tables.write(image, table + 1, 64);
                    }
                }
                case FRAME -> {
                    height = u16(image, at + 5);
                    width = u16(image, at + 7);
                    type = image[at + 11] == 0x22 ? 1 : 0;
                }
                case SCAN -> {
                    return new JpegImage(
                            width, height, type, Bytes.of(tables.toByteArray()), at + 2 + length);
                }
                default -> {
                    // Entropy codes are the usual ones, the rest is of no use to anybody.
                }
            }
            at += 2 + length;
        }
    }

    /// Whether its tables are those of quality 50: then that number is sent in their place.
    boolean hasUsualTables() {
        return Arrays.equals(Arrays.copyOf(tables.array(), USUAL.length), USUAL);
    }

    private static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
}
