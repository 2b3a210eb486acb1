package org.custodes.cli;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.signals.Signals;
import org.custodes.store.Item;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;

/// What lies on a stopped recorder's own volume, by the clear part of each record.
final class StoredFrames implements AutoCloseable {
    private final Vault vault;
    private final Store store;

    /// @param wallMicros when it was recorded, in microseconds since 1970
    /// @param mediaTime the camera's clock in 90 kHz ticks
    record Frame(long wallMicros, long mediaTime, boolean damaged) {}

    StoredFrames(BenchRecorder stopped) {
        vault =
                Vault.open(
                        List.of(stopped.data().resolve("keys")),
                        RootKey.file(stopped.rootKey()),
                        new SecureRandom());
        store =
                Store.open(
                        StoreSettings.of(
                                List.of(stopped.data().resolve("media")), vault.installation()),
                        new Signals(),
                        InstantSource.system());
    }

    /// A camera's frames, as they were recorded.
    List<Frame> of(UUID camera) {
        var frames = new ArrayList<Frame>();
        try (var cursor = store.cursor(new TrackId(new CameraId(camera), 0, MediaClass.ORIGINAL))) {
            for (var item = cursor.next(); !(item instanceof Item.Edge); item = cursor.next()) {
                if (item instanceof Item.Stored(var _, var sealed) && !sealed.header().end()) {
                    var header = sealed.header();
                    frames.add(
                            new Frame(header.wallMicros(), header.mediaTime(), header.damaged()));
                }
            }
        }
        return frames;
    }

    @Override
    public void close() {
        store.close();
        vault.close();
    }
}
