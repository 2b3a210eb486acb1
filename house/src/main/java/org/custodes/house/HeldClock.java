package org.custodes.house;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test holds in its hand.
public final class HeldClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

    /// It shows ten in the morning of 22 November 2026, UTC.
    public HeldClock() {}

    @Override
    public Instant instant() {
        return now;
    }

    /// Puts it forward.
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
