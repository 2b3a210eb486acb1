package org.custodes.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is wrong only if it lasts. For one thread.
final class Lasting {
    private final Duration atLeast;
    private final Supplier<Optional<String>> cause;
    private final InstantSource clock;
    private @Nullable Instant since;

    /// @param cause what is wrong at the moment
    Lasting(Duration atLeast, Supplier<Optional<String>> cause, InstantSource clock) {
        this.atLeast = atLeast;
        this.cause = cause;
        this.clock = clock;
    }

    /// What has been wrong, at each look, for so long.
    Optional<String> cause() {
        var now = cause.get();
        var begun = since == null ? clock.instant() : since;
        since = now.isPresent() ? begun : null;
        return now.filter(_ -> Duration.between(begun, clock.instant()).compareTo(atLeast) >= 0);
    }
}
