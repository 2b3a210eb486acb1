package org.custodes.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What a camera sent and when: the oracle for whoever claims to have received, stored or shown it.
///
/// A camera counts its frames from 0 without a gap, whether anybody is connected or not. The newest
/// 65,536 frames (44 minutes at 25 a second) are kept in memory; the file, where there is one, has them
/// all, one line `frame number,wall microseconds since 1970,CRC-32C of its bytes in hexadecimal` each, written
/// before the first byte of the frame is sent.
public final class FrameLog implements AutoCloseable {
    static final int KEPT = 1 << 16;

    /// One sent frame.
    ///
    /// @param number counts from 0 when the camera began
    /// @param nanoTime `System.nanoTime` just before its first byte was sent
    /// @param wallTime the machine's clock at that moment, to the microsecond
    /// @param mediaTime when it is shown, in 90 kHz ticks since the camera began, before the client's
    ///     random start is added
    /// @param unit the bytes, and its place in the clip
    public record Sent(
            long number, long nanoTime, Instant wallTime, long mediaTime, AccessUnit unit) {

        /// The wall time in microseconds since 1970.
        public long wallMicros() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, wallTime);
        }
    }

    private final ArrayDeque<Sent> newest = new ArrayDeque<>();
    private final @Nullable FileChannel file;

    FrameLog(@Nullable Path file) {
        try {
            this.file =
                    file == null
                            ? null
                            : FileChannel.open(
                                    file,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("The frame log %s cannot be written".formatted(file), e);
        }
    }

    /// The kept frames, oldest first.
    public synchronized List<Sent> frames() {
        return new ArrayList<>(newest);
    }

    /// The frame with that number, if it was sent and is still kept.
    public synchronized Optional<Sent> frame(long number) {
        if (newest.isEmpty() || number < newest.getFirst().number()) {
            return Optional.empty();
        }
        return newest.stream().skip(number - newest.getFirst().number()).findFirst();
    }

    public synchronized Optional<Sent> last() {
        return Optional.ofNullable(newest.peekLast());
    }

    /// How many frames were sent so far.
    public synchronized long count() {
        return newest.isEmpty() ? 0 : newest.getLast().number() + 1;
    }

    synchronized void add(long nanoTime, Instant wallTime, long mediaTime, AccessUnit unit) {
        var sent = new Sent(count(), nanoTime, wallTime, mediaTime, unit);
        newest.addLast(sent);
        if (newest.size() > KEPT) {
            newest.removeFirst();
        }
        if (file != null) {
            write(file, sent);
        }
    }

    /// One write per frame: a tester that is killed loses no line. Costs 3 microseconds.
    private static void write(FileChannel file, Sent sent) {
        var crc = new CRC32C();
        crc.update(sent.unit().data().array());
        var line = "%d,%d,%08x\n".formatted(sent.number(), sent.wallMicros(), crc.getValue());
        try {
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException("The frame log cannot be written", e);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The frame log cannot be closed", e);
            }
        }
    }
}
