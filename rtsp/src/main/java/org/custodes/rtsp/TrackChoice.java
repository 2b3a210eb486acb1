package org.custodes.rtsp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.custodes.media.Codec;
import org.custodes.media.NalUnits;
import org.custodes.media.ParameterSets;

/// The one medium that a session takes: the first video in a codec that is recorded. Nothing else is
/// ever set up.
///
/// @param media the medium
/// @param codec its codec
/// @param parameters its format parameters, names in lower case
record TrackChoice(Sdp.Media media, Codec codec, Map<String, String> parameters) {
    private static final int MOST_PARAMETERS = 64;
    private static final int MOST_SETS = 64;

    TrackChoice {
        parameters = Map.copyOf(parameters);
    }

    /// Chooses.
    ///
    /// @throws RtspException if there is no video, or none in a codec that is recorded
    static TrackChoice of(Sdp sdp) {
        var videos = sdp.media().stream().filter(TrackChoice::isVideo).toList();
        if (videos.isEmpty()) {
            throw new RtspException(
                    RtspException.Fault.NO_VIDEO,
                    "It describes a stream without video (%s). Check the path of the stream"
                            .formatted(kinds(sdp)));
        }
        return videos.stream()
                .flatMap(video -> choice(video).stream())
                .findFirst()
                .orElseThrow(() -> unsupported(videos));
    }

    private static boolean isVideo(Sdp.Media media) {
        return media.kind().equals("video") && !media.direction().equals("inactive");
    }

    private static String kinds(Sdp sdp) {
        var kinds = sdp.media().stream().map(Sdp.Media::kind).limit(8).toList();
        return kinds.isEmpty() ? "nothing at all" : ServerText.shown(String.join(", ", kinds));
    }

    private static RtspException unsupported(List<Sdp.Media> videos) {
        var names =
                videos.stream()
                        .flatMap(video -> video.encodings().values().stream())
                        .distinct()
                        .limit(8)
                        .collect(Collectors.joining(", "));
        return new RtspException(
                RtspException.Fault.UNSUPPORTED_CODEC,
                "Its video (%s) is neither H.264 nor H.265 in decoding order. Choose one of these in its settings"
                        .formatted(names.isEmpty() ? "of no name" : ServerText.shown(names)));
    }

    private static Optional<TrackChoice> choice(Sdp.Media media) {
        var parameters = parameters(media);
        return codec(media, parameters)
                .filter(codec -> inDecodingOrder(codec, parameters))
                .map(codec -> new TrackChoice(media, codec, parameters));
    }

    private static Optional<Codec> codec(Sdp.Media media, Map<String, String> parameters) {
        // In the order of the `m=` line, then what that line does not know.
        var types = new LinkedHashSet<>(media.formats());
        types.addAll(new TreeSet<>(media.encodings().keySet()));
        var named =
                types.stream()
                        .flatMap(type -> byName(media.encodings().getOrDefault(type, "")).stream())
                        .findFirst();
        return named.or(() -> media.encodings().isEmpty() ? byHints(parameters) : Optional.empty());
    }

    private static Optional<Codec> byName(String encoding) {
        return switch (encoding) {
            case "H264" -> Optional.of(Codec.H264);
            case "H265", "HEVC" -> Optional.of(Codec.H265);
            default -> Optional.empty();
        };
    }

    /// A camera that forgot `rtpmap` tells its codec by the parameters that only that codec has.
    private static Optional<Codec> byHints(Map<String, String> parameters) {
        if (parameters.containsKey("sprop-vps") || parameters.containsKey("sprop-sps")) {
            return Optional.of(Codec.H265);
        }
        return parameters.containsKey("sprop-parameter-sets")
                ? Optional.of(Codec.H264)
                : Optional.empty();
    }

    /// RFC 7798 section 7.1: otherwise each payload has a decoding order number, which no camera uses.
    private static boolean inDecodingOrder(Codec codec, Map<String, String> parameters) {
        return codec == Codec.H264
                || parameters.getOrDefault("sprop-max-don-diff", "0").equals("0");
    }

    private static Map<String, String> parameters(Sdp.Media media) {
        var parameters = new HashMap<String, String>();
        for (var text : media.parameters().values()) {
            for (var pair : text.split(";", MOST_PARAMETERS)) {
                var equals = pair.indexOf('=');
                if (equals > 0) {
                    var name = pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                    parameters.putIfAbsent(name, pair.substring(equals + 1).strip());
                }
            }
        }
        return parameters;
    }

    /// The payload types that are something else than this codec, whatever it is numbered.
    Set<Integer> otherPayloads() {
        var others = new HashSet<Integer>();
        media.encodings()
                .forEach((type, name) -> {
                    if (byName(name).filter(codec::equals).isEmpty()) {
                        others.add(type);
                    }
                });
        return others;
    }

    /// The parameter sets that the description tells; those that cannot be read are left out.
    ParameterSets sets() {
        var sets = new ParameterSets(codec);
        for (var name : List.of("sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets")) {
            for (var text : parameters.getOrDefault(name, "").split(",", MOST_SETS)) {
                decoded(text).ifPresent(bytes -> offer(sets, bytes));
            }
        }
        return sets;
    }

    /// Some cameras put a start code in front of each set.
    private static void offer(ParameterSets sets, byte[] bytes) {
        if (bytes.length > 2 && bytes[0] == 0 && bytes[1] == 0) {
            var units = NalUnits.split(bytes);
            for (var i = 0; i < units.size(); i++) {
                sets.offer(bytes, units.start(i), units.end(i));
            }
        } else {
            sets.offer(bytes, 0, bytes.length);
        }
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /// What the description tells of this track and of what exists beside it.
    Beside beside(Sdp sdp) {
        var speakers = new ArrayList<Sdp.Media>();
        var microphones = new ArrayList<Sdp.Media>();
        for (var other : sdp.media()) {
            if (other.kind().equals("audio")) {
                // ONVIF Streaming section 5.3: what is `sendonly` is for the client to send.
                (other.direction().equals("sendonly") ? speakers : microphones).add(other);
            }
        }
        var videos = (int) sdp.media().stream().filter(TrackChoice::isVideo).count();
        return new Beside(
                videos - 1,
                !microphones.isEmpty(),
                sdp.media().stream().anyMatch(TrackChoice::isMetadata),
                !speakers.isEmpty());
    }

    private static boolean isMetadata(Sdp.Media media) {
        return media.kind().equals("application")
                || media.encodings().values().stream().anyMatch(name -> name.contains("METADATA"));
    }

    /// What exists and is never taken.
    record Beside(int video, boolean audio, boolean metadata, boolean backChannel) {}
}
