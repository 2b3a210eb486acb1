package org.custodes.simulator;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;

/// What a camera announces (SDP, RFC 8866; RFC 6184 section 8.2.1, RFC 7798 section 7.1).
final class SessionDescription {
    static final String VIDEO = "trackID=0";
    static final String AUDIO = "trackID=1";
    static final String METADATA = "trackID=2";

    private SessionDescription() {}

    /// The description of what a camera shows.
    ///
    /// @param base the camera's address with a slash at its end
    static String of(Clip clip, CameraSettings settings, String base) {
        var sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=- 1 1 IN IP4 127.0.0.1");
        line(sdp, "s=Simulated camera");
        line(sdp, "c=IN IP4 0.0.0.0");
        line(sdp, "t=0 0");
        control(sdp, settings, base, "*");
        line(sdp, "a=range:npt=now-");
        video(sdp, clip, settings.parameterSetsInSdp());
        control(sdp, settings, base, VIDEO);
        if (settings.otherTracks()) {
            otherTracks(sdp);
        }
        return sdp.toString();
    }

    private static void control(
            StringBuilder sdp, CameraSettings settings, String base, String track) {
        if (settings.has(Quirk.NO_CONTROL)) {
            return;
        }
        var whole = track.equals("*") ? base : base + track;
        line(sdp, "a=control:" + (settings.has(Quirk.ABSOLUTE_CONTROL) ? whole : track));
    }

    private static void video(StringBuilder sdp, Clip clip, boolean withSets) {
        boolean images = clip.codec() == Codec.MJPEG;
        line(sdp, "m=video 0 RTP/AVP %d".formatted(Packets.payloadType(clip.codec())));
        if (!images) {
            line(sdp, "a=rtpmap:96 %s/90000".formatted(clip.codec()));
        }
        line(sdp, "a=framerate:%s".formatted(String.format(Locale.ROOT, "%.3f", clip.fps())));
        var format =
                switch (clip.codec()) {
                    case H264 -> h264(clip.parameterSets(), withSets);
                    case H265 -> withSets ? h265(clip.parameterSets()) : "";
                    case MJPEG -> "";
                };
        if (!format.isEmpty()) {
            line(sdp, "a=fmtp:96 " + format);
        }
        if (images) {
            line(sdp, "a=x-dimensions:%d,%d".formatted(clip.codedWidth(), clip.codedHeight()));
        }
    }

    private static String h264(List<Bytes> sets, boolean withSets) {
        if (!withSets) {
            return "packetization-mode=1";
        }
        var sps = sets.stream().filter(set -> isType(Codec.H264, set, NalUnits.H264_SPS));
        var level =
                sps.findFirst()
                        .map(set ->
                                "%02X%02X%02X"
                                        .formatted(set.array()[1], set.array()[2], set.array()[3]))
                        .orElseThrow();
        var all = sets.stream().map(SessionDescription::base64).toList();
        return "packetization-mode=1;profile-level-id=%s;sprop-parameter-sets=%s"
                .formatted(level, String.join(",", all));
    }

    private static String h265(List<Bytes> sets) {
        return "sprop-vps=%s;sprop-sps=%s;sprop-pps=%s"
                .formatted(
                        ofType(sets, NalUnits.H265_VPS),
                        ofType(sets, NalUnits.H265_SPS),
                        ofType(sets, NalUnits.H265_PPS));
    }

    private static String ofType(List<Bytes> sets, int type) {
        var found =
                sets.stream()
                        .filter(set -> isType(Codec.H265, set, type))
                        .map(SessionDescription::base64)
                        .toList();
        return String.join(",", found);
    }

    private static boolean isType(Codec codec, Bytes set, int type) {
        return NalUnits.type(codec, set.array()[0]) == type;
    }

    private static String base64(Bytes set) {
        return Base64.getEncoder().encodeToString(set.array());
    }

    private static void otherTracks(StringBuilder sdp) {
        line(sdp, "m=audio 0 RTP/AVP 0");
        line(sdp, "a=rtpmap:0 PCMU/8000");
        line(sdp, "a=control:" + AUDIO);
        line(sdp, "m=application 0 RTP/AVP 107");
        line(sdp, "a=rtpmap:107 vnd.onvif.metadata/90000");
        line(sdp, "a=control:" + METADATA);
    }

    private static void line(StringBuilder sdp, String line) {
        sdp.append(line).append("\r\n");
    }
}
