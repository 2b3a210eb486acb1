package org.custodes.rtsp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.custodes.media.Bytes;
import org.custodes.media.JpegSize;
import org.jspecify.annotations.Nullable;

/// The headers of a JPEG image, which RTP does not carry: they are made anew from the few numbers that
/// it carries (RFC 2435 section 3.1 and appendices A and B). All entropy codes are the usual ones of
/// ITU-T T.81 annex K.3; a camera that uses others cannot send its pictures this way.
final class JpegHeaders {
    /// As many bytes as a quantization table has, at 8 bits each.
    static final int TABLE = 64;

    /// T.81 tables K.1 and K.2, in rows.
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69,
        56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81,
        104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    private static final int[] CHROMINANCE = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99,
                99,
        47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
    };

    /// In which order a table is written: T.81 figure A.6.
    private static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27,
        20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
        58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
    };

    /// The entropy codes, each a segment's content: class and number, 16 counts, the values.
    private static final String[] CODES = {
        "00" + "00010501010101010100000000000000" + "000102030405060708090a0b",
        "10"
                + "0002010303020403050504040000017d"
                + "01020300041105122131410613516107227114328191a1082342b1c11552d1f024336272"
                + "82090a161718191a25262728292a3435363738393a434445464748494a53545556575859"
                + "5a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3"
                + "a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2"
                + "e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa",
        "01" + "00030101010101010101010000000000" + "000102030405060708090a0b",
        "11"
                + "00020102040403040705040400010277"
                + "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d1"
                + "0a162434e125f11718191a262728292a35363738393a434445464748494a535455565758"
                + "595a636465666768696a737475767778797a82838485868788898a92939495969798999a"
                + "a2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da"
                + "e2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa",
    };

    private JpegHeaders() {}

    /// What stands before the scan.
    ///
    /// @param halfRows whether colour has half as many rows as brightness (4:2:0); it has half as many
    ///     columns in any case
    /// @param restartInterval in blocks; 0 for none
    /// @param tables one quantization table, or two, at 8 or 16 bits each
    static Bytes of(JpegSize size, boolean halfRows, int restartInterval, Tables tables) {
        var out = new ByteArrayOutputStream();
        word(out, 0xFFD8);
        for (var i = 0; i < 2; i++) {
            table(out, i, tables);
        }
        if (restartInterval > 0) {
            word(out, 0xFFDD);
            word(out, 4);
            word(out, restartInterval);
        }
        frame(out, size, halfRows);
        for (var code : CODES) {
            var content = HexFormat.of().parseHex(code);
            word(out, 0xFFC4);
            word(out, 2 + content.length);
            out.writeBytes(content);
        }
        scan(out);
        return Bytes.of(out.toByteArray());
    }

    private static void table(ByteArrayOutputStream out, int number, Tables tables) {
        var table = tables.number(number);
        word(out, 0xFFDB);
        word(out, 3 + table.length);
        out.write((table.length > TABLE ? 0x10 : 0) | number);
        out.writeBytes(table);
    }

    private static void frame(ByteArrayOutputStream out, JpegSize size, boolean halfRows) {
        word(out, 0xFFC0);
        word(out, 17);
        out.write(8);
        word(out, size.height());
        word(out, size.width());
        out.write(3);
        for (var component = 1; component <= 3; component++) {
            out.write(component);
            out.write(component > 1 ? 0x11 : halfRows ? 0x22 : 0x21);
            out.write(component > 1 ? 1 : 0);
        }
    }

    private static void scan(ByteArrayOutputStream out) {
        word(out, 0xFFDA);
        word(out, 12);
        out.write(3);
        for (var component = 1; component <= 3; component++) {
            out.write(component);
            out.write(component > 1 ? 0x11 : 0x00);
        }
        out.write(0);
        out.write(63);
        out.write(0);
    }

    private static void word(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    /// The quantization tables of an image, as they came or by a quality.
    ///
    /// @param first for brightness
    /// @param second for colour
    record Tables(Bytes first, Bytes second) {

        /// By a quality of 1 to 99 (RFC 2435 appendix A).
        static Tables ofQuality(int quality) {
            return new Tables(scaled(LUMINANCE, quality), scaled(CHROMINANCE, quality));
        }

        private static Bytes scaled(int[] table, int quality) {
            var percent = quality < 50 ? 5_000 / quality : 200 - 2 * quality;
            var scaled = new byte[TABLE];
            for (var i = 0; i < TABLE; i++) {
                scaled[i] = (byte) Math.clamp((table[ZIGZAG[i]] * percent + 50) / 100, 1, 255);
            }
            return Bytes.of(scaled);
        }

        byte[] number(int number) {
            return (number == 0 ? first : second).array();
        }

        /// Those in the `length` bytes at `at`: one for both, or two, of which `precision` says by its
        /// lowest bits which have 16 bits (section 3.1.8).
        ///
        /// @return null if they are of no such form
        static @Nullable Tables read(byte[] bytes, int at, int length, int precision) {
            var one = (precision & 1) == 0 ? TABLE : 2 * TABLE;
            var two = (precision & 2) == 0 ? TABLE : 2 * TABLE;
            if (length == one) {
                var only = Bytes.of(Arrays.copyOfRange(bytes, at, at + one));
                return new Tables(only, only);
            }
            return length != one + two
                    ? null
                    : new Tables(
                            Bytes.of(Arrays.copyOfRange(bytes, at, at + one)),
                            Bytes.of(Arrays.copyOfRange(bytes, at + one, at + one + two)));
        }
    }
}
