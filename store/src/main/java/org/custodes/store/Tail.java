package org.custodes.store;

/// The last seconds of a track, sealed, in memory.
@SuppressWarnings("DoNotCallSuggester") // the face comes before what stands behind it
public final class Tail {

    Tail() {}

    /// Calls `listener` with the records from the last key frame on, at once and on this thread, and
    /// then with every record as it is appended. If the running GOP is too big to be held, it begins
    /// with the next key frame. Close the answer to hear no more.
    public AutoCloseable subscribe(TailListener listener) {
        throw new UnsupportedOperationException(listener.toString());
    }
}
