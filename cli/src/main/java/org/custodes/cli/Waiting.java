package org.custodes.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for something that another process does.
final class Waiting {
    private static final Duration MOMENT = Duration.ofMillis(20);

    private Waiting() {}

    static void aMoment() {
        forAs(MOMENT);
    }

    /// Lets so much time pass.
    static void forAs(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted", e);
        }
    }

    /// Waits until it is so.
    ///
    /// @throws CannotStartException if it is not so in time
    static void until(String what, Duration atMost, BooleanSupplier so) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new CannotStartException(
                        "Waited %d s in vain: %s".formatted(atMost.toSeconds(), what));
            }
            aMoment();
        }
    }
}
