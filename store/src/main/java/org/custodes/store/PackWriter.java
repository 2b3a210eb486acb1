package org.custodes.store;

import java.time.Instant;
import java.util.Optional;
import org.custodes.media.GapCause;
import org.custodes.vault.PackBinding;
import org.custodes.vault.Sealed;

/// One pack being written. One thread appends; none of its methods waits for a disk.
@SuppressWarnings("DoNotCallSuggester") // the face comes before what stands behind it
public final class PackWriter {

    PackWriter() {}

    /// What the pack's records are sealed for.
    public PackBinding binding() {
        throw new UnsupportedOperationException();
    }

    /// Hands a record to the live tail at once and to the volume's writer. After a failure it still
    /// reaches the tail.
    public void append(Sealed record) {
        throw new UnsupportedOperationException("" + record.header());
    }

    /// Whether a key frame at `wallTime` belongs in a new pack. Ask before each key frame.
    public boolean wantsRoll(Instant wallTime) {
        throw new UnsupportedOperationException(wallTime.toString());
    }

    /// Whether even a frame that is no key frame may not go into this pack any more (its 10 min are
    /// over, or its day is and the running GOP began more than 60 s ago). Ask before each frame.
    public boolean mustRoll(Instant wallTime) {
        throw new UnsupportedOperationException(wallTime.toString());
    }

    /// Whether records appended now reach no disk. Begin a new pack at the next key frame; the store
    /// notes the cause by itself.
    public boolean failed() {
        throw new UnsupportedOperationException();
    }

    /// Why it failed, empty if it did not.
    public Optional<GapCause> failure() {
        throw new UnsupportedOperationException();
    }

    /// Ends the pack with its END record. Nothing may be appended afterwards. Does nothing on disk if
    /// the pack failed.
    public void end(Sealed endRecord) {
        throw new UnsupportedOperationException("" + endRecord.header());
    }
}
