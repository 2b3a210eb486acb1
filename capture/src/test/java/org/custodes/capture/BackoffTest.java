package org.custodes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void waits_about_a_second_first_and_never_more_than_thirty() {
        assertThat(backoff.afterFailure()).isBetween(Duration.ofMillis(750), Duration.ofSeconds(1));
        for (var failure = 0; failure < 20; failure++) {
            assertThat(backoff.afterFailure()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
        assertThat(backoff.afterFailure()).isGreaterThan(Duration.ofSeconds(22));
    }

    @Test
    void begins_anew_when_pictures_came() {
        backoff.afterFailure();
        backoff.afterFailure();
        backoff.reset();

        assertThat(backoff.afterFailure()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
