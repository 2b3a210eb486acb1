package org.custodes.chaos;

/// The recorder did not keep what it had promised.
final class BrokenPromiseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenPromiseException(String what) {
        super(what);
    }
}
