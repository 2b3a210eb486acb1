package org.custodes.audit;

/// Bytes of the log say something that no writer of ours would have written.
final class MalformedEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedEntryException(String message) {
        super(message);
    }
}
