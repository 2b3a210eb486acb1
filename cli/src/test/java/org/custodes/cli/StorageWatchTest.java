package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.custodes.keeping.Forecast;
import org.junit.jupiter.api.Test;

class StorageWatchTest {
    @Test
    void warns_two_weeks_before_storage_is_full() {
        assertThat(cause(fullIn(15), false)).isEmpty();
        assertThat(cause(fullIn(13), false))
                .contains(
                        "At the present rate of 40 GB a day the volumes are full in 13 days, before"
                                + " footage falls due.");
        assertThat(cause(never(), false)).isEmpty();
    }

    @Test
    void a_warning_stays_until_it_is_well_past_that() {
        assertThat(cause(fullIn(15), true)).isPresent();
        assertThat(cause(fullIn(17), true)).isEmpty();
        assertThat(cause(never(), true)).isEmpty();
    }

    @Test
    void a_first_day_warns_of_nothing_and_ends_no_warning() {
        var young = new Forecast(40_000_000_000L, 1, Optional.of(days(3)), true, List.of());

        assertThat(cause(young, false)).isEmpty();
        assertThat(cause(young, true)).isPresent();
    }

    private static Optional<String> cause(Forecast forecast, boolean warned) {
        return StorageWatch.cause(forecast, warned);
    }

    private static Forecast fullIn(int days) {
        return new Forecast(40_000_000_000L, 1, Optional.of(days(days)), false, List.of());
    }

    private static Forecast never() {
        return new Forecast(40_000_000_000L, 1, Optional.empty(), false, List.of());
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
