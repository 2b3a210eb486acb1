package org.custodes.capture;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.custodes.register.DeviceSecret;
import org.custodes.register.StreamAddress;
import org.custodes.rtsp.Credentials;
import org.custodes.rtsp.ProbeFacts;
import org.custodes.rtsp.RtspAddress;
import org.custodes.rtsp.RtspException;
import org.custodes.rtsp.RtspProbe;
import org.jspecify.annotations.Nullable;

/// Calls a camera once, listens for a few seconds and tells facts about what came.
public final class ConnectionTest {
    private final Duration atMost;
    private final InstantSource clock;

    /// A test that takes at most this long.
    ///
    /// @param clock what the camera's clock is compared with
    public ConnectionTest(Duration atMost, InstantSource clock) {
        this.atMost = atMost;
        this.clock = clock;
    }

    /// Blocks until the facts are known or the time is over.
    public CameraTest of(StreamAddress address, Optional<DeviceSecret> secret) {
        try {
            var target = RtspAddress.of(URI.create(address.uri()), address.resolved());
            return told(RtspProbe.probe(target, credentials(secret), atMost, clock));
        } catch (RtspException e) {
            return new CameraTest.Failed(why(e.fault()), String.valueOf(e.getMessage()));
        }
    }

    private static CameraTest told(ProbeFacts facts) {
        var stream = facts.stream();
        return new CameraTest.Facts(
                stream.codec(),
                facts.config(),
                facts.keyFrameArrived(),
                facts.framesPerSecond(),
                facts.bitsPerSecond(),
                facts.keyFrameInterval(),
                facts.clockDifference(),
                stream.audio(),
                stream.metadata(),
                stream.backChannel());
    }

    private static @Nullable Credentials credentials(Optional<DeviceSecret> secret) {
        if (secret.isEmpty()) {
            return null;
        }
        var password = secret.get().password();
        try {
            return Credentials.of(secret.get().user(), password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static CameraTest.Why why(RtspException.Fault fault) {
        return switch (fault) {
            case UNREACHABLE, INTERRUPTED -> CameraTest.Why.UNREACHABLE;
            case NOT_RTSP -> CameraTest.Why.NOT_RTSP;
            case NO_ENCRYPTION, CERTIFICATE_CHANGED -> CameraTest.Why.NO_ENCRYPTION;
            case WRONG_CREDENTIALS -> CameraTest.Why.WRONG_CREDENTIALS;
            case REFUSED_BY_CAMERA -> CameraTest.Why.REFUSED_BY_CAMERA;
            case NOT_FOUND -> CameraTest.Why.NOT_FOUND;
            case NO_VIDEO -> CameraTest.Why.NO_VIDEO;
            case UNSUPPORTED_CODEC -> CameraTest.Why.UNSUPPORTED_CODEC;
            case SILENT -> CameraTest.Why.SILENT;
            case ENDED_BY_CAMERA, PROTOCOL, TOO_LARGE -> CameraTest.Why.BROKEN;
        };
    }
}
