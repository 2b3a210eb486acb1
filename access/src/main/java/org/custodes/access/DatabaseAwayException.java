package org.custodes.access;

/// The database does not answer, so nobody can be let in and nothing changed.
public final class DatabaseAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String WORDS =
            "The database does not answer, so rights cannot be checked. Recording goes on."
                    + " It is tried again at the next request.";

    DatabaseAwayException(Throwable cause) {
        super(WORDS, cause);
    }

    /// As another room has found.
    DatabaseAwayException() {
        super(WORDS);
    }
}
