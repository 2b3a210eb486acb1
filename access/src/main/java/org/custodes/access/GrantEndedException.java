package org.custodes.access;

import java.util.Optional;

/// A look is over: closed, expired or taken back. Nothing opens any more.
public final class GrantEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Reason> reason;

    GrantEndedException(Optional<Reason> reason) {
        super(
                "This look is over: "
                        + reason.map(Reason::words).orElse("it was closed by whoever looked."));
        this.reason = reason;
    }

    /// Why it was taken back; empty if it was closed by its holder.
    public Optional<Reason> reason() {
        return reason;
    }
}
