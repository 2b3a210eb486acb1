package org.custodes.store;

/// A volume, pack or catalogue is not in a format that this version reads.
public final class StoreFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreFormatException(String message) {
        super(message);
    }
}
