package org.custodes.vault;

/// The root key is missing, unreadable or another one than this key store was made with. Nothing
/// opens without it; the message says which file or passphrase is meant and what to do.
public final class RootKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RootKeyException(String message) {
        super(message);
    }

    RootKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
