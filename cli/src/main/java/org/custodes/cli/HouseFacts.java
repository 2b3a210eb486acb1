package org.custodes.cli;

import java.util.List;
import java.util.Locale;
import org.custodes.server.SystemFacts;
import org.custodes.store.KernelClock;
import org.custodes.store.Store;
import org.custodes.store.VolumeState;

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
        return store.volumes().stream().map(HouseFacts::volume).toList();
    }

    @Override
    public List<VolumeFigures> volumeFigures() {
        return store.volumes().stream()
                .map(state ->
                        new VolumeFigures(
                                volume(state),
                                state.writeMedian(),
                                state.writeSlowest(),
                                state.unsyncedFor(),
                                state.queuedBytes(),
                                state.queueLimitBytes(),
                                state.openPacks()))
                .toList();
    }

    private static Volume volume(VolumeState state) {
        return new Volume(
                state.folder().toString(),
                state.id(),
                state.health().name().toLowerCase(Locale.ROOT),
                state.totalBytes(),
                state.usableBytes(),
                state.reserveBytes());
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
