package org.custodes.register;

/// A change that was checked and has not been made. Only [Register] makes one, so a change that was
/// never checked cannot be made.
///
/// @param <T> what it would become
public final class Draft<T> {
    private final T value;

    Draft(T value) {
        this.value = value;
    }

    /// What it would become.
    public T value() {
        return value;
    }
}
