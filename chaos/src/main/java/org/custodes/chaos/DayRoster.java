package org.custodes.chaos;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.custodes.audit.Receipt;
import org.custodes.capture.Roster;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.register.Camera;
import org.custodes.register.CameraLink;
import org.custodes.register.Changed;
import org.custodes.register.Device;
import org.custodes.register.DeviceSecret;
import org.custodes.register.RegisterChange;
import org.custodes.register.Stream;
import org.custodes.register.StreamAddress;
import org.custodes.register.StreamRole;
import org.custodes.register.View;

/// Cameras of a site that is not there; nothing of them changes.
final class DayRoster implements Roster {
    /// Some fall due within the day, some do not.
    private static final List<Duration> RETENTIONS =
            List.of(Duration.ofHours(6), Duration.ofHours(12), Duration.ofHours(72));

    private static final long HIGH = 0x2222_2222_2222_4222L;
    private static final long LOW = 0x8222_2222_2222_0000L;
    private static final UUID SITE = new UUID(HIGH, LOW + 0xFFFF);

    private final List<Camera> cameras;

    DayRoster(int count) {
        cameras = IntStream.range(0, count).mapToObj(DayRoster::camera).toList();
    }

    private static Camera camera(int number) {
        return new Camera(
                new CameraId(new UUID(HIGH, LOW + number)),
                device(number),
                SITE,
                "camera " + number,
                1,
                "burglary at night",
                View.INDOOR,
                RETENTIONS.get(number % RETENTIONS.size()),
                List.of(new Stream(0, StreamRole.RECORD, "/" + number)),
                CameraLink.USUAL,
                false,
                false,
                false,
                0,
                0,
                Instant.EPOCH,
                Optional.empty());
    }

    private static UUID device(int number) {
        return new UUID(HIGH, LOW + 0x8000 + number);
    }

    static TrackId track(Camera camera) {
        return new TrackId(camera.id(), 0, MediaClass.ORIGINAL);
    }

    @Override
    public List<Camera> cameras() {
        return cameras;
    }

    @Override
    public Optional<Camera> camera(CameraId id) {
        return cameras.stream().filter(camera -> camera.id().equals(id)).findFirst();
    }

    @Override
    public Device device(UUID id) {
        return new Device(
                id,
                SITE,
                "device",
                "camera.example",
                InetAddress.getLoopbackAddress(),
                554,
                false,
                false,
                Optional.empty(),
                1);
    }

    @Override
    public StreamAddress address(Camera camera, Stream stream) {
        return new StreamAddress(
                false, "camera.example", InetAddress.getLoopbackAddress(), 554, stream.path());
    }

    @Override
    public boolean mayBeCalled(Camera camera, Instant now) {
        return true;
    }

    @Override
    public Optional<DeviceSecret> secret(UUID device) {
        return Optional.empty();
    }

    @Override
    public Changed<Device> pinCertificate(UUID device, String sha256, Receipt receipt) {
        return new Changed.Unavailable<>();
    }

    @Override
    public void listen(Consumer<RegisterChange> listener) {
        // Nothing changes.
    }
}
