package org.custodes.store;

import java.time.Instant;
import java.util.Optional;
import org.custodes.media.GapCause;
import org.custodes.store.VolumeState.Health;
import org.custodes.vault.PackBinding;
import org.custodes.vault.Sealed;

/// One pack being written. One thread appends; none of its methods waits for a disk.
public final class PackWriter {
    private final Track track;
    private final OpenPack pack;
    private final RollTime roll;

    PackWriter(Track track, OpenPack pack) {
        this.track = track;
        this.pack = pack;
        this.roll = new RollTime(track.id(), pack.header().startMicros());
    }

    /// What the pack's records are sealed for.
    public PackBinding binding() {
        return pack.binding();
    }

    /// Hands a record to the live tail at once and to the volume's writer. After a failure it still
    /// reaches the tail.
    ///
    /// @throws IllegalArgumentException if it is not the pack's next record
    public void append(Sealed record) {
        track.append(pack, record);
    }

    /// Whether a key frame at `wallTime` belongs in a new pack. Ask before each key frame.
    public boolean wantsRoll(Instant wallTime) {
        return failed()
                || pack.volume().filter(volume -> volume.health() == Health.FULL).isPresent()
                || roll.wants(Wall.micros(wallTime), pack.size());
    }

    /// Whether even a frame that is no key frame may not go into this pack any more: its 10 min are
    /// over, or its day is and the running GOP began more than 60 s ago. Ask before each frame.
    public boolean mustRoll(Instant wallTime) {
        return roll.must(Wall.micros(wallTime), pack.lastKeyWall(), pack.size());
    }

    /// Whether records appended now reach no disk. Begin a new pack at the next key frame; the store
    /// notes the cause by itself.
    public boolean failed() {
        return pack.failure().isPresent();
    }

    /// Why it failed, empty if it did not.
    public Optional<GapCause> failure() {
        return pack.failure();
    }

    /// Ends the pack with its END record. Nothing may be appended afterwards. Does nothing on disk if
    /// the pack failed.
    ///
    /// @throws IllegalArgumentException if this is not the pack's next record, or no END record
    public void end(Sealed endRecord) {
        if (!endRecord.header().end()) {
            throw new IllegalArgumentException(
                    "Pack %s ends with an END record, but got record %d"
                            .formatted(pack.header().packId(), endRecord.header().number()));
        }
        track.append(pack, endRecord);
    }
}
