package org.custodes.rtsp;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// What a camera's answer to SETUP says of the way its packets take (RFC 2326 section 12.39).
sealed interface TransportAnswer {

    /// The SSRC that it announces, if it does.
    OptionalInt source();

    /// Between the answers.
    ///
    /// @param rtpChannel the interleaved channel of the pictures: 0 to 255
    /// @param rtcpChannel the interleaved channel of the reports: 0 to 255
    record Interleaved(int rtpChannel, int rtcpChannel, OptionalInt source)
            implements TransportAnswer {}

    /// As datagrams.
    ///
    /// @param rtpPort the camera's port for pictures, 0 if it does not tell
    /// @param rtcpPort the camera's port for reports, 0 if it does not tell
    record ByDatagram(int rtpPort, int rtcpPort, OptionalInt source) implements TransportAnswer {}

    /// Reads the header `Transport`; what it does not tell is what we asked for.
    ///
    /// @param askedForDatagrams whether datagrams were asked for; else channels 0 and 1
    /// @throws RtspException if the camera wants to send where nobody asked it to
    static TransportAnswer read(String transport, boolean askedForDatagrams) {
        var words = Arrays.stream(transport.split(";", 32)).map(String::strip).toList();
        if (words.contains("multicast")) {
            throw refused("It sends to a group of receivers (multicast)", "unicast");
        }
        var source =
                words.stream()
                        .filter(word -> word.matches("(?i)ssrc=[0-9a-f]{1,8}"))
                        .mapToInt(word -> Integer.parseUnsignedInt(word.substring(5), 16))
                        .findFirst();
        var interleaved = words.stream().anyMatch(word -> word.startsWith("interleaved="));
        var ports = words.stream().anyMatch(word -> word.startsWith("server_port="));
        if (ports && !interleaved && !askedForDatagrams) {
            throw refused("It wants to send pictures over UDP", "RTP over RTSP (TCP)");
        }
        if (askedForDatagrams && !interleaved) {
            var rtp = number(words, "server_port=", 0, 65_535, 0);
            var next = rtp == 0 || rtp == 65_535 ? 0 : rtp + 1;
            return new ByDatagram(rtp, number(words, "server_port=", 1, 65_535, next), source);
        }
        var rtp = number(words, "interleaved=", 0, 255, 0);
        var rtcp = number(words, "interleaved=", 1, 255, (rtp + 1) & 0xFF);
        return new Interleaved(rtp, rtcp, source);
    }

    private static RtspException refused(String what, String instead) {
        return new RtspException(
                RtspException.Fault.REFUSED_BY_CAMERA,
                "%s. Allow %s in its settings".formatted(what, instead));
    }

    /// One of the two numbers behind a word such as `interleaved=2-3`.
    private static int number(List<String> words, String name, int which, int most, int otherwise) {
        var both =
                words.stream()
                        .filter(word -> word.startsWith(name))
                        .map(word -> word.substring(name.length()).split("-", 2))
                        .findFirst()
                        .orElse(new String[0]);
        var digits = which < both.length ? both[which].strip() : "";
        var found = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : otherwise;
        return found <= most ? found : otherwise;
    }
}
