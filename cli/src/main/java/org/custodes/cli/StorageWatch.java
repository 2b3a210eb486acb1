package org.custodes.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.custodes.keeping.Forecast;
import org.custodes.keeping.Keeping;
import org.custodes.register.Register;
import org.custodes.store.Store;

/// Warns before storage is full. Of the one thread that makes the house's rounds.
final class StorageWatch {
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(5);

    /// A disk is ordered and built in within this.
    private static final Duration WARNED = Duration.ofDays(14);

    /// Later than that it no longer matters; in between the warning stays, or it would flap.
    private static final Duration WELL = Duration.ofDays(16);

    private final Keeping keeping;
    private final Register register;
    private final Store store;
    private final InstantSource clock;

    private Instant lookedAt = Instant.MIN;
    private Optional<String> told = Optional.empty();

    StorageWatch(Keeping keeping, Register register, Store store, InstantSource clock) {
        this.keeping = keeping;
        this.register = register;
        this.store = store;
        this.clock = clock;
    }

    /// What is wrong, as of the last look; empty if nothing is.
    Optional<String> cause() {
        var now = clock.instant();
        if (lookedAt.isAfter(now) || lookedAt.isBefore(now.minus(BETWEEN_LOOKS))) {
            lookedAt = now;
            told = cause(keeping.forecast(register.cameras(), free()), told.isPresent());
        }
        return told;
    }

    private long free() {
        // Two volumes on one file system have the same room, not twice as much.
        return store.volumes().stream()
                .map(volume ->
                        List.of(volume.totalBytes(), volume.usableBytes(), volume.reserveBytes()))
                .distinct()
                .mapToLong(volume -> Math.max(0, volume.get(1) - volume.get(2)))
                .sum();
    }

    static Optional<String> cause(Forecast forecast, boolean warned) {
        // Of less than a day nobody knows whether it was a usual one; that ends no warning that
        // stands.
        return forecast.provisional() && !warned
                ? Optional.empty()
                : forecast.fullIn()
                        .filter(full -> full.compareTo(warned ? WELL : WARNED) < 0)
                        .map(full ->
                                "At the present rate of %d GB a day the volumes are full in %d days, before footage falls due."
                                        .formatted(
                                                forecast.bytesPerDay() / 1_000_000_000L,
                                                full.toDays()));
    }
}
