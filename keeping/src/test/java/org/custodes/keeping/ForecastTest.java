package org.custodes.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.keeping.Forecast.Kept;
import org.custodes.keeping.Forecast.Verdict;
import org.custodes.media.CameraId;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final long GIGABYTE = 1_000_000_000L;

    @Test
    void storage_that_suffices_is_never_full_however_long_it_goes_on() {
        // 10 GB a day for 3 days and one more: 40 GB, of which 20 are there.
        var forecast = Forecast.of(List.of(camera(2, 10, 3)), 20 * GIGABYTE);

        assertThat(forecast.fullIn()).isEmpty();
        assertThat(forecast.bytesPerDay()).isEqualTo(10 * GIGABYTE);
        var only = forecast.cameras().getFirst();
        assertThat(only.verdict()).isEqualTo(Verdict.KEPT);
        assertThat(only.neededBytes()).isEqualTo(40 * GIGABYTE);
        assertThat(forecast.provisional()).isFalse();
    }

    @Test
    void storage_that_does_not_suffice_is_full_when_the_rate_has_taken_what_is_free() {
        var forecast = Forecast.of(List.of(camera(2, 10, 30)), 15 * GIGABYTE);

        assertThat(forecast.fullIn()).contains(Duration.ofHours(36));
        assertThat(forecast.cameras().getFirst().verdict()).isEqualTo(Verdict.SHORT);
    }

    @Test
    void a_camera_whose_footage_falls_due_already_takes_no_more_room() {
        var settled = camera(4, 100, 3);
        var growing = camera(1, 10, 30);

        var forecast = Forecast.of(List.of(settled, growing), 50 * GIGABYTE);

        assertThat(forecast.fullIn()).contains(Duration.ofDays(5));
        assertThat(forecast.cameras())
                .extracting(Forecast.OfCamera::verdict)
                .containsExactly(Verdict.KEPT, Verdict.SHORT);
    }

    @Test
    void two_that_grow_share_what_is_free_until_one_has_grown_up() {
        // For one day 30 GB a day, then 10 GB a day: 50 GB last 1 + 2 days.
        var forecast = Forecast.of(List.of(camera(3, 20, 3), camera(1, 10, 30)), 50 * GIGABYTE);

        assertThat(forecast.fullIn()).contains(Duration.ofDays(3));
    }

    @Test
    void too_little_footage_is_no_ground_for_a_figure() {
        var justBegun = kept(Duration.ofMinutes(59), 500 * GIGABYTE, 30);
        var young = kept(Duration.ofHours(5), 10 * GIGABYTE, 1);

        var forecast = Forecast.of(List.of(justBegun, young), 100 * GIGABYTE);

        assertThat(forecast.provisional()).isTrue();
        assertThat(forecast.fullIn()).isEmpty();
        assertThat(forecast.cameras())
                .extracting(Forecast.OfCamera::verdict)
                .containsExactly(Verdict.UNKNOWN, Verdict.KEPT);
        assertThat(forecast.bytesPerDay()).isEqualTo(10 * GIGABYTE);
    }

    @Test
    void nothing_recorded_fills_nothing() {
        assertThat(Forecast.of(List.of(), 0).fullIn()).isEmpty();
    }

    private static Kept camera(int daysStored, int gigabytesPerDay, int daysKept) {
        return kept(Duration.ofDays(daysStored), gigabytesPerDay * GIGABYTE, daysKept);
    }

    private static Kept kept(Duration stored, long bytesPerDay, int daysKept) {
        return new Kept(
                new CameraStorage(
                        new CameraId(UUID.randomUUID()),
                        bytesPerDay * stored.toSeconds() / 86_400,
                        bytesPerDay,
                        Optional.of(NOON.minus(stored)),
                        Optional.of(NOON),
                        Optional.empty()),
                Duration.ofDays(daysKept));
    }
}
