package org.custodes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.custodes.media.Bytes;

/// Looks for pieces of pictures in any bytes: three windows of 32 bytes of each access unit, as they
/// are and in the forms in which bytes get into texts (hex, base64). One pass however many there are:
/// eight bytes at every place are asked for in a set.
final class PlainSearch {
    private static final int WINDOW = 32;
    private static final int HEAD = Long.BYTES;
    private static final int LONGEST = 2 * WINDOW;
    private static final int CHUNK = 1 << 20;
    private static final int HASH_BITS = 20;

    private final Map<Long, List<Form>> byHead = new HashMap<>();
    private final BitSet heads = new BitSet(1 << HASH_BITS);

    /// One way in which a window can stand somewhere.
    private record Form(Bytes bytes, Bytes window) {
        boolean standsAt(byte[] buffer, int at, int end) {
            var length = bytes.length();
            return at + length <= end
                    && Arrays.equals(buffer, at, at + length, bytes.array(), 0, length);
        }
    }

    /// Looks for this access unit from now on.
    void add(Bytes unit) {
        for (var window : windows(unit)) {
            var hex = HexFormat.of().formatHex(window.array());
            add(new Form(window, window));
            add(new Form(ascii(hex), window));
            for (var shift = 0; shift < 3; shift++) {
                add(new Form(base64(window, shift), window));
            }
        }
    }

    /// The three windows of an access unit: its beginning, its middle and its end.
    static List<Bytes> windows(Bytes unit) {
        var last = unit.length() - WINDOW;
        if (last < 0) {
            throw new IllegalArgumentException(
                    "An access unit of %d bytes has no window of %d"
                            .formatted(unit.length(), WINDOW));
        }
        var windows = new ArrayList<Bytes>();
        for (var start : new int[] {0, last / 2, last}) {
            windows.add(Bytes.of(Arrays.copyOfRange(unit.array(), start, start + WINDOW)));
        }
        return windows;
    }

    /// The windows that stand in these bytes.
    Set<Bytes> foundIn(InputStream in) throws IOException {
        var found = new HashSet<Bytes>();
        var buffer = new byte[CHUNK];
        var kept = 0;
        while (true) {
            var read = in.readNBytes(buffer, kept, CHUNK - kept);
            var end = kept + read;
            look(buffer, end, found);
            if (read == 0) {
                return found;
            }
            // What begins here and does not end here is found with the next chunk.
            kept = Math.min(LONGEST - 1, end);
            System.arraycopy(buffer, end - kept, buffer, 0, kept);
        }
    }

    private void look(byte[] buffer, int end, Set<Bytes> found) {
        var head = 0L;
        for (var next = 0; next < end; next++) {
            head = (head << 8) | (buffer[next] & 0xff);
            var at = next - HEAD + 1;
            if (at >= 0 && heads.get(hash(head))) {
                for (var form : byHead.getOrDefault(head, List.of())) {
                    if (form.standsAt(buffer, at, end)) {
                        found.add(form.window());
                    }
                }
            }
        }
    }

    private void add(Form form) {
        var head = 0L;
        for (var i = 0; i < HEAD; i++) {
            head = (head << 8) | (form.bytes().array()[i] & 0xff);
        }
        heads.set(hash(head));
        byHead.computeIfAbsent(head, _ -> new ArrayList<>()).add(form);
    }

    private static int hash(long head) {
        return (int) ((head * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - HASH_BITS));
    }

    /// The characters that a window has for certain in the base64 of something longer, where it begins
    /// `shift` bytes after a group of three.
    private static Bytes base64(Bytes window, int shift) {
        var shifted = new byte[shift + WINDOW];
        System.arraycopy(window.array(), 0, shifted, shift, WINDOW);
        var text = Base64.getEncoder().encodeToString(shifted);
        return ascii(text.substring(Math.ceilDiv(shift * 8, 6), shifted.length * 8 / 6));
    }

    private static Bytes ascii(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
