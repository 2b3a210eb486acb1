package org.custodes.register;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;

/// One point of view.
///
/// Microphone, speaker, metadata, inputs and outputs are what the device is known to have; in this
/// version they exist and are off: nothing asks the device for them.
///
/// @param channel its place in the device, from 1
/// @param purpose why it films, in the controller's words
/// @param retention how long its footage lives; whole hours, 1 h to 30 days
/// @param link how it is reached
/// @param removedAt when it was taken out of the register; its footage stays until retention ends
public record Camera(
        CameraId id,
        UUID device,
        UUID site,
        String name,
        int channel,
        String purpose,
        View view,
        Duration retention,
        List<Stream> streams,
        CameraLink link,
        boolean microphone,
        boolean speaker,
        boolean metadata,
        int inputs,
        int outputs,
        Instant addedAt,
        Optional<Instant> removedAt) {

    public Camera {
        Objects.requireNonNull(id);
        Objects.requireNonNull(device);
        Objects.requireNonNull(site);
        Objects.requireNonNull(name);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(view);
        Objects.requireNonNull(retention);
        Objects.requireNonNull(link);
        Objects.requireNonNull(addedAt);
        Objects.requireNonNull(removedAt);
        streams = List.copyOf(streams);
    }

    public boolean removed() {
        return removedAt.isPresent();
    }

    /// Its stream for this role, if it has one.
    public Optional<Stream> stream(StreamRole role) {
        return streams.stream().filter(stream -> stream.role() == role).findFirst();
    }

    Camera changed(
            String newName,
            String newPurpose,
            View newView,
            Duration newRetention,
            CameraLink newLink) {
        return new Camera(
                id,
                device,
                site,
                newName,
                channel,
                newPurpose,
                newView,
                newRetention,
                streams,
                newLink,
                microphone,
                speaker,
                metadata,
                inputs,
                outputs,
                addedAt,
                removedAt);
    }

    Camera linked(CameraLink newLink) {
        return changed(name, purpose, view, retention, newLink);
    }

    /// The same camera at this place of this device.
    Camera placed(UUID itsDevice, int itsChannel) {
        return new Camera(
                id,
                itsDevice,
                site,
                name,
                itsChannel,
                purpose,
                view,
                retention,
                streams,
                link,
                microphone,
                speaker,
                metadata,
                inputs,
                outputs,
                addedAt,
                removedAt);
    }

    Camera removedAt(Instant when) {
        return new Camera(
                id,
                device,
                site,
                name,
                channel,
                purpose,
                view,
                retention,
                streams,
                link,
                microphone,
                speaker,
                metadata,
                inputs,
                outputs,
                addedAt,
                Optional.of(when));
    }
}
