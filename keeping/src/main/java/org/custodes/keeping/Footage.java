package org.custodes.keeping;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.custodes.media.TrackId;
import org.custodes.store.StorageUse;
import org.custodes.store.Store;

/// What keeping asks of the store; the tests bring a store of their own that stops where they say.
interface Footage {
    List<TrackId> tracks();

    StorageUse use(TrackId track);

    Optional<Instant> syncedThrough(TrackId track);

    int dropDaysBefore(TrackId track, LocalDate day);

    static Footage of(Store store) {
        return new Footage() {
            @Override
            public List<TrackId> tracks() {
                return store.tracks();
            }

            @Override
            public StorageUse use(TrackId track) {
                return store.use(track);
            }

            @Override
            public Optional<Instant> syncedThrough(TrackId track) {
                return store.syncedThrough(track);
            }

            @Override
            public int dropDaysBefore(TrackId track, LocalDate day) {
                return store.dropDaysBefore(track, day);
            }
        };
    }
}
