package org.custodes.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.custodes.media.Bytes;

/// One message of the other side (RFC 2326 sections 6 and 7): an answer, or a request of its own.
///
/// Heads are read as ISO 8859-1, byte by byte, so that what has to be sent back or hashed is what came.
///
/// @param startLine the first line
/// @param headers the header fields in their order
/// @param body what follows, by Content-Length
record RtspMessage(String startLine, List<Header> headers, Bytes body) {
    private static final int MOST_HEADERS = 128;

    record Header(String name, String value) {}

    /// Reads a head, its lines ended by CR LF or LF, without the empty line at its end.
    static RtspMessage readHead(byte[] bytes, int start, int end) {
        var lines =
                new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).lines().toList();
        var headers = new ArrayList<Header>();
        for (var line : lines.subList(1, lines.size())) {
            var colon = line.indexOf(':');
            if (headers.size() == MOST_HEADERS) {
                throw new RtspException(
                        RtspException.Fault.TOO_LARGE,
                        "It sent more than %d header fields".formatted(MOST_HEADERS));
            }
            // A line without a name is of no use, and no reason to give up the camera.
            if (colon > 0) {
                headers.add(
                        new Header(
                                line.substring(0, colon).strip(),
                                line.substring(colon + 1).strip()));
            }
        }
        return new RtspMessage(lines.getFirst(), List.copyOf(headers), Bytes.empty());
    }

    RtspMessage withBody(Bytes newBody) {
        return new RtspMessage(startLine, headers, newBody);
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    boolean isAnswer() {
        return startLine.startsWith("RTSP/");
    }

    /// An answer's status, 100 to 999, or 0 if it tells none.
    int status() {
        var parts = startLine.split(" +", 3);
        return parts.length > 1 && parts[1].matches("[1-9][0-9]{2}")
                ? Integer.parseInt(parts[1])
                : 0;
    }

    /// An answer's status and reason as people may read them.
    String told() {
        var space = startLine.indexOf(' ');
        return ServerText.shown(space < 0 ? startLine : startLine.substring(space + 1));
    }

    /// A request's method.
    String method() {
        var space = startLine.indexOf(' ');
        return space < 0 ? startLine : startLine.substring(0, space);
    }

    /// The message's number, or -1 if it has none that can be read.
    int sequence() {
        return header("CSeq")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(-1);
    }

    int contentLength() {
        return header("Content-Length")
                .map(value -> {
                    if (!value.matches("[0-9]{1,9}")) {
                        throw new RtspException(
                                RtspException.Fault.PROTOCOL,
                                "It sent a Content-Length that is no number");
                    }
                    return Integer.parseInt(value);
                })
                .orElse(0);
    }
}
