package org.custodes.vault;

/// A sealed record or secret stays closed.
public final class CannotOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    CannotOpenException(Reason reason, String what) {
        super("%s cannot be opened: %s".formatted(what, reason.told));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Why it stays closed.
    public enum Reason {
        /// The opener was shut: the look has ended or its right was taken back.
        SHUT("it was shut: the look has ended, or the key was destroyed"),
        /// Another camera, another class, or a time outside of the opener's interval.
        OUTSIDE("it lies outside of what this look may see"),
        /// Its key was erased, has expired or never was in this key store.
        NO_KEY("its key was erased, has expired or is not in this key store"),
        /// Its bytes are not those that were sealed, or not at this place.
        ALTERED("it is not what was sealed here, byte for byte");

        private final String told;

        Reason(String told) {
            this.told = told;
        }
    }
}
