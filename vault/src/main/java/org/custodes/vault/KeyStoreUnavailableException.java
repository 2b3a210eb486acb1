package org.custodes.vault;

/// The key store could not be read or written just now. Nothing was changed; footage that is sealed
/// stays sealed.
public final class KeyStoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyStoreUnavailableException(String message) {
        super(message);
    }

    KeyStoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
