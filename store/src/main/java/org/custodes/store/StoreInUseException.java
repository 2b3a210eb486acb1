package org.custodes.store;

import java.nio.file.Path;

/// Another process has a volume open.
public final class StoreInUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreInUseException(Path volume) {
        super(
                "Volume %s is used by another process: end that one first, only one recorder may write"
                        .formatted(volume));
    }
}
