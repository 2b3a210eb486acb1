package org.custodes.audit;

import org.jspecify.annotations.Nullable;

/// The entry could not be made durable, so what it was about must not happen (DESIGN I2). The log
/// tries again with the next entry; it recovers by itself when the disk does.
public final class AuditUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
