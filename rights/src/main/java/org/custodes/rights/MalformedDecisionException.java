package org.custodes.rights;

/// What was kept of a decision says something that no writer of ours would have written, or something that this
/// version does not know.
public final class MalformedDecisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedDecisionException(String found, int at) {
        super("What is kept of a decision cannot be read: %s at byte %d".formatted(found, at));
    }

    MalformedDecisionException(RuntimeException cause, int at) {
        super(
                "What is kept of a decision cannot be read: before byte %d: %s"
                        .formatted(at, cause.getMessage()),
                cause);
    }
}
