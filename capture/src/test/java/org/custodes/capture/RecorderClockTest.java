package org.custodes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.custodes.store.ClockState;
import org.junit.jupiter.api.Test;

class RecorderClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Instant wall = NOON;
    private long nanos = 7_000;
    private Duration pause = Duration.ZERO;
    private final List<RecorderClock.Step> steps = new ArrayList<>();
    private final RecorderClock clock =
            new RecorderClock(() -> wall, () -> nanos, () -> ClockState.FREE, 3, steps::add);

    @Test
    void stamps_a_frame_with_the_time_at_which_it_arrived() {
        pass(Duration.ofSeconds(10));

        var stamp = clock.at(nanos - Duration.ofMillis(40).toNanos());

        assertThat(stamp.wallTime()).isEqualTo(NOON.plusMillis(9_960));
        assertThat(stamp.era()).isEqualTo(3);
    }

    @Test
    void follows_a_slewed_clock_without_calling_it_a_step() {
        for (var second = 0; second < 1_000; second++) {
            pass(Duration.ofSeconds(1));
            wall = wall.plusNanos(500_000);
            clock.now();
        }

        assertThat(steps).isEmpty();
        assertThat(Duration.between(clock.now().wallTime(), wall).abs())
                .isLessThan(Duration.ofMillis(10));
    }

    @Test
    void never_runs_backwards_while_it_follows() {
        var last = clock.now().wallTime();
        for (var round = 0; round < 40; round++) {
            nanos += Duration.ofMillis(40).toNanos();
            wall = wall.plusMillis(30);
            var now = clock.now().wallTime();
            assertThat(now).isAfter(last);
            last = now;
        }
    }

    @Test
    void begins_an_era_when_the_clock_steps_back() {
        pass(Duration.ofSeconds(1));
        wall = wall.minus(Duration.ofHours(1));

        var stamp = clock.now();

        assertThat(stamp.era()).isEqualTo(4);
        assertThat(stamp.wallTime()).isEqualTo(NOON.plusSeconds(1).minus(Duration.ofHours(1)));
        assertThat(steps)
                .containsExactly(new RecorderClock.Step(NOON.plusSeconds(1), stamp.wallTime(), 4));
    }

    @Test
    void keeps_the_era_when_the_clock_steps_forward() {
        wall = wall.plus(Duration.ofDays(1));

        assertThat(clock.now().era()).isEqualTo(3);
        assertThat(steps).hasSize(1);
    }

    @Test
    void a_pause_between_two_looks_at_its_clocks_is_no_step() {
        var paused =
                new RecorderClock(
                        this::wallAfterPause, () -> nanos, () -> ClockState.FREE, 3, steps::add);
        pass(Duration.ofSeconds(1));

        pause = Duration.ofMillis(900);
        var during = paused.now();
        var after = paused.now();

        assertThat(steps).isEmpty();
        assertThat(during.wallTime()).isEqualTo(NOON.plusMillis(1_900));
        assertThat(after).isEqualTo(during);
    }

    @Test
    void a_step_during_a_pause_is_still_a_step() {
        var paused =
                new RecorderClock(
                        this::wallAfterPause, () -> nanos, () -> ClockState.FREE, 3, steps::add);
        pass(Duration.ofSeconds(1));
        wall = wall.minus(Duration.ofHours(1));

        pause = Duration.ofMillis(900);
        var stamp = paused.now();

        assertThat(stamp.era()).isEqualTo(4);
        assertThat(steps).hasSize(1);
    }

    /// The process is stopped just before the wall clock is looked at.
    private Instant wallAfterPause() {
        pass(pause);
        pause = Duration.ZERO;
        return wall;
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }
}
