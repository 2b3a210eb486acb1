package org.custodes.rtsp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.custodes.media.Codec;
import org.custodes.media.CodecConfig;

/// What a camera told about its stream before the first picture. All text is the camera's: control
/// characters and writing-direction marks are taken out, the rest is up to 200 characters of its own.
///
/// @param codec of the video track that was taken
/// @param transport which way the pictures take: `TCP`, `UDP` or `HTTP`
/// @param certificate by what the camera was known, if it was reached over TLS
/// @param payloadParameters the track's format parameters (SDP `fmtp`), names in lower case
/// @param config what the SDP's parameter sets tell, if it has them
/// @param server what the camera calls itself (`Server`), or empty
/// @param title the session's name (SDP `s=`), or empty
/// @param keepAlive the method that keeps the session alive: `GET_PARAMETER` or `OPTIONS`
/// @param sessionTimeout after which the camera would drop a session that is not kept alive
/// @param otherVideo how many more video tracks exist; never taken
/// @param audio whether the camera has a microphone; never taken
/// @param metadata whether the camera sends metadata; never taken
/// @param backChannel whether the camera has a speaker; never used
public record StreamFacts(
        Codec codec,
        RtspTransport transport,
        Optional<CertificatePin> certificate,
        Map<String, String> payloadParameters,
        Optional<CodecConfig> config,
        String server,
        String title,
        String keepAlive,
        Duration sessionTimeout,
        int otherVideo,
        boolean audio,
        boolean metadata,
        boolean backChannel) {

    public StreamFacts {
        payloadParameters = Map.copyOf(payloadParameters);
    }
}
