package org.custodes.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.custodes.capture.CameraTest;
import org.custodes.capture.RunState;
import org.custodes.keeping.CameraStorage;
import org.custodes.media.CodecConfig;
import org.custodes.register.Camera;
import org.custodes.register.Device;
import org.custodes.register.PinnedCertificate;
import org.custodes.register.PlainException;
import org.custodes.register.Stream;
import org.custodes.register.StreamRole;

/// Cameras as the API tells them.
final class CameraViews {
    private CameraViews() {}

    /// @param certificate by which it is known, if it is encrypted and was met
    record DeviceView(
            String host, int port, boolean encrypted, Optional<CertificateView> certificate) {
        static DeviceView of(Device device) {
            return new DeviceView(
                    device.host(),
                    device.port(),
                    device.encrypted(),
                    device.pinnedCertificate().map(CertificateView::of));
        }
    }

    /// @param sha256 of the certificate, in hexadecimal digits
    /// @param since when the device was met with it first, or when somebody accepted it
    record CertificateView(String sha256, Instant since) {
        static CertificateView of(PinnedCertificate pinned) {
            return new CertificateView(pinned.sha256(), pinned.since());
        }
    }

    /// Leave to be called in the clear at a site that takes encrypted cameras only.
    record ExceptionView(Instant until, String reason) {
        static ExceptionView of(PlainException exception) {
            return new ExceptionView(exception.until(), exception.reason());
        }
    }

    /// @param path for those who configure cameras
    /// @param codec and what follows: since the first key frame
    record StreamView(
            int number,
            String role,
            Optional<String> path,
            Optional<String> codec,
            Optional<String> rfc6381,
            Optional<Integer> width,
            Optional<Integer> height) {}

    /// @param bytesPerDay what a day of recording takes; 0 while nobody knows
    /// @param syncedThrough everything up to here survives a power cut
    record StorageView(
            long bytes,
            long bytesPerDay,
            Optional<Instant> oldest,
            Optional<Instant> newest,
            Optional<Instant> syncedThrough) {
        static StorageView of(CameraStorage storage) {
            return new StorageView(
                    storage.bytes(),
                    storage.bytesPerDay(),
                    storage.oldest(),
                    storage.newest(),
                    storage.syncedThrough());
        }
    }

    /// @param device and the two below it: for those who configure cameras
    /// @param microphone and the two below it: `none`, or `off` if the camera has one
    record CameraView(
            UUID id,
            String name,
            UUID site,
            Optional<DeviceView> device,
            Optional<String> transport,
            Optional<ExceptionView> plainException,
            int channel,
            String purpose,
            String view,
            long retentionHours,
            List<StreamView> streams,
            String microphone,
            String speaker,
            String metadata,
            StateView state,
            StorageView storage,
            Instant addedAt,
            Optional<Instant> removedAt) {}

    /// @param device absent for those who may not see addresses
    static CameraView of(
            Camera camera,
            Optional<Device> device,
            Map<Integer, RunState> states,
            CameraStorage storage) {
        return new CameraView(
                camera.id().value(),
                camera.name(),
                camera.site(),
                device.map(DeviceView::of),
                device.map(_ -> camera.link().transport().code()),
                device.flatMap(_ -> camera.link().plainException().map(ExceptionView::of)),
                camera.channel(),
                camera.purpose(),
                camera.view().code(),
                camera.retention().toHours(),
                camera.streams().stream()
                        .map(stream -> stream(stream, device.isPresent(), states))
                        .toList(),
                off(camera.microphone()),
                off(camera.speaker()),
                off(camera.metadata()),
                state(camera, states),
                StorageView.of(storage),
                camera.addedAt(),
                camera.removedAt());
    }

    private static String off(boolean exists) {
        return exists ? "off" : "none";
    }

    private static StreamView stream(
            Stream stream, boolean withPath, Map<Integer, RunState> states) {
        var config =
                states.get(stream.number()) instanceof RunState.Streaming streaming
                        ? streaming.config()
                        : Optional.<CodecConfig>empty();
        return new StreamView(
                stream.number(),
                stream.role().code(),
                withPath ? Optional.of(stream.path()) : Optional.empty(),
                config.map(known -> known.codec().name().toLowerCase(Locale.ROOT)),
                config.map(CodecConfig::rfc6381),
                config.map(CodecConfig::width),
                config.map(CodecConfig::height));
    }

    /// A camera is as its recorded stream is.
    private static StateView state(Camera camera, Map<Integer, RunState> states) {
        return camera.removedAt()
                .map(StateView::removed)
                .or(() ->
                        camera.stream(StreamRole.RECORD)
                                .map(stream -> states.get(stream.number()))
                                .map(StateView::of))
                .orElseGet(() -> StateView.of(new RunState.Off(camera.addedAt())));
    }

    /// @param certificateUnknown whether it is encrypted and was only met, to have its certificate compared
    record CameraTestView(
            boolean reachable,
            Optional<String> transport,
            Optional<String> certificate,
            boolean certificateUnknown,
            Optional<String> codec,
            Optional<String> rfc6381,
            Optional<Integer> width,
            Optional<Integer> height,
            Optional<Double> framesPerSecond,
            Optional<Long> keyFrameDistanceMillis,
            Optional<Long> bitsPerSecond,
            Optional<Long> clockDifferenceMillis,
            boolean keyFrameArrived,
            boolean microphone,
            boolean metadata,
            boolean backChannel) {
        static CameraTestView of(CameraTest test) {
            return switch (test) {
                case CameraTest.Facts facts -> of(facts);
                case CameraTest.Stranger(var certificate) -> met(certificate);
                case CameraTest.Failed failed ->
                        throw new IllegalArgumentException("A failed test has no facts: " + failed);
            };
        }

        private static CameraTestView met(String certificate) {
            return new CameraTestView(
                    true,
                    Optional.empty(),
                    Optional.of(certificate),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false,
                    false,
                    false);
        }

        private static CameraTestView of(CameraTest.Facts facts) {
            return new CameraTestView(
                    true,
                    Optional.of(facts.transport()),
                    facts.certificate(),
                    false,
                    Optional.of(facts.codec().name().toLowerCase(Locale.ROOT)),
                    facts.config().map(CodecConfig::rfc6381),
                    facts.config().map(CodecConfig::width),
                    facts.config().map(CodecConfig::height),
                    boxed(facts.framesPerSecond()),
                    facts.keyFrameInterval().map(Duration::toMillis),
                    boxed(facts.bitsPerSecond()),
                    facts.clockDifference().map(Duration::toMillis),
                    facts.keyFrameArrived(),
                    facts.microphone(),
                    facts.metadata(),
                    facts.backChannel());
        }

        private static Optional<Double> boxed(OptionalDouble value) {
            return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
        }

        private static Optional<Long> boxed(OptionalLong value) {
            return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
        }
    }
}
