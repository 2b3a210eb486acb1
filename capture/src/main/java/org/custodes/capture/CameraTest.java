package org.custodes.capture;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.custodes.media.Codec;
import org.custodes.media.CodecConfig;

/// What *test connection* found: facts only, never a picture.
public sealed interface CameraTest {

    /// The camera answered.
    ///
    /// @param transport which way its pictures came: `tcp`, `udp` or `http`
    /// @param certificate the SHA-256 of the certificate that it showed, in hexadecimal digits, if it was
    ///     reached over TLS
    /// @param keyFrameArrived whether a key frame came within the time of the test
    /// @param keyFrameInterval between two key frames, if two came
    /// @param clockDifference the camera's clock minus ours, where it tells one
    /// @param microphone whether there is an audio track, which is not asked for
    /// @param metadata whether there is a metadata track, which is not asked for
    /// @param backChannel whether it offers to speak, which is not asked for
    record Facts(
            Codec codec,
            String transport,
            Optional<String> certificate,
            Optional<CodecConfig> config,
            boolean keyFrameArrived,
            OptionalDouble framesPerSecond,
            OptionalLong bitsPerSecond,
            Optional<Duration> keyFrameInterval,
            Optional<Duration> clockDifference,
            boolean microphone,
            boolean metadata,
            boolean backChannel)
            implements CameraTest {}

    /// It is encrypted, and nobody has said by which certificate it is known: it was met, and nothing was
    /// said to it. Whoever has compared the certificate names it and tests again.
    ///
    /// @param certificate the SHA-256 of the certificate that it showed, in hexadecimal digits
    record Stranger(String certificate) implements CameraTest {}

    /// It did not work.
    record Failed(Why why, String message) implements CameraTest {}

    /// Why it did not work.
    enum Why {
        UNREACHABLE,
        NOT_RTSP,
        NO_ENCRYPTION,
        CERTIFICATE_CHANGED,
        WRONG_CREDENTIALS,
        REFUSED_BY_CAMERA,
        NOT_FOUND,
        NO_VIDEO,
        UNSUPPORTED_CODEC,
        SILENT,
        BROKEN
    }
}
