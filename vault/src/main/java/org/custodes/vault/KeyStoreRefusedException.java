package org.custodes.vault;

/// What lies at the key store's places must not be opened as it is: damaged, of several
/// installations, gone different ways, rolled back, or in use. The message says which and what to do.
public final class KeyStoreRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyStoreRefusedException(String message) {
        super(message);
    }
}
