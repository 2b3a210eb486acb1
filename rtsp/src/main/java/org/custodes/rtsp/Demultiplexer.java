package org.custodes.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.custodes.media.Bytes;
import org.jspecify.annotations.Nullable;

/// Splits what arrives on the connection into interleaved packets (RFC 2326 section 10.12) and RTSP
/// messages, which may follow each other in any order. Packets are told by their place in the buffer;
/// nothing is allocated for them, and nothing longer than the buffer is ever waited for.
final class Demultiplexer {
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int LONGEST_HEAD = 32 * 1024;
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int FIRST_CAPACITY = 32 * 1024;
    private static final int MOST_CAPACITY = 128 * 1024;
    private static final int LEAST_SPACE = 4 * 1024;

    enum Found {
        PACKET,
        MESSAGE,
        NOTHING
    }

    private byte[] buffer = new byte[FIRST_CAPACITY];
    private ByteBuffer space = ByteBuffer.wrap(buffer);
    private int start;
    private int end;

    /// How far the head that lies at `start` was searched for its end: no byte is looked at twice.
    private int searched;

    /// Where the line under search begins.
    private int lineStart;

    private @Nullable RtspMessage head;
    private int bodyStart;
    private boolean understood;

    private int channel;
    private int offset;
    private int length;
    private @Nullable RtspMessage message;

    /// Room for what arrives next: at least 4 KiB, mostly far more. What [#next] told becomes invalid.
    ByteBuffer space() {
        if (start == end) {
            moveTo(0, 0);
        } else if (start > 0 && buffer.length - end < buffer.length / 2) {
            moveTo(0, end - start);
        }
        if (buffer.length - end < LEAST_SPACE) {
            // The longest packet and the longest message fit into the most.
            buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, MOST_CAPACITY));
            space = ByteBuffer.wrap(buffer);
        }
        return space.limit(buffer.length).position(end);
    }

    private void moveTo(int newStart, int count) {
        System.arraycopy(buffer, start, buffer, newStart, count);
        var moved = start - newStart;
        searched -= moved;
        lineStart -= moved;
        bodyStart -= moved;
        start = newStart;
        end = newStart + count;
    }

    /// Takes note that the space was filled up to its position.
    void filled() {
        end = space.position();
    }

    Found next() {
        if (head != null) {
            return body(head);
        }
        if (searched <= start) {
            skipLineEnds();
        }
        if (start == end) {
            return Found.NOTHING;
        }
        return buffer[start] == '$' ? packet() : message();
    }

    /// Some cameras send empty lines between messages.
    private void skipLineEnds() {
        while (start < end && (buffer[start] == '\r' || buffer[start] == '\n')) {
            start++;
        }
        searched = start;
        lineStart = start;
    }

    private Found packet() {
        if (end - start < 4) {
            return Found.NOTHING;
        }
        var packetLength = BigEndian.u16(buffer, start + 2);
        if (end - start - 4 < packetLength) {
            return Found.NOTHING;
        }
        channel = buffer[start + 1] & 0xFF;
        offset = start + 4;
        length = packetLength;
        start = offset + length;
        return Found.PACKET;
    }

    private Found message() {
        while (searched < end) {
            var value = buffer[searched++];
            if (value == '\n') {
                if (isEmptyLine()) {
                    return head();
                }
                checkStartLine();
                lineStart = searched;
            } else if (isNoText(value) || searched - lineStart > LONGEST_LINE) {
                throw notRtsp();
            }
        }
        if (end - start > LONGEST_HEAD) {
            throw tooLarge("head", LONGEST_HEAD);
        }
        return Found.NOTHING;
    }

    private boolean isEmptyLine() {
        var lineLength = searched - 1 - lineStart;
        return lineLength == 0 || (lineLength == 1 && buffer[lineStart] == '\r');
    }

    private static boolean isNoText(byte value) {
        return value >= 0 && value < ' ' && value != '\r' && value != '\t';
    }

    /// As soon as the first line is there: what greets us in another protocol may wait for our answer.
    private void checkStartLine() {
        if (lineStart != start) {
            return;
        }
        var line = new String(buffer, start, searched - start, StandardCharsets.ISO_8859_1).strip();
        if (!line.startsWith("RTSP/") && !line.endsWith(" RTSP/1.0")) {
            throw notRtsp();
        }
        understood = true;
    }

    private RtspException notRtsp() {
        return understood
                ? new RtspException(
                        RtspException.Fault.PROTOCOL,
                        "It sent bytes that are neither an RTSP message nor a packet, so that nobody"
                                + " can tell where the next one begins. Connect again")
                : new RtspException(
                        RtspException.Fault.NOT_RTSP,
                        "Something answered, but not in RTSP. Check the port: cameras mostly use 554");
    }

    private static RtspException tooLarge(String what, int longest) {
        return new RtspException(
                RtspException.Fault.TOO_LARGE,
                "It sent a message whose %s is longer than %d bytes".formatted(what, longest));
    }

    private Found head() {
        if (lineStart == start) {
            throw notRtsp();
        }
        var read = RtspMessage.readHead(buffer, start, lineStart);
        if (read.contentLength() > LONGEST_BODY) {
            throw tooLarge("body", LONGEST_BODY);
        }
        head = read;
        bodyStart = searched;
        return body(read);
    }

    private Found body(RtspMessage read) {
        var bodyEnd = bodyStart + read.contentLength();
        if (bodyEnd > end) {
            return Found.NOTHING;
        }
        message = read.withBody(Bytes.of(Arrays.copyOfRange(buffer, bodyStart, bodyEnd)));
        head = null;
        start = bodyEnd;
        searched = start;
        lineStart = start;
        return Found.MESSAGE;
    }

    byte[] buffer() {
        return buffer;
    }

    /// The interleaved channel of the packet that was found.
    int channel() {
        return channel;
    }

    /// Where the packet lies that was found.
    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /// The message that was found.
    RtspMessage takeMessage() {
        var found = message;
        if (found == null) {
            throw new IllegalStateException("A message is taken once, after it was found");
        }
        message = null;
        return found;
    }
}
