package org.custodes.store;

import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.vault.Sealed;

/// Hears a track's records as they are appended. Called on the appending thread: it must not block.
public interface TailListener {

    /// A record. The first one heard is a key frame.
    void record(Codec codec, Sealed sealed);

    /// A gap began: nothing comes for now. The next record is heard as usual.
    default void ended(GapCause cause) {}
}
