package org.custodes.rights;

import java.util.Objects;
import java.util.UUID;

/// Names a group of cameras. A site is one, and has its own id.
public record GroupId(UUID value) {

    public GroupId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
