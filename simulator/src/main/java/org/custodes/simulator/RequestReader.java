package org.custodes.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;

/// Cuts what a client sends into requests and interleaved packets. Keeps 16 KiB at most: a longer head
/// is an error, bodies and packets are skipped as they come.
final class RequestReader {
    private static final int MOST_HEAD = 16 * 1024;
    private static final int MOST_BODY = 1 << 20;
    private static final int RTCP_RECEIVER_REPORT = 201;

    private final ByteBuffer in = ByteBuffer.allocate(MOST_HEAD);
    private int skip;

    /// What a client sent.
    sealed interface Incoming {
        record Request(RtspRequest request) implements Incoming {}

        record Interleaved(boolean receiverReport) implements Incoming {}
    }

    /// The bytes are no RTSP.
    static final class NotRtspException extends Exception {
        private static final long serialVersionUID = 1;

        NotRtspException(String message) {
            super(message);
        }
    }

    /// Where the next bytes are to be read into.
    ByteBuffer space() {
        return in;
    }

    /// The next whole thing that arrived, if there is one.
    Optional<Incoming> next() throws NotRtspException {
        skipBody();
        while (in.position() > 0 && (in.get(0) == '\r' || in.get(0) == '\n')) {
            discard(1);
        }
        if (skip > 0 || in.position() == 0) {
            return Optional.empty();
        }
        return in.get(0) == '$' ? interleaved() : request();
    }

    private Optional<Incoming> interleaved() {
        if (in.position() < 6) {
            return Optional.empty();
        }
        int length = in.getShort(2) & 0xffff;
        boolean report = length >= 2 && (in.get(5) & 0xff) == RTCP_RECEIVER_REPORT;
        discard(4);
        skip = length;
        skipBody();
        return Optional.of(new Incoming.Interleaved(report));
    }

    private Optional<Incoming> request() throws NotRtspException {
        int end = headEnd();
        if (end < 0) {
            if (!in.hasRemaining()) {
                throw new NotRtspException("a head longer than %d bytes".formatted(MOST_HEAD));
            }
            return Optional.empty();
        }
        var head = new String(in.array(), 0, end, StandardCharsets.ISO_8859_1);
        discard(end + 4);
        var request = parse(head);
        skip = request.isHttp() ? 0 : bodyLength(request);
        skipBody();
        return Optional.of(new Incoming.Request(request));
    }

    private static RtspRequest parse(String head) throws NotRtspException {
        var lines = head.split("\r\n", -1);
        var words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[2].matches("(RTSP|HTTP)/1\\..*")) {
            throw new NotRtspException("a first line that is no RTSP/1.0 request");
        }
        var headers = new HashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return new RtspRequest(words[0], words[1], words[2].startsWith("HTTP"), headers);
    }

    private static int bodyLength(RtspRequest request) throws NotRtspException {
        try {
            int length = Integer.parseInt(request.header("content-length").orElse("0"));
            if (length >= 0 && length <= MOST_BODY) {
                return length;
            }
        } catch (NumberFormatException e) {
            // told below, with the range
        }
        throw new NotRtspException("a body that is not 0 to %d bytes".formatted(MOST_BODY));
    }

    private int headEnd() {
        for (int i = 0; i + 3 < in.position(); i++) {
            if (in.get(i) == '\r' && in.getInt(i) == 0x0d0a0d0a) {
                return i;
            }
        }
        return -1;
    }

    /// What lies behind the last request, which is none of it: the reader forgets it.
    byte[] takeRest() {
        var rest = Arrays.copyOf(in.array(), in.position());
        in.clear();
        return rest;
    }

    private void skipBody() {
        int here = Math.min(skip, in.position());
        discard(here);
        skip -= here;
    }

    private void discard(int bytes) {
        if (bytes > 0) {
            in.flip().position(bytes);
            in.compact();
        }
    }
}
