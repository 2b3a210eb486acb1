package org.custodes.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.custodes.media.Bytes;

/// One CBOR map in the core deterministic encoding (RFC 8949 section 4.2.1), as far as the log needs
/// it: the keys are the numbers 0 to 23, a value is a number, a byte string, a text or a list of byte
/// strings.
///
/// One map has one encoding, and whatever decodes encodes to the same bytes again: what is hashed
/// cannot be said in a second way.
final class CborMap {
    private static final int NUMBER = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    private static final int MOST_KEYS = 24;

    private sealed interface Value {
        record Count(long value) implements Value {}

        record ByteString(Bytes value) implements Value {}

        record Text(String value) implements Value {}

        record Strings(List<byte[]> value) implements Value {}
    }

    private final TreeMap<Integer, Value> values = new TreeMap<>();

    CborMap number(int key, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("Only numbers from 0, but got %d".formatted(value));
        }
        return put(key, new Value.Count(value));
    }

    CborMap bytes(int key, byte[] value) {
        return put(key, new Value.ByteString(Bytes.of(value)));
    }

    CborMap text(int key, String value) {
        return put(key, new Value.Text(value));
    }

    /// A text that is left out when it is empty.
    CborMap textIfAny(int key, String value) {
        return value.isEmpty() ? this : text(key, value);
    }

    CborMap byteStrings(int key, List<byte[]> value) {
        return put(key, new Value.Strings(List.copyOf(value)));
    }

    long number(int key) {
        return numberIfAny(key).orElseThrow(() -> missing(key, "number"));
    }

    OptionalLong numberIfAny(int key) {
        return switch (values.get(key)) {
            case null -> OptionalLong.empty();
            case Value.Count(var value) -> OptionalLong.of(value);
            default -> throw missing(key, "number");
        };
    }

    byte[] bytes(int key) {
        return bytesIfAny(key).orElseThrow(() -> missing(key, "byte string"));
    }

    Optional<byte[]> bytesIfAny(int key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case Value.ByteString(var value) -> Optional.of(value.array());
            default -> throw missing(key, "byte string");
        };
    }

    String text(int key) {
        return textIfAny(key).orElseThrow(() -> missing(key, "text"));
    }

    Optional<String> textIfAny(int key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case Value.Text(var value) -> Optional.of(value);
            default -> throw missing(key, "text");
        };
    }

    List<byte[]> byteStrings(int key) {
        return switch (values.get(key)) {
            case Value.Strings(var value) -> value;
            case null, default -> throw missing(key, "list");
        };
    }

    byte[] encode() {
        var out = new ByteArrayOutputStream(256);
        head(out, MAP, values.size());
        values.forEach((key, value) -> {
            head(out, NUMBER, key);
            encode(out, value);
        });
        return out.toByteArray();
    }

    /// Reads exactly one map. No length is trusted before that many bytes are seen to be there.
    ///
    /// @throws MalformedEntryException if the bytes are anything else
    static CborMap decode(byte[] encoded) {
        var in = ByteBuffer.wrap(encoded);
        var size = head(in, MAP);
        if (size > MOST_KEYS) {
            throw malformed("a map of %d keys".formatted(size));
        }
        var map = new CborMap();
        for (var i = 0; i < size; i++) {
            var key = head(in, NUMBER);
            if (key >= MOST_KEYS || (!map.values.isEmpty() && key <= map.values.lastKey())) {
                throw malformed("key %d where it does not belong".formatted(key));
            }
            map.values.put((int) key, value(in));
        }
        if (in.hasRemaining()) {
            throw malformed("%d bytes after the end".formatted(in.remaining()));
        }
        return map;
    }

    private CborMap put(int key, Value value) {
        if (key < 0 || key >= MOST_KEYS || values.put(key, value) != null) {
            throw new IllegalArgumentException(
                    "Key %d is out of range or given twice".formatted(key));
        }
        return this;
    }

    private static void encode(ByteArrayOutputStream out, Value value) {
        switch (value) {
            case Value.Count(var number) -> head(out, NUMBER, number);
            case Value.ByteString(var bytes) -> string(out, BYTES, bytes.array());
            case Value.Text(var text) -> string(out, TEXT, text.getBytes(StandardCharsets.UTF_8));
            case Value.Strings(var strings) -> {
                head(out, LIST, strings.size());
                strings.forEach(bytes -> string(out, BYTES, bytes));
            }
        }
    }

    private static void string(ByteArrayOutputStream out, int type, byte[] bytes) {
        head(out, type, bytes.length);
        out.writeBytes(bytes);
    }

    /// The head of an item: its type and, in the fewest bytes, its number or length.
    private static void head(ByteArrayOutputStream out, int type, long argument) {
        var first = type << 5;
        if (argument < 24) {
            out.write(first | (int) argument);
            return;
        }
        var power = argument < 1L << 8 ? 0 : argument < 1L << 16 ? 1 : argument < 1L << 32 ? 2 : 3;
        out.write(first | (24 + power));
        for (var shift = (8 << power) - 8; shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }

    private static Value value(ByteBuffer in) {
        if (!in.hasRemaining()) {
            throw malformed("no value after a key");
        }
        var type = (in.get(in.position()) & 0xff) >>> 5;
        return switch (type) {
            case NUMBER -> new Value.Count(head(in, NUMBER));
            case BYTES -> new Value.ByteString(Bytes.of(string(in, BYTES)));
            case TEXT -> new Value.Text(text(string(in, TEXT)));
            case LIST -> new Value.Strings(strings(in));
            default -> throw malformed("a value of type %d".formatted(type));
        };
    }

    private static List<byte[]> strings(ByteBuffer in) {
        var count = head(in, LIST);
        if (count > in.remaining()) {
            throw malformed("a list of %d in %d bytes".formatted(count, in.remaining()));
        }
        var strings = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) {
            strings.add(string(in, BYTES));
        }
        return List.copyOf(strings);
    }

    private static byte[] string(ByteBuffer in, int type) {
        var length = head(in, type);
        if (length > in.remaining()) {
            throw malformed("a string of %d in %d bytes".formatted(length, in.remaining()));
        }
        var bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException wrong) {
            throw malformed("a text that is not UTF-8");
        }
    }

    private static long head(ByteBuffer in, int type) {
        if (!in.hasRemaining()) {
            throw malformed("an end in the middle");
        }
        var first = in.get() & 0xff;
        var little = first & 31;
        if (first >>> 5 != type || little > 27) {
            throw malformed("0x%02x where type %d belongs".formatted(first, type));
        }
        return little < 24 ? little : argument(in, little - 24);
    }

    private static long argument(ByteBuffer in, int power) {
        var width = 1 << power;
        if (in.remaining() < width) {
            throw malformed("an end in the middle of a number");
        }
        var value = 0L;
        for (var i = 0; i < width; i++) {
            value = value << 8 | (in.get() & 0xff);
        }
        var shortest = power == 0 ? value >= 24 : value >>> (4 << power) != 0;
        if (value < 0 || !shortest) {
            throw malformed("a number that is too big or longer than it needs to be");
        }
        return value;
    }

    private static MalformedEntryException missing(int key, String what) {
        return new MalformedEntryException("Key %d is not a %s".formatted(key, what));
    }

    private static MalformedEntryException malformed(String found) {
        return new MalformedEntryException("Not a map of the log: found " + found);
    }
}
