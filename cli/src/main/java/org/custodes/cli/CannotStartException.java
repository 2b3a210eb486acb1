package org.custodes.cli;

/// The command cannot do its work; the message tells what, why and the next step, and is all that
/// the person at the terminal gets to see.
final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
