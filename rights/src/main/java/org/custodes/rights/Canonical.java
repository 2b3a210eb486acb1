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
import java.util.UUID;
import java.util.function.BiConsumer;
import org.custodes.media.Bytes;

/// Bytes that are the same for what is the same, and different for what is not: each field in a fixed order with
/// its length, and what has no order of its own sorted by its bytes.
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

    /// What has no order.
    <T> Canonical each(Collection<T> all, BiConsumer<T, Canonical> how) {
        number(all.size());
        all.stream()
                .map(one -> {
                    var alone = new Canonical();
                    how.accept(one, alone);
                    return alone.bytes.toByteArray();
                })
                .sorted(Arrays::compareUnsigned)
                .forEach(this::raw);
        return this;
    }

    /// SHA-256 of all that was written.
    Bytes hash() {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
