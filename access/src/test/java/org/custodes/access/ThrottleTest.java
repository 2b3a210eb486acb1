package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.custodes.access.Throttle.Verdict;
import org.custodes.house.HeldClock;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final HeldClock clock = new HeldClock();
    private final Throttle throttle = new Throttle(2, 100, clock);

    @Test
    void the_wait_doubles_from_one_second_to_fifteen_minutes() {
        var waits = new ArrayList<Duration>();
        throttle.attempt("ana");
        throttle.attempt("ana");

        for (var i = 0; i < 12; i++) {
            assertThat(throttle.attempt("ana")).isEqualTo(new Verdict.Go());
            var wait = (Verdict.Wait) throttle.attempt("ana");
            waits.add(Duration.between(clock.instant(), wait.until()));
            clock.pass(waits.getLast());
        }

        assertThat(waits.stream().map(Duration::toSeconds))
                .containsExactlyElementsOf(
                        List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L));
    }

    @Test
    void of_no_quarter_of_an_hour_there_are_more_attempts_than_it_lets_through() {
        var accounts = new Throttle(2, 10, clock);
        var made = new ArrayDeque<Instant>();

        for (var second = 0; second < 4 * 3_600; second++) {
            if (accounts.attempt("ana") instanceof Verdict.Go) {
                made.addLast(clock.instant());
            }
            while (!made.isEmpty()
                    && !made.getFirst().isAfter(clock.instant().minus(Duration.ofMinutes(15)))) {
                made.removeFirst();
            }
            assertThat(made).hasSizeLessThanOrEqualTo(10);
            clock.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void who_must_wait_is_told_once_as_the_first() {
        for (var i = 0; i < 3; i++) {
            throttle.attempt("ana");
        }

        assertThat(((Verdict.Wait) throttle.attempt("ana")).first()).isTrue();
        assertThat(((Verdict.Wait) throttle.attempt("ana")).first()).isFalse();
    }

    @Test
    void one_key_does_not_slow_another() {
        for (var i = 0; i < 10; i++) {
            throttle.attempt("ana");
        }

        assertThat(throttle.attempt("ben")).isEqualTo(new Verdict.Go());
    }

    @Test
    void strangers_make_it_forget_one_another_but_nobody_who_is_here() {
        var accounts = Throttle.ofPeople(2, 10, clock);
        for (var attempt = 0; attempt < 3; attempt++) {
            throttle.attempt("ana");
            accounts.attempt("ana");
        }

        for (var i = 0; i < 10_000; i++) {
            throttle.attempt("name " + i);
            accounts.attempt("name " + i);
        }

        assertThat(throttle.attempt("ana")).isEqualTo(new Verdict.Go());
        assertThat(accounts.attempt("ana")).isInstanceOf(Verdict.Wait.class);
    }

    @Test
    void it_never_stops_anybody_for_good() {
        for (var i = 0; i < 10_000; i++) {
            throttle.attempt("ana");
        }
        clock.pass(Duration.ofMinutes(15));

        assertThat(throttle.attempt("ana")).isEqualTo(new Verdict.Go());
    }

    @Test
    void what_ended_well_is_not_counted() {
        for (var i = 0; i < 50; i++) {
            assertThat(throttle.attempt("desk")).isEqualTo(new Verdict.Go());
            throttle.forgive("desk");
        }
    }

    @Test
    void an_hour_without_attempts_forgets_them() {
        for (var i = 0; i < 3; i++) {
            throttle.attempt("ana");
        }
        clock.pass(Duration.ofMinutes(61));

        throttle.attempt("ana");

        assertThat(throttle.attempt("ana")).isEqualTo(new Verdict.Go());
    }
}
