package org.custodes.vault;

/// Where a record's header should stand are other bytes.
public final class BadRecordHeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRecordHeaderException(String why) {
        super("This is not a whole record header: %s".formatted(why));
    }
}
