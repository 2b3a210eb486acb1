package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.custodes.media.GapCause;
import org.custodes.store.VolumeState.Health;

/// Sees how a volume is doing: whether it is there, has room, and takes writes again after a fault.
final class VolumeWatch {
    private static final int TRIAL_BYTES = 64 * 1024;

    private final Volume volume;
    private final SplittableRandom random = new SplittableRandom();

    VolumeWatch(Volume volume) {
        this.volume = volume;
    }

    /// Takes the volume in, at the start.
    ///
    /// @throws StoreFormatException if a newer version wrote it
    /// @throws StoreInUseException if another process has it
    void reach() {
        try {
            volume.reach();
            if (volume.measure() < volume.reserve()) {
                volume.full(volume.measure());
            } else {
                volume.recovered();
            }
        } catch (IOException e) {
            tell("it cannot be reached", e);
        }
    }

    /// Looks again.
    ///
    /// @return whether there is so little room that packs cannot wait for their next key frame
    boolean look() {
        try {
            if (!volume.isReached()) {
                reach();
                return false;
            }
            var usable = volume.measure();
            var wasFull = volume.health() == Health.FULL;
            // A little more than the reserve to leave that state, or it would flap.
            var enough = volume.reserve() + (wasFull ? volume.reserve() >> 4 : 0);
            if (usable < enough) {
                volume.full(usable);
                return usable < volume.reserve() / 2;
            }
            if (volume.health() == Health.FULL || volume.health() == Health.FAILED) {
                trial();
                volume.recovered();
            }
        } catch (IOException e) {
            tell("it cannot be written", e);
        } catch (StoreFormatException | StoreInUseException e) {
            volume.failed("it cannot be taken in", e);
        }
        return false;
    }

    /// Writes something, makes it last, and reads it back: only a disk that does all three is trusted
    /// with new packs.
    private void trial() throws IOException {
        var disk = volume.disk();
        var path = volume.layout().trial();
        var bytes = new byte[TRIAL_BYTES];
        random.nextBytes(bytes);
        try (var file = disk.edit(path)) {
            file.write(ByteBuffer.wrap(bytes), 0);
        }
        disk.sync(volume.layout().root(), List.of(path));
        try (var file = disk.read(path)) {
            var found = ByteBuffer.allocate(TRIAL_BYTES);
            file.read(found, 0);
            if (!Arrays.equals(found.array(), bytes)) {
                throw new IOException("%s does not hold what was written to it".formatted(path));
            }
        }
        disk.remove(path);
    }

    /// Raises the alarm that fits a fault.
    ///
    /// @return why nothing is recorded then
    GapCause tell(String what, Exception fault) {
        if (String.valueOf(fault.getMessage()).contains("No space left on device")) {
            volume.full(0);
            return GapCause.DISK_FULL;
        }
        volume.failed(what, fault);
        return GapCause.DISK_FAILED;
    }
}
