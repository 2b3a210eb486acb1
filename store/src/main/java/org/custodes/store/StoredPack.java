package org.custodes.store;

import java.nio.file.Path;
import org.custodes.store.CatalogueEntry.Ended;

/// A finished pack, as the catalogue tells it, or as a scan found it where the catalogue says
/// nothing of its end.
record StoredPack(
        PackHeader header, Path file, long written, PackIndex index, long firstWall, long lastWall)
        implements PackView {

    static StoredPack of(PackHeader header, Path file, Ended ended) {
        return new StoredPack(
                header, file, ended.bytes(), ended.index(), ended.firstWall(), ended.lastWall());
    }

    static StoredPack of(PackScan scan, Path file) {
        return new StoredPack(
                scan.header(), file, scan.end(), scan.index(), scan.firstWall(), scan.lastWall());
    }

    @Override
    public boolean settled() {
        return true;
    }
}
