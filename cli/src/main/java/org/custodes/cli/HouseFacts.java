package org.custodes.cli;

import java.util.List;
import java.util.Locale;
import org.custodes.server.SystemFacts;
import org.custodes.store.KernelClock;
import org.custodes.store.Store;

/// What the system page tells of rooms that the server may not see.
final class HouseFacts implements SystemFacts {
    private final Store store;
    private final org.custodes.database.Database database;
    private final KernelClock kernelClock;
    private final boolean embedded;

    HouseFacts(
            Store store,
            org.custodes.database.Database database,
            KernelClock kernelClock,
            boolean embedded) {
        this.store = store;
        this.database = database;
        this.kernelClock = kernelClock;
        this.embedded = embedded;
    }

    @Override
    public List<Volume> volumes() {
        return store.volumes().stream()
                .map(volume ->
                        new Volume(
                                volume.folder().toString(),
                                volume.id(),
                                volume.health().name().toLowerCase(Locale.ROOT),
                                volume.totalBytes(),
                                volume.usableBytes(),
                                volume.reserveBytes()))
                .toList();
    }

    @Override
    public SystemFacts.Database database() {
        return new SystemFacts.Database(database.reachable(), embedded);
    }

    @Override
    public Clock clock() {
        return new Clock(kernelClock.state().name().toLowerCase(Locale.ROOT));
    }
}
