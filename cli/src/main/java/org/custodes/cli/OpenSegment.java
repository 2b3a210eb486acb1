package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.custodes.media.Codec;

/// An MP4 that was being written when its writer was killed: its pictures are there, the `moov` box that
/// would say where is not, and so no player shows any of them.
final class OpenSegment {
    private static final int BOX = 8;
    private static final int MDAT = 0x6D646174;
    private static final int MOOV = 0x6D6F6F76;

    private OpenSegment() {}

    /// How many pictures of a file cannot be read any more: none if it was finished.
    static long unreadableFrames(Path file, Codec codec) {
        try {
            return unreadableFrames(ByteBuffer.wrap(Files.readAllBytes(file)), codec);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long unreadableFrames(ByteBuffer file, Codec codec) {
        var frames = 0L;
        while (file.remaining() >= BOX) {
            var length = file.getInt();
            var type = file.getInt();
            if (type == MOOV) {
                return 0;
            }
            // The length of an `mdat` is only written once it is finished.
            var open = type == MDAT && length < BOX;
            var size = open ? file.remaining() : Math.clamp(length - BOX, 0, file.remaining());
            if (type == MDAT) {
                frames += frames(file.slice(file.position(), size), codec);
            }
            file.position(file.position() + size);
        }
        return frames;
    }

    /// NAL units behind their lengths of four bytes, one picture after the other.
    private static long frames(ByteBuffer media, Codec codec) {
        var frames = 0L;
        while (media.remaining() > 4) {
            var length = media.getInt();
            if (length < 1 || length > media.remaining()) {
                return frames;
            }
            frames += beginsPicture(media.slice(media.position(), length), codec) ? 1 : 0;
            media.position(media.position() + length);
        }
        return frames;
    }

    /// Whether it is a picture's first slice (ITU-T H.264 section 7.3.3, H.265 section 7.3.6.1: the
    /// first bit behind the NAL unit's header is 1).
    private static boolean beginsPicture(ByteBuffer nal, Codec codec) {
        return switch (codec) {
            case H264 -> {
                var type = nal.get(0) & 0x1F;
                yield (type == 1 || type == 5) && nal.limit() > 1 && nal.get(1) < 0;
            }
            case H265 -> (nal.get(0) >> 1 & 0x3F) < 32 && nal.limit() > 2 && nal.get(2) < 0;
            case MJPEG ->
                    throw new CannotStartException(
                            "Pictures of Motion JPEG have no NAL units; measure with H.264 or H.265.");
        };
    }
}
