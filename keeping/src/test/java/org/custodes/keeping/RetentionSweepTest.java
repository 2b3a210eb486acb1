package org.custodes.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditUnavailableException;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.media.CameraId;
import org.custodes.signals.Alarm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionSweepTest {
    private static final Duration THREE_DAYS = Duration.ofDays(3);

    @TempDir Path home;

    private House house;

    @BeforeEach
    void open() throws IOException {
        house = new House(home, "2026-03-02T00:00:00Z");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_day_goes_when_its_last_moment_is_older_than_the_retention() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-02");
        house.sweepAt("2026-03-02T12:00:00Z");

        house.sweepAt("2026-03-04T23:59:59Z");
        assertThat(house.packsOf(camera)).hasSize(2);
        assertThat(house.logged()).isEmpty();

        house.sweepAt("2026-03-05T00:00:00Z");
        assertThat(house.packsOf(camera)).containsExactly(LocalDate.parse("2026-03-02"));
        assertThat(house.keysOf(camera)).containsExactly(LocalDate.parse("2026-03-02"));
        assertThat(house.logged()).containsExactly("footage.expiring", "footage.expired");
    }

    @Test
    void every_camera_has_its_own_retention_and_a_removed_one_keeps_it() {
        var brief = house.camera(Duration.ofDays(1));
        var removed = house.camera(THREE_DAYS, Optional.of(Instant.parse("2026-03-01T12:00:00Z")));
        house.record(brief, "2026-03-01");
        house.record(removed, "2026-03-01");
        house.sweepAt("2026-03-02T12:00:00Z");

        house.sweepAt("2026-03-03T00:00:00Z");
        assertThat(house.packsOf(brief)).isEmpty();
        assertThat(house.packsOf(removed)).hasSize(1);

        house.sweepAt("2026-03-05T00:00:00Z");
        assertThat(house.packsOf(removed)).isEmpty();
        assertThat(house.keysOf(removed)).isEmpty();
    }

    @Test
    void sweeping_again_does_and_says_nothing_more() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-04");

        house.sweepAt("2026-03-05T00:00:00Z");
        house.sweepAt("2026-03-05T01:00:00Z");

        assertThat(house.logged()).containsExactly("footage.expiring", "footage.expired");
    }

    @Test
    void keys_die_first_and_a_sweep_that_stopped_after_them_is_finished_by_the_next() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-04");
        house.storeFails(true);

        assertThatThrownBy(() -> house.sweepAt("2026-03-05T00:00:00Z"))
                .hasMessage("the disk fails");
        assertThat(house.keysOf(camera)).containsExactly(LocalDate.parse("2026-03-04"));
        assertThat(house.packsOf(camera)).hasSize(2);

        house.storeFails(false);
        house.sweepAt("2026-03-05T00:05:00Z");
        assertThat(house.packsOf(camera)).hasSize(1);
        assertThat(house.logged())
                .containsExactly("footage.expiring", "footage.expiring", "footage.expired");
    }

    @Test
    void nothing_is_destroyed_without_an_entry_before_it() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-04");
        house.sweepAt("2026-03-04T22:00:00Z");
        house.audit.close();

        assertThatThrownBy(() -> house.sweepAt("2026-03-05T00:00:00Z"))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(house.keysOf(camera)).hasSize(2);
        assertThat(house.packsOf(camera)).hasSize(2);
    }

    @Test
    void a_sweep_that_fails_is_an_alarm() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-04");
        house.pass(Duration.ofDays(4));
        house.audit.close();

        assertThat(house.keeping().turn()).isFalse();

        assertThat(house.signals.standing())
                .extracting(Alarm::kind)
                .containsExactly("keeping.sweep-failed");
    }

    @Test
    void a_clock_that_leaps_ahead_freezes_destruction_and_raises_an_alarm() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-02");
        house.sweepAt("2026-03-02T23:00:00Z");

        house.leap(Duration.ofDays(30));
        house.keeping().sweepOnce();

        assertThat(house.packsOf(camera)).hasSize(2);
        assertThat(house.logged()).containsExactly("footage.expiry-frozen");
        assertThat(house.signals.standing()).extracting("key").containsExactly(Freeze.ALARM);
    }

    @Test
    void a_freeze_outlives_a_restart_and_ends_after_a_day() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-02");
        house.sweepAt("2026-03-02T23:00:00Z");
        house.leap(Duration.ofDays(30));
        house.keeping().sweepOnce();
        // The recorder records on, under the new time.
        house.record(camera, "2026-04-01");

        house.restart();
        house.pass(Duration.ofHours(23));
        house.keeping().sweepOnce();
        assertThat(house.packsOf(camera)).hasSize(3);

        house.pass(Duration.ofHours(1));
        house.keeping().sweepOnce();
        assertThat(house.packsOf(camera)).containsExactly(LocalDate.parse("2026-04-01"));
        assertThat(house.signals.standing()).isEmpty();
    }

    @Test
    void a_clock_that_is_set_right_again_ends_the_freeze_and_destroys_nothing_too_early() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-02");
        house.sweepAt("2026-03-02T23:00:00Z");
        house.leap(Duration.ofDays(30));
        house.keeping().sweepOnce();

        house.leap(Duration.ofDays(-30));
        house.keeping().sweepOnce();

        assertThat(house.packsOf(camera)).hasSize(2);
        assertThat(house.signals.standing()).isEmpty();
        assertThat(house.logged())
                .containsExactly("footage.expiry-frozen", "footage.expiry-resumed");
    }

    @Test
    void a_person_who_confirms_the_clock_ends_the_freeze() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-02");
        house.sweepAt("2026-03-02T23:00:00Z");
        house.leap(Duration.ofDays(30));
        house.keeping().sweepOnce();

        var receipt =
                house.audit.append(
                        Event.of(
                                Actor.stranger("Erika", "", ""),
                                Action.SETTING_CHANGED,
                                "clock",
                                Outcome.DONE,
                                "confirmed"));
        house.keeping().confirmClock(receipt);
        house.keeping().sweepOnce();

        assertThat(house.packsOf(camera)).isEmpty();
    }

    @Test
    void a_night_without_power_is_no_leap_and_a_month_without_is_asked_about() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-02");

        house.restart();
        house.sweepAt("2026-03-03T12:00:00Z");
        assertThat(house.logged()).isEmpty();

        house.leap(Duration.ofDays(30));
        house.restart();
        house.keeping().sweepOnce();
        assertThat(house.logged()).containsExactly("footage.expiry-frozen");
        assertThat(house.packsOf(camera)).hasSize(2);
    }

    @Test
    void footage_of_a_camera_that_nobody_knows_stays() {
        var forgotten = house.camera(THREE_DAYS);
        house.record(forgotten, "2026-03-01", "2026-03-04");
        house.cameras.clear();

        house.sweepAt("2026-03-05T12:00:00Z");

        assertThat(house.packsOf(forgotten)).hasSize(2);
    }

    @Test
    void storage_is_told_by_camera_over_all_its_tracks() {
        var camera = house.camera(THREE_DAYS);
        house.record(camera, "2026-03-01", "2026-03-02");

        var storage = house.keeping().storage(camera.id());

        assertThat(storage.bytes()).isEqualTo(2_000);
        assertThat(storage.bytesPerDay()).isEqualTo(1_000);
        assertThat(storage.oldest()).contains(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(house.keeping().storage()).containsExactly(storage);
    }

    @Test
    void a_camera_without_footage_takes_nothing() {
        var camera = new CameraId(UUID.randomUUID());

        var storage = house.keeping().storage(camera);

        assertThat(storage.bytes()).isZero();
        assertThat(storage.oldest()).isEmpty();
        assertThat(storage.syncedThrough()).isEmpty();
    }
}
