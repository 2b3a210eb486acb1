package org.custodes.vault;

/// What was given as a proof of destruction is none.
public final class BadProofException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadProofException(String why) {
        super("This is not a whole proof of destruction: %s".formatted(why));
    }

    BadProofException(String why, Throwable cause) {
        super("This is not a whole proof of destruction: %s".formatted(why), cause);
    }
}
