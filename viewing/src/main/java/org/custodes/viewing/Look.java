package org.custodes.viewing;

import java.util.Optional;
import org.custodes.access.Reason;

/// One granted look at one track, live or played back. Used by one thread at a time, except
/// [#close()], which any thread may call.
public sealed interface Look extends AutoCloseable permits LiveLook, PlaybackLook {

    /// Calls `listener` once when the look is over, at once if it is already; it must not block.
    void onEnd(Runnable listener);

    /// Why it was taken back; empty while it stands, and if its holder closed it.
    Optional<Reason> endedBy();

    /// Ends the look and has written down how much was seen. Calling it again does nothing.
    @Override
    void close();
}
