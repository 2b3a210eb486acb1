package org.custodes.capture;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.custodes.audit.Receipt;
import org.custodes.media.CameraId;
import org.custodes.register.Camera;
import org.custodes.register.Changed;
import org.custodes.register.Device;
import org.custodes.register.DeviceSecret;
import org.custodes.register.Register;
import org.custodes.register.RegisterChange;
import org.custodes.register.Stream;
import org.custodes.register.StreamAddress;

/// What capture asks of the register, each as [Register] explains it; a simulation brings cameras of its
/// own, and needs no database for them.
public interface Roster {
    List<Camera> cameras();

    Optional<Camera> camera(CameraId id);

    Device device(UUID id);

    StreamAddress address(Camera camera, Stream stream);

    boolean mayBeCalled(Camera camera, Instant now);

    Optional<DeviceSecret> secret(UUID device);

    Changed<Device> pinCertificate(UUID device, String sha256, Receipt receipt);

    void listen(Consumer<RegisterChange> listener);

    static Roster of(Register register) {
        return new Roster() {
            @Override
            public List<Camera> cameras() {
                return register.cameras();
            }

            @Override
            public Optional<Camera> camera(CameraId id) {
                return register.camera(id);
            }

            @Override
            public Device device(UUID id) {
                return register.device(id);
            }

            @Override
            public StreamAddress address(Camera camera, Stream stream) {
                return register.address(camera, stream);
            }

            @Override
            public boolean mayBeCalled(Camera camera, Instant now) {
                return register.mayBeCalled(camera, now);
            }

            @Override
            public Optional<DeviceSecret> secret(UUID device) {
                return register.secret(device);
            }

            @Override
            public Changed<Device> pinCertificate(UUID device, String sha256, Receipt receipt) {
                return register.pinCertificate(device, sha256, receipt);
            }

            @Override
            public void listen(Consumer<RegisterChange> listener) {
                register.listen(listener);
            }
        };
    }
}
