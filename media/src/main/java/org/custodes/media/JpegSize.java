package org.custodes.media;

import java.util.Optional;

/// How large a JPEG image is, by its frame header (ITU-T T.81 section B.2.2).
///
/// @param width 1 to 65,535 pixels
/// @param height 1 to 65,535 pixels
public record JpegSize(int width, int height) {
    private static final int MARKER = 0xFF;
    private static final int IMAGE_BEGINS = 0xD8;
    private static final int SCAN_BEGINS = 0xDA;

    /// What the headers between `start` and `end` tell: those of a whole image, or a part of them that
    /// begins with a marker.
    ///
    /// @return empty if no frame header is there, or what stands before it cannot be read
    public static Optional<JpegSize> of(byte[] bytes, int start, int end) {
        var at = start;
        while (at + 4 <= end && u8(bytes, at) == MARKER) {
            var marker = u8(bytes, at + 1);
            if (marker == IMAGE_BEGINS || marker == MARKER) {
                // The image's first marker has no content, and a marker may have any number of 0xFF
                // before it.
                at += marker == MARKER ? 1 : 2;
                continue;
            }
            if (marker == SCAN_BEGINS) {
                return Optional.empty();
            }
            if (isFrameHeader(marker)) {
                return at + 9 <= end ? size(bytes, at) : Optional.empty();
            }
            at += 2 + Math.max(2, u16(bytes, at + 2));
        }
        return Optional.empty();
    }

    /// SOF0 to SOF15 but for the three numbers among them that are something else (T.81 table B.1).
    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static Optional<JpegSize> size(byte[] bytes, int at) {
        var height = u16(bytes, at + 5);
        var width = u16(bytes, at + 7);
        return width == 0 || height == 0
                ? Optional.empty()
                : Optional.of(new JpegSize(width, height));
    }

    private static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    private static int u16(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }
}
