package org.custodes.store;

import java.time.Instant;

/// Walks one track's records in decoding order, over packs, volumes and the growing end as one path.
/// One thread; reads one record at a time. A new cursor stands before the first record.
@SuppressWarnings("DoNotCallSuggester") // the face comes before what stands behind it
public final class Cursor implements AutoCloseable {

    Cursor() {}

    /// Goes to the last key frame at or before `at`.
    ///
    /// @return false if there is none; the position is then the first key frame after it, if any
    public boolean toKeyAtOrBefore(Instant at) {
        throw new UnsupportedOperationException(at.toString());
    }

    /// Goes to the first key frame after `at`.
    ///
    /// @return false if there is none yet; the position is then the growing end
    public boolean toKeyAfter(Instant at) {
        throw new UnsupportedOperationException(at.toString());
    }

    /// The record at the position (or the gap before it), moving past it. At the growing end
    /// [Item.Edge]; ask again later.
    public Item next() {
        throw new UnsupportedOperationException();
    }

    /// The next key frame at or after the position, moving past it.
    public Item nextKey() {
        throw new UnsupportedOperationException();
    }

    /// The last key frame before the position, moving to it: asked again and again it walks
    /// backwards from key to key, and [#next] after it answers the same key frame.
    public Item previousKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
