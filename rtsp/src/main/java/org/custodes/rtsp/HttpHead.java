package org.custodes.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The head of an answer in HTTP, and what came behind it.
///
/// @param rest ready to be read
record HttpHead(RtspMessage message, ByteBuffer rest) {
    private static final int LONGEST = 32 * 1024;

    /// Reads until the empty line.
    static HttpHead read(Line line, Dialler dialler) throws IOException {
        var space = ByteBuffer.allocate(LONGEST);
        while (endOfHead(space.array(), space.position()) < 0) {
            if (!space.hasRemaining()) {
                throw new RtspException(
                        RtspException.Fault.TOO_LARGE,
                        "It sent a message whose head is longer than %d bytes".formatted(LONGEST));
            }
            var count = line.read(space);
            if (count < 0) {
                throw noHttp();
            }
            if (count == 0) {
                dialler.untilReady();
            }
        }
        return parse(space.array(), space.position());
    }

    /// What the first bytes of an answer say.
    ///
    /// @throws RtspException if they are no head of HTTP
    static HttpHead parse(byte[] bytes, int length) {
        var end = endOfHead(bytes, length);
        if (end <= 0) {
            throw noHttp();
        }
        var message = RtspMessage.readHead(bytes, 0, end);
        if (!message.startLine().startsWith("HTTP/1.")) {
            throw noHttp();
        }
        var start = end + (bytes[end + 1] == '\r' ? 3 : 2);
        return new HttpHead(message, ByteBuffer.wrap(bytes, start, length - start).slice());
    }

    /// Where the last line ends before the first empty one, or -1: lines end with CR LF or LF.
    private static int endOfHead(byte[] bytes, int length) {
        for (var i = 0; i + 1 < length; i++) {
            if (bytes[i] == '\n') {
                var next = bytes[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < length && bytes[next] == '\n') {
                    return i;
                }
            }
        }
        return -1;
    }

    private static RtspException noHttp() {
        return new RtspException(
                RtspException.Fault.NOT_RTSP,
                "Something answered, but not in HTTP, in which RTSP was to be tunnelled. Check the port: cameras mostly use 80");
    }
}
