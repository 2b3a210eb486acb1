package org.custodes.store;

import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.vault.Sealed;

/// What a [Cursor] meets.
public sealed interface Item {

    /// One record, still sealed.
    record Stored(Codec codec, Sealed sealed) implements Item {}

    /// A stretch without records, and why.
    record Gap(TimeRange range, GapCause cause) implements Item {}

    /// Nothing further for now: the growing end, or the beginning when going back.
    record Edge() implements Item {}
}
