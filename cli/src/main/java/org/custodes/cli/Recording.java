package org.custodes.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.FramePayload;
import org.custodes.media.TrackId;
import org.custodes.signals.Signals;
import org.custodes.store.CheckReport;
import org.custodes.store.Item;
import org.custodes.store.Store;
import org.custodes.store.StoreCheck;
import org.custodes.store.StoreSettings;
import org.custodes.vault.RootKey;
import org.custodes.vault.Sealed;
import org.custodes.vault.Vault;

/// What a recorder that has ended left behind, opened with its root key.
final class Recording implements AutoCloseable {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final Vault vault;
    private final StoreSettings settings;

    private Recording(Vault vault, StoreSettings settings) {
        this.vault = vault;
        this.settings = settings;
    }

    /// One frame that plays.
    ///
    /// @param sealed as it is stored
    /// @param payload as it was sealed (`docs/formats/pack.md`)
    record RecordedFrame(Codec codec, Sealed sealed, Bytes payload) {
        /// What a decoder is given.
        Bytes unit() {
            return Bytes.of(FramePayload.decodable(payload.array()));
        }

        Instant wallTime() {
            return Instant.EPOCH.plus(sealed.header().wallMicros(), ChronoUnit.MICROS);
        }
    }

    static Recording open(Path data, Path rootKey) {
        var vault =
                Vault.open(
                        List.of(data.resolve("keys")), RootKey.file(rootKey), new SecureRandom());
        return new Recording(
                vault, StoreSettings.of(List.of(data.resolve("media")), vault.installation()));
    }

    /// What `custodes check` finds.
    CheckReport check() {
        return StoreCheck.run(settings, Optional.of(vault), false);
    }

    List<TrackId> tracks() {
        try (var store = store()) {
            return store.tracks();
        }
    }

    /// Hands over every frame of a track that plays, in order.
    void play(TrackId track, Consumer<RecordedFrame> watcher) {
        play(track, watcher, _ -> {});
    }

    /// As above, and every gap in between.
    void play(TrackId track, Consumer<RecordedFrame> watcher, Consumer<Item.Gap> absent) {
        var opener = vault.opener(track.camera().value(), track.mediaClass().number(), FIRST, LAST);
        try (var store = store();
                var cursor = store.cursor(track)) {
            var item = cursor.next();
            while (!(item instanceof Item.Edge)) {
                switch (item) {
                    case Item.Stored(var codec, var sealed) -> {
                        if (!sealed.header().end()) {
                            var payload = Bytes.of(opener.open(sealed));
                            watcher.accept(new RecordedFrame(codec, sealed, payload));
                        }
                    }
                    case Item.Gap gap -> absent.accept(gap);
                    case Item.Edge() -> throw new IllegalStateException("The loop is over");
                }
                item = cursor.next();
            }
        } finally {
            opener.shut();
        }
    }

    @Override
    public void close() {
        vault.close();
    }

    private Store store() {
        return Store.open(settings, new Signals(), InstantSource.system());
    }
}
