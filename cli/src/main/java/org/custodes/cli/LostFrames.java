package org.custodes.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.custodes.media.TimeRange;
import org.custodes.signals.Signals;
import org.custodes.store.Cursor;
import org.custodes.store.Item;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;

/// Frames that are missing in what was stored.
final class LostFrames {
    private LostFrames() {}

    /// What a recorder that has ended lost of all cameras meanwhile: the camera's media time advances by one frame's
    /// ticks from record to record, so whatever it jumps over was lost.
    static double in(Path data, Path rootKey, TimeRange window, BenchSetting setting) {
        var missing = 0L;
        try (var vault =
                        Vault.open(
                                List.of(data.resolve("keys")),
                                RootKey.file(rootKey),
                                new SecureRandom());
                var store =
                        Store.open(
                                StoreSettings.of(
                                        List.of(data.resolve("media")), vault.installation()),
                                new Signals(),
                                InstantSource.system())) {
            var tracks = store.tracks();
            if (tracks.size() != setting.cameraCount()) {
                throw new CannotStartException(
                        "%d cameras were recorded, but %d were sent"
                                .formatted(tracks.size(), setting.cameraCount()));
            }
            for (var track : tracks) {
                try (var cursor = store.cursor(track)) {
                    missing += in(cursor, window, setting);
                }
            }
        }
        return missing;
    }

    private static long in(Cursor cursor, TimeRange window, BenchSetting setting) {
        var from = window.start().plus(Duration.ofSeconds(1));
        var to = window.end().minus(Duration.ofSeconds(1));
        var ticksPerFrame = Math.round(90_000 / setting.framesPerSecond());
        var _ = cursor.toKeyAtOrBefore(from);
        var missing = 0L;
        var last = Long.MIN_VALUE;
        while (cursor.next() instanceof Item.Stored(var _, var sealed)) {
            var header = sealed.header();
            var micros = header.wallMicros();
            if (header.end()) {
                continue;
            }
            if (Instant.EPOCH.plusNanos(micros * 1000).isAfter(to)) {
                return missing;
            }
            if (last != Long.MIN_VALUE) {
                missing += Math.round((header.mediaTime() - last) / (double) ticksPerFrame) - 1;
            }
            missing += header.damaged() ? 1 : 0;
            last = header.mediaTime();
        }
        // The recording ended, or has a gap, before the window does: all the rest is lost.
        var length = Duration.between(window.start(), window.end());
        return missing + Math.round(length.toSeconds() * setting.framesPerSecond());
    }
}
