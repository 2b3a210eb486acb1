package org.custodes.rights;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.custodes.media.Bytes;

/// Reads what [Canonical] wrote. No length is trusted before that many bytes are seen to be there, so that what is
/// read costs a small multiple of its bytes; and whatever is read is written again and has to come out the same: one
/// value has one encoding.
final class Reading {
    private static final int NANOS = 1_000_000_000;

    /// From its beginning, so that its position tells where something is wrong.
    private final ByteBuffer in;

    private Reading(ByteBuffer in) {
        this.in = in;
    }

    /// All of `content`.
    ///
    /// @param kind which these bytes have to say that they are
    /// @param written what a value is written as
    /// @throws MalformedDecisionException if the bytes are anything else
    static <T> T all(
            Bytes content, String kind, Function<Reading, T> how, Function<T, Bytes> written) {
        var reading = new Reading(ByteBuffer.wrap(content.array()));
        try {
            reading.kind(kind);
            var value = how.apply(reading);
            reading.end();
            if (!written.apply(value).equals(content)) {
                throw reading.malformed("another form or order than it is written in");
            }
            return value;
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException wrong) {
            throw new MalformedDecisionException(wrong, reading.in.position());
        }
    }

    private void kind(String kind) {
        var found = text();
        if (!found.equals(kind)) {
            throw malformed(
                    "a kind of %d characters where '%s' belongs".formatted(found.length(), kind));
        }
    }

    private void end() {
        if (in.hasRemaining()) {
            throw malformed("%d bytes after the end".formatted(in.remaining()));
        }
    }

    boolean present() {
        need(1);
        var said = in.get();
        if (said != 0 && said != 1) {
            throw malformed("a %d where 0 or 1 belongs".formatted(said));
        }
        return said == 1;
    }

    /// What may be there.
    <T> Optional<T> maybe(Function<Reading, T> how) {
        return present() ? Optional.of(how.apply(this)) : Optional.empty();
    }

    OptionalInt maybeInteger() {
        return present() ? OptionalInt.of(integer()) : OptionalInt.empty();
    }

    long number() {
        need(Long.BYTES);
        return in.getLong();
    }

    int integer() {
        return Math.toIntExact(number());
    }

    UUID id() {
        return new UUID(number(), number());
    }

    Instant instant() {
        return Instant.ofEpochSecond(number(), nanos());
    }

    Duration duration() {
        return Duration.ofSeconds(number(), nanos());
    }

    private long nanos() {
        var nanos = number();
        if (nanos < 0 || nanos >= NANOS) {
            throw malformed("%d nanoseconds of a second".formatted(nanos));
        }
        return nanos;
    }

    String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice()).toString();
        } catch (CharacterCodingException wrong) {
            throw malformed("a text that is not UTF-8");
        }
    }

    byte[] raw() {
        var slice = slice();
        var bytes = new byte[slice.remaining()];
        slice.get(bytes);
        return bytes;
    }

    /// A word that stands for something.
    ///
    /// @param known what this version knows
    <T> T word(Function<String, Optional<T>> known) {
        var word = text();
        return known.apply(word)
                .orElseThrow(() ->
                        malformed(
                                "a word of %d characters that this version does not know"
                                        .formatted(word.length())));
    }

    /// All of something, in the order in which it stands.
    <T> List<T> each(Function<Reading, T> how) {
        var count = number();
        // Each says its length first.
        if (count < 0 || count > in.remaining() / Long.BYTES) {
            throw malformed("%d things in %d bytes".formatted(count, in.remaining()));
        }
        var all = new ArrayList<T>();
        for (var i = 0; i < count; i++) {
            all.add(alone(how));
        }
        return all;
    }

    private <T> T alone(Function<Reading, T> how) {
        var length = length();
        var end = in.position() + length;
        var after = in.limit();
        in.limit(end);
        var one = how.apply(this);
        end();
        in.limit(after);
        return one;
    }

    private ByteBuffer slice() {
        var length = length();
        var slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private int length() {
        var length = number();
        if (length < 0 || length > in.remaining()) {
            throw malformed("a length of %d in %d bytes".formatted(length, in.remaining()));
        }
        return (int) length;
    }

    private void need(int bytes) {
        if (in.remaining() < bytes) {
            throw malformed("an end after %d bytes of %d".formatted(in.remaining(), bytes));
        }
    }

    MalformedDecisionException malformed(String found) {
        return new MalformedDecisionException(found, in.position());
    }
}
