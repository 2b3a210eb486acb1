package org.custodes.audit;

import java.util.List;
import org.custodes.media.Bytes;

/// How far the log goes that is durable. Never changed: the writer hands out a new one after every
/// turn of the disk, and readers look no further than theirs.
///
/// @param segments from the oldest; the last one is written to
/// @param lastLength how many bytes of the last one are durable
/// @param hash of the log up to `nextIndex`
record Extent(List<SegmentName> segments, long lastLength, long nextIndex, Bytes hash) {

    Extent {
        segments = List.copyOf(segments);
    }

    boolean lastIsEmpty() {
        return !segments.isEmpty() && segments.getLast().firstIndex() == nextIndex;
    }
}
