package org.custodes.simulator;

import java.awt.image.BufferedImage;
import java.util.Optional;

/// The row of black and white cells at the bottom of drawn pictures that says which scene and frame they
/// show. Layout, with coordinates as fractions of the picture: `docs/formats/barcode.md`.
///
/// @param scene 0 to 255
/// @param frame in the loop, 0 to 65535
public record Barcode(int scene, int frame) {
    static final int CELLS = 52;
    static final int BITS = 48;
    private static final int MAGIC = 0xc5;
    private static final double LEFT = 1 / 80.0;
    private static final double CELL_WIDTH = 3 / 160.0;
    private static final double CELL_HEIGHT = 1 / 30.0;
    private static final int LEAST_CONTRAST = 60;

    public Barcode {
        if (scene < 0 || scene > 0xff || frame < 0 || frame > 0xffff) {
            throw new IllegalArgumentException(
                    "A barcode has scene 0 to 255 and frame 0 to 65535, but got %d and %d"
                            .formatted(scene, frame));
        }
    }

    /// Reads the barcode of a picture of any size from 160 pixels wide, if it has one that is whole.
    public static Optional<Barcode> read(BufferedImage picture) {
        var luma = new int[CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            luma[cell] = cellLuma(picture, cell);
        }
        int white = (luma[0] + luma[CELLS - 1]) / 2;
        int black = (luma[1] + luma[CELLS - 2]) / 2;
        if (white - black < LEAST_CONTRAST) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < BITS; i++) {
            bits = bits << 1 | (luma[i + 2] > (white + black) / 2 ? 1 : 0);
        }
        return ofBits(bits);
    }

    /// Whether that cell, 0 to 51 from the left, is white.
    boolean isWhite(int cell) {
        return switch (cell) {
            case 0, CELLS - 1 -> true;
            case 1, CELLS - 2 -> false;
            default -> (bits() >> (BITS - 1 - (cell - 2)) & 1) == 1;
        };
    }

    /// Left edge of a cell in a picture this wide; of cell 52, the right edge of the last.
    static int left(int cell, int pictureWidth) {
        return (int) Math.round((LEFT + cell * CELL_WIDTH) * pictureWidth);
    }

    static int top(int pictureHeight) {
        return (int) Math.round((1 - CELL_HEIGHT) * pictureHeight);
    }

    long bits() {
        long head = (long) MAGIC << 24 | (long) scene << 16 | frame;
        return head << 16 | check(head);
    }

    private static Optional<Barcode> ofBits(long bits) {
        long head = bits >>> 16;
        if (head >>> 24 != MAGIC || check(head) != (bits & 0xffff)) {
            return Optional.empty();
        }
        return Optional.of(new Barcode((int) (head >> 16 & 0xff), (int) (head & 0xffff)));
    }

    /// CRC-16/CCITT-FALSE over the four bytes of the head.
    private static int check(long head) {
        int crc = 0xffff;
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc ^= (int) (head >> shift & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xffff : crc << 1;
            }
        }
        return crc;
    }

    /// Mean luma (BT.709) of the middle half of a cell.
    private static int cellLuma(BufferedImage picture, int cell) {
        double width = CELL_WIDTH * picture.getWidth();
        double left = (LEFT + cell * CELL_WIDTH) * picture.getWidth();
        double height = CELL_HEIGHT * picture.getHeight();
        double top = picture.getHeight() - height;
        double sum = 0;
        int count = 0;
        for (int y = (int) (top + height / 4); y < top + height * 3 / 4; y++) {
            for (int x = (int) Math.ceil(left + width / 4); x < left + width * 3 / 4; x++) {
                int rgb = picture.getRGB(x, y);
                sum +=
                        0.2126 * (rgb >> 16 & 0xff)
                                + 0.7152 * (rgb >> 8 & 0xff)
                                + 0.0722 * (rgb & 0xff);
                count++;
            }
        }
        return count == 0 ? 0 : (int) (sum / count);
    }
}
