package org.custodes.rights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.custodes.media.Bytes;

/// Bytes that are the same for what is the same, and different for what is not: each field in a fixed order with
/// its length, and what has no order of its own sorted by its bytes and said once. [Reading] reads them
/// (`docs/formats/decided.md`).
final class Canonical {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    /// @param kind tells what follows: nothing of another kind has the same bytes
    Canonical(String kind) {
        text(kind);
    }

    private Canonical() {}

    Canonical present(boolean is) {
        bytes.write(is ? 1 : 0);
        return this;
    }

    Canonical number(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    Canonical id(UUID id) {
        return number(id.getMostSignificantBits()).number(id.getLeastSignificantBits());
    }

    Canonical instant(Instant at) {
        return number(at.getEpochSecond()).number(at.getNano());
    }

    Canonical duration(Duration time) {
        return number(time.getSeconds()).number(time.getNano());
    }

    Canonical text(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    Canonical raw(byte[] content) {
        number(content.length);
        bytes.writeBytes(content);
        return this;
    }

    /// What has no order, and is there or not.
    <T> Canonical each(Collection<T> all, BiConsumer<T, Canonical> how) {
        var sorted = new TreeSet<byte[]>(Arrays::compareUnsigned);
        all.forEach(one -> sorted.add(alone(one, how)));
        return raws(sorted);
    }

    /// What has an order.
    <T> Canonical inOrder(List<T> all, BiConsumer<T, Canonical> how) {
        return raws(all.stream().map(one -> alone(one, how)).toList());
    }

    private static <T> byte[] alone(T one, BiConsumer<T, Canonical> how) {
        var out = new Canonical();
        how.accept(one, out);
        return out.bytes.toByteArray();
    }

    private Canonical raws(Collection<byte[]> all) {
        number(all.size());
        all.forEach(this::raw);
        return this;
    }

    /// All that was written.
    Bytes content() {
        return Bytes.of(bytes.toByteArray());
    }

    /// SHA-256 of all that was written.
    Bytes hash() {
        return hash(content());
    }

    /// SHA-256.
    static Bytes hash(Bytes content) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(content.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
