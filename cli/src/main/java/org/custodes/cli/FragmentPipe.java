package org.custodes.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The peer's pictures: an `ffmpeg` that writes fragmented MP4 into its standard output.
final class FragmentPipe implements AutoCloseable {
    private static final int MDAT = 0x6D646174;
    private static final int LARGEST = 64 << 20;

    private final Process program;
    private final InputStream boxes;

    FragmentPipe(Process program) {
        this.program = program;
        this.boxes = new BufferedInputStream(program.getInputStream(), 1 << 16);
    }

    static Process start(List<String> words) {
        try {
            return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new CannotStartException(
                    "The peer needs the program ffmpeg: " + e.getMessage(), e);
        }
    }

    /// The next fragment's pictures, once all of them are here; empty at the end. Boxes of ISO/IEC
    /// 14496-12: four bytes of length, four of type; a fragment is whole with its `mdat`.
    Optional<byte[]> next() {
        try {
            while (true) {
                var head = boxes.readNBytes(8);
                if (head.length < 8) {
                    return Optional.empty();
                }
                var length = ByteBuffer.wrap(head).getInt() - 8;
                var body = boxes.readNBytes(Math.clamp(length, 0, LARGEST));
                if (ByteBuffer.wrap(head).getInt(4) == MDAT) {
                    return Optional.of(body);
                }
            }
        } catch (IOException ended) {
            // The pipe closes when the program is ended; what came until then counts.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        program.destroy();
    }
}
