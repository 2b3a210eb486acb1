package org.custodes.simulator;

/// Capital letters and digits of 5 by 7 dots, so that pictures look the same on every machine, with
/// fonts or without.
final class Lettering {
    private static final String GLYPHS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:.";
    private static final String COLUMNS =
            "3E5149453E00427F400042615149462141454B311814127F1027454545393C4A494930017109050336494949360649"
                    + "49291E7E1111117E7F494949363E414141227F4141221C7F494949417F090909013E4149497A7F0808087F00"
                    + "417F41002040413F017F081422417F404040407F020C027F7F0408107F3E4141413E7F090909063E4151215E"
                    + "7F09192946464949493101017F01013F4040403F1F2040201F3F4038403F6314081463070870080761514945"
                    + "4300363600000060600000";

    private Lettering() {}

    /// Writes light letters with a dark edge into a picture.
    ///
    /// @param dot the size of a dot in pixels
    static void write(int[] rgb, int width, int left, int top, int dot, String text) {
        for (int pass = 0; pass < 2; pass++) {
            int at = left;
            for (int i = 0; i < text.length(); i++) {
                glyph(rgb, width, at, top, dot, text.charAt(i), pass == 0);
                at += 6 * dot;
            }
        }
    }

    private static void glyph(
            int[] rgb, int width, int left, int top, int dot, char letter, boolean edge) {
        int glyph = GLYPHS.indexOf(letter);
        for (int column = 0; column < 5 && glyph >= 0; column++) {
            int bits =
                    Integer.parseInt(
                            COLUMNS, glyph * 10 + column * 2, glyph * 10 + column * 2 + 2, 16);
            for (int row = 0; row < 7; row++) {
                if ((bits >> row & 1) == 1) {
                    int grown = edge ? 1 : 0;
                    fill(
                            rgb,
                            width,
                            left + column * dot - grown,
                            top + row * dot - grown,
                            dot + 2 * grown,
                            dot + 2 * grown,
                            edge ? 0x101214 : 0xe8eaec);
                }
            }
        }
    }

    static void fill(int[] rgb, int width, int left, int top, int wide, int high, int colour) {
        for (int y = top; y < top + high; y++) {
            java.util.Arrays.fill(rgb, y * width + left, y * width + left + wide, colour);
        }
    }
}
