package org.custodes.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One box of an MP4 file that is wholly in memory (ISO/IEC 14496-12 section 4.2).
///
/// @param type four characters
/// @param payload what follows size and type, positioned at 0
record Mp4Box(String type, ByteBuffer payload) {

    /// The boxes that `bytes` consists of. A size that does not fit is an error.
    static List<Mp4Box> in(ByteBuffer bytes) {
        var boxes = new ArrayList<Mp4Box>();
        var rest = bytes.duplicate();
        while (rest.remaining() >= 8) {
            int start = rest.position();
            long size = rest.getInt() & 0xffff_ffffL;
            var type = fourCharacters(rest);
            if (size == 1) {
                size = rest.remaining() >= 8 ? rest.getLong() : -1;
            } else if (size == 0) {
                size = (long) rest.limit() - start;
            }
            int head = rest.position() - start;
            if (size < head || size > rest.limit() - start) {
                throw new ClipUnreadableException(
                        "The film's index is damaged: its box %s says it has %d bytes where %d are left"
                                .formatted(printable(type), size, rest.limit() - start));
            }
            boxes.add(new Mp4Box(type, rest.slice(start + head, (int) size - head)));
            rest.position(start + (int) size);
        }
        return boxes;
    }

    List<Mp4Box> children() {
        return in(payload);
    }

    /// The first box that lies at this path below.
    Mp4Box at(String... path) {
        var box = this;
        for (var step : path) {
            box = box.child(step);
        }
        return box;
    }

    boolean has(String type) {
        return children().stream().anyMatch(child -> child.type.equals(type));
    }

    private Mp4Box child(String wanted) {
        for (var child : children()) {
            if (child.type.equals(wanted)) {
                return child;
            }
        }
        throw new ClipUnreadableException(
                "The film's index is damaged: its box %s lacks the box %s"
                        .formatted(printable(type), wanted));
    }

    static String fourCharacters(ByteBuffer from) {
        var four = new byte[4];
        from.get(four);
        return new String(four, StandardCharsets.ISO_8859_1);
    }

    static String printable(String type) {
        return type.replaceAll("[^ -~]", "?");
    }
}
