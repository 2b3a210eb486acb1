package org.custodes.vault;

import java.util.Arrays;
import java.util.UUID;

/// Where a partition's page lies and which key opens it.
final class PageRef {
    final UUID page;
    final long epoch;
    private final byte[] key;

    /// Takes the key over.
    PageRef(UUID page, long epoch, byte[] key) {
        this.page = page;
        this.epoch = epoch;
        this.key = key;
    }

    /// Not to be changed by anybody.
    byte[] key() {
        return key;
    }

    void wipe() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "Page %s of epoch %d".formatted(page, epoch);
    }
}
