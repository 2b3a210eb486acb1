package org.custodes.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a camera describes (SDP, RFC 4566), read as cameras write it: a line that cannot be understood
/// is passed over, and a text that breaks off has told what it told.
///
/// @param title the session's name, as sent
/// @param control the session's own address, or empty
/// @param media the media in their order
record Sdp(String title, String control, List<Media> media) {
    private static final int MOST_MEDIA = 64;
    private static final int MOST_FORMATS = 64;

    /// One medium.
    ///
    /// @param kind `video`, `audio`, `application` or another word
    /// @param formats the payload types of its `m=` line
    /// @param encodings by payload type, what `rtpmap` calls it, in upper case and without clock rate
    /// @param parameters by payload type, the text of its `fmtp` (key -1: for no readable type)
    /// @param control its address, or empty
    /// @param protocol how it is carried, such as `RTP/AVP`
    /// @param dimensions what `x-dimensions` tells of the size of its pictures, or empty
    /// @param direction `sendonly`, `recvonly`, `sendrecv`, `inactive` or empty
    record Media(
            String kind,
            String protocol,
            List<Integer> formats,
            Map<Integer, String> encodings,
            Map<Integer, String> parameters,
            String control,
            String dimensions,
            String direction) {

        Media {
            formats = List.copyOf(formats);
            encodings = Map.copyOf(encodings);
            parameters = Map.copyOf(parameters);
        }
    }

    Sdp {
        media = List.copyOf(media);
    }

    static Sdp read(byte[] body) {
        var reader = new Reader();
        new String(body, StandardCharsets.UTF_8).lines().map(String::strip).forEach(reader::line);
        return reader.end();
    }

    private static final class Reader {
        private String title = "";
        private String sessionControl = "";
        private final List<Media> media = new ArrayList<>();
        private String kind = "";
        private String protocol = "";
        private String dimensions = "";
        private List<Integer> formats = List.of();
        private Map<Integer, String> encodings = new HashMap<>();
        private Map<Integer, String> parameters = new HashMap<>();
        private String control = "";
        private String direction = "";

        void line(String line) {
            if (line.length() < 2 || line.charAt(1) != '=') {
                return;
            }
            var value = line.substring(2).strip();
            switch (line.charAt(0)) {
                case 's' -> title = title.isEmpty() ? value : title;
                case 'm' -> medium(value);
                case 'a' -> attribute(value);
                default -> {}
            }
        }

        Sdp end() {
            endMedium();
            return new Sdp(title, sessionControl, media);
        }

        private void endMedium() {
            if (!kind.isEmpty() && media.size() < MOST_MEDIA) {
                media.add(
                        new Media(
                                kind,
                                protocol,
                                formats,
                                encodings,
                                parameters,
                                control,
                                dimensions,
                                direction));
            }
        }

        private void medium(String value) {
            endMedium();
            // "video 0 RTP/AVP 96 97"
            var words = value.split("[ \t]+", MOST_FORMATS + 3);
            kind = words[0].toLowerCase(Locale.ROOT);
            protocol = words.length > 2 ? words[2].toUpperCase(Locale.ROOT) : "";
            dimensions = "";
            formats = Arrays.stream(words).skip(3).map(Reader::payloadType).toList();
            encodings = new HashMap<>();
            parameters = new HashMap<>();
            control = "";
            direction = "";
        }

        private void attribute(String value) {
            var colon = value.indexOf(':');
            var name = (colon < 0 ? value : value.substring(0, colon)).toLowerCase(Locale.ROOT);
            var rest = colon < 0 ? "" : value.substring(colon + 1).strip();
            switch (name) {
                case "control" -> control(rest);
                case "rtpmap" -> encoding(rest);
                case "fmtp" -> parameters(rest);
                case "x-dimensions" -> dimensions = rest;
                case "sendonly", "recvonly", "sendrecv", "inactive" -> direction = name;
                default -> {}
            }
        }

        private void control(String address) {
            if (kind.isEmpty()) {
                sessionControl = address;
            } else {
                control = address;
            }
        }

        /// "96 H264/90000"
        private void encoding(String value) {
            var words = value.split("[ \t]+", 2);
            if (words.length == 2 && encodings.size() < MOST_FORMATS) {
                var slash = words[1].indexOf('/');
                var name = slash < 0 ? words[1] : words[1].substring(0, slash);
                encodings.put(payloadType(words[0]), name.strip().toUpperCase(Locale.ROOT));
            }
        }

        /// "96 packetization-mode=1; sprop-parameter-sets=…"; some cameras forget the number.
        private void parameters(String value) {
            var words = value.split("[ \t]+", 2);
            var type = payloadType(words[0]);
            if (parameters.size() < MOST_FORMATS) {
                parameters.put(type, type < 0 || words.length < 2 ? value : words[1]);
            }
        }

        private static int payloadType(String word) {
            return word.matches("[0-9]{1,3}") ? Integer.parseInt(word) : -1;
        }
    }
}
