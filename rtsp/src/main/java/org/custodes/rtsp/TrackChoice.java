package org.custodes.rtsp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.custodes.media.Codec;
import org.custodes.media.JpegSize;
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
    private static final int LONGEST_SIDE = 65_535;
    private static final Pattern DIMENSIONS = Pattern.compile("([0-9]{1,5})\\s*,\\s*([0-9]{1,5})");

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
        var usable = videos.stream().flatMap(video -> choice(video).stream()).toList();
        // Images by themselves cost ten times the bytes: they are taken where there is nothing
        // else.
        return usable.stream()
                .filter(choice -> choice.codec().hasNalUnits())
                .findFirst()
                .or(() -> usable.stream().findFirst())
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
                        .flatMap(TrackChoice::told)
                        .distinct()
                        .limit(8)
                        .collect(Collectors.joining(", "));
        return new RtspException(
                RtspException.Fault.UNSUPPORTED_CODEC,
                "Its video is %s, which is not recorded. Choose H.264, H.265 or MJPEG in its settings"
                        .formatted(
                                names.isEmpty()
                                        ? "of a codec without a name"
                                        : ServerText.shown(names)));
    }

    /// What a medium is, for people.
    private static Stream<String> told(Sdp.Media media) {
        if (isEncryptedByItself(media)) {
            return Stream.of("encrypted by itself (SRTP, %s)".formatted(media.protocol()));
        }
        var parameters = parameters(media);
        return names(media).values().stream().map(name -> VideoNames.told(name, parameters));
    }

    /// SRTP: its keys are agreed upon in ways that we do not speak. RTSP over TLS does the same job.
    private static boolean isEncryptedByItself(Sdp.Media media) {
        return media.protocol().contains("SAVP");
    }

    private static Optional<TrackChoice> choice(Sdp.Media media) {
        if (isEncryptedByItself(media)) {
            return Optional.empty();
        }
        var parameters = parameters(media);
        return codec(media, parameters)
                .filter(codec -> inDecodingOrder(codec, parameters))
                .map(codec -> new TrackChoice(media, codec, parameters));
    }

    private static Optional<Codec> codec(Sdp.Media media, Map<String, String> parameters) {
        var names = names(media);
        var codecs = names.values().stream().flatMap(name -> byName(name).stream()).toList();
        return codecs.stream()
                .filter(Codec::hasNalUnits)
                .findFirst()
                .or(() -> codecs.stream().findFirst())
                .or(() -> names.isEmpty() ? byHints(parameters) : Optional.empty());
    }

    /// What its payload types are called, in the order of the `m=` line, then what that line does not
    /// know; the fixed ones have names without being given any (RFC 3551 section 6).
    private static Map<Integer, String> names(Sdp.Media media) {
        var types = new LinkedHashSet<>(media.formats());
        types.addAll(new TreeSet<>(media.encodings().keySet()));
        var names = new LinkedHashMap<Integer, String>();
        for (var type : types) {
            var name = media.encodings().getOrDefault(type, VideoNames.fixed(type));
            if (!name.isEmpty()) {
                names.put(type, name);
            }
        }
        return names;
    }

    private static Optional<Codec> byName(String encoding) {
        return switch (encoding) {
            case "H264" -> Optional.of(Codec.H264);
            case "H265", "HEVC" -> Optional.of(Codec.H265);
            case "JPEG" -> Optional.of(Codec.MJPEG);
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

    /// RFC 6184 section 6.4, RFC 7798 section 7.1: otherwise each payload has a decoding order number,
    /// which no camera uses.
    static boolean inDecodingOrder(Codec codec, Map<String, String> parameters) {
        return switch (codec) {
            case H264 -> !parameters.getOrDefault("packetization-mode", "1").equals("2");
            case H265 -> parameters.getOrDefault("sprop-max-don-diff", "0").equals("0");
            case MJPEG -> true;
        };
    }

    /// How large its images are, if the description tells (`x-dimensions`, as an attribute or as a
    /// parameter): RTP's field for it ends at 2,040 pixels.
    Optional<JpegSize> size() {
        var text = parameters.getOrDefault("x-dimensions", media.dimensions());
        var found = DIMENSIONS.matcher(text.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        var width = Integer.parseInt(found.group(1));
        var height = Integer.parseInt(found.group(2));
        return isSide(width) && isSide(height)
                ? Optional.of(new JpegSize(width, height))
                : Optional.empty();
    }

    private static boolean isSide(int pixels) {
        return pixels > 0 && pixels <= LONGEST_SIDE;
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
        names(media)
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
