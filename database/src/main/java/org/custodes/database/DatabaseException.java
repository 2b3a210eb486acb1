package org.custodes.database;

import org.jspecify.annotations.Nullable;

/// PostgreSQL could not be started, reached or migrated. The message says what to do about it.
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseException(String message) {
        this(message, null);
    }

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
