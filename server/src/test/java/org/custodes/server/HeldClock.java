package org.custodes.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The real clock, put forward by hand.
final class HeldClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    void putForward(Duration by) {
        ahead = ahead.plus(by);
    }
}
