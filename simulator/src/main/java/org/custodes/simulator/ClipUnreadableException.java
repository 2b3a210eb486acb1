package org.custodes.simulator;

/// A file that was named as footage cannot be shown by a camera. The message says why and what to do.
public final class ClipUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClipUnreadableException(String message) {
        super(message);
    }

    ClipUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
