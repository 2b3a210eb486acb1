package org.custodes.rtsp;

import java.util.Arrays;
import java.util.OptionalInt;

/// What a camera's answer to SETUP says of the way its packets take (RFC 2326 section 12.39).
///
/// @param rtpChannel the interleaved channel of the pictures: 0 to 255
/// @param rtcpChannel the interleaved channel of the reports: 0 to 255
/// @param source the SSRC that it announces, if it does
record TransportAnswer(int rtpChannel, int rtcpChannel, OptionalInt source) {

    /// Reads the header `Transport`; what it does not tell is what we asked for, channels 0 and 1.
    ///
    /// @throws RtspException if the camera wants to send over UDP
    static TransportAnswer read(String transport) {
        var words = Arrays.stream(transport.split(";", 32)).map(String::strip).toList();
        var interleaved =
                words.stream().filter(word -> word.startsWith("interleaved=")).findFirst();
        var elsewhere =
                words.stream().anyMatch(w -> w.startsWith("server_port=") || w.equals("multicast"));
        if (interleaved.isEmpty() && elsewhere) {
            throw new RtspException(
                    RtspException.Fault.REFUSED_BY_CAMERA,
                    "It wants to send pictures over UDP. Allow RTP over RTSP (TCP) in its settings");
        }
        var channels =
                interleaved.map(word -> word.substring("interleaved=".length())).orElse("0-1");
        var ends = channels.split("-", 2);
        var rtp = channel(ends[0], 0);
        var rtcp = channel(ends.length > 1 ? ends[1] : "", (rtp + 1) & 0xFF);
        var source =
                words.stream()
                        .filter(word -> word.matches("(?i)ssrc=[0-9a-f]{1,8}"))
                        .mapToInt(word -> Integer.parseUnsignedInt(word.substring(5), 16))
                        .findFirst();
        return new TransportAnswer(rtp, rtcp, source);
    }

    private static int channel(String text, int otherwise) {
        var digits = text.strip();
        var channel = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : otherwise;
        return channel <= 255 ? channel : otherwise;
    }
}
