package org.custodes.capture;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.custodes.register.DeviceSecret;
import org.custodes.register.Trial;
import org.custodes.rtsp.CertificatePin;
import org.custodes.rtsp.Credentials;
import org.custodes.rtsp.ProbeFacts;
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

    /// Blocks until the facts are known or the time is over. A device that is encrypted and not known by a
    /// certificate is only met: user and password do not go to whoever answers first.
    public CameraTest of(Trial trial) {
        try {
            var address = RtspTargets.of(trial.address(), trial.transport());
            if (address.isEncrypted() && trial.certificate().isEmpty()) {
                return new CameraTest.Stranger(RtspProbe.meet(address, atMost).sha256());
            }
            var target =
                    trial.certificate()
                            .map(known -> address.knownBy(new CertificatePin(known.sha256())))
                            .orElse(address);
            return told(RtspProbe.probe(target, credentials(trial.secret()), atMost, clock));
        } catch (RtspException e) {
            return new CameraTest.Failed(why(e.fault()), String.valueOf(e.getMessage()));
        }
    }

    private static CameraTest told(ProbeFacts facts) {
        var stream = facts.stream();
        return new CameraTest.Facts(
                stream.codec(),
                stream.transport().name().toLowerCase(Locale.ROOT),
                stream.certificate().map(CertificatePin::sha256),
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
            case NO_ENCRYPTION -> CameraTest.Why.NO_ENCRYPTION;
            case CERTIFICATE_CHANGED -> CameraTest.Why.CERTIFICATE_CHANGED;
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
