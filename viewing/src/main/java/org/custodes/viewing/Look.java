package org.custodes.viewing;

/// One granted look at one track, live or played back. Used by one thread at a time, except
/// [#close()], which any thread may call.
public sealed interface Look extends AutoCloseable permits LiveLook, PlaybackLook {

    /// Ends the look and has written down how much was seen. Calling it again does nothing.
    @Override
    void close();
}
