package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.NOON;
import static org.custodes.store.Recorder.YARD;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.mishap.SimulatedDisk;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final int MANY = 1000;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final Path folder = disk.path("volume");

    @Test
    void a_day_is_told_exactly_with_the_cause_of_every_gap() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(50, 25);
        var lost = recorder.now;
        recorder.store.beginGap(DOOR, lost, GapCause.CAMERA_UNREACHABLE);
        recorder.pass(Duration.ofSeconds(60));
        var back = recorder.now;
        door.frames(50, 25);
        var end = recorder.now.minusMillis(40);
        recorder.settle();

        var coverage = recorder.store.coverage(DOOR, around(NOON, Duration.ofHours(2)), MANY);

        assertThat(coverage.spans())
                .containsExactly(span(NOON, lost), span(back, end.plusNanos(1000)));
        assertThat(coverage.gaps())
                .containsExactly(
                        new Coverage.GapSpan(
                                new TimeRange(lost, back), GapCause.CAMERA_UNREACHABLE));
    }

    @Test
    void packs_that_go_on_make_one_span_over_a_roll_and_a_restart_makes_a_gap() throws Exception {
        var recorder = new Recorder(folder);
        recorder.record(DOOR).frames(50, 25).roll().frames(50, 25);
        recorder.settle();
        assertThat(recorder.store.coverage(DOOR, around(NOON, Duration.ofHours(1)), MANY).spans())
                .hasSize(1);

        recorder.killAndRestart();
        recorder.settle();
        recorder.pass(Duration.ofMinutes(5));
        var off = recorder.store.coverage(DOOR, around(NOON, Duration.ofHours(1)), MANY);
        assertThat(off.gaps())
                .extracting(Coverage.GapSpan::cause)
                .containsExactly(GapCause.RECORDER_KILLED);
        assertThat(off.gaps().getFirst().range().end()).isEqualTo(recorder.now);
    }

    @Test
    void a_month_is_told_by_minutes_from_the_summaries_alone() {
        var recorder = new Recorder(folder);
        recorder.now = NOON.minus(Duration.ofDays(10));
        var door = recorder.record(DOOR);
        for (var day = 0; day < 10; day++) {
            door.frames(50, 25).roll(GapCause.CAMERA_OFF, 0);
            recorder.now = recorder.now.plus(Duration.ofDays(1));
        }
        recorder.settle();
        recorder.store.coverage(DOOR, around(NOON, Duration.ofDays(30)), MANY);
        var reads = recorder.disk.reads();

        var coverage = recorder.store.coverage(DOOR, around(NOON, Duration.ofDays(30)), MANY);

        assertThat(recorder.disk.reads() - reads).isLessThan(5);
        assertThat(coverage.spans()).hasSize(10);
        assertThat(coverage.gaps())
                .extracting(Coverage.GapSpan::cause)
                .startsWith(GapCause.CAMERA_OFF, GapCause.CAMERA_OFF, GapCause.CAMERA_OFF);
        assertThat(coverage.spans().getFirst().range().length()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void no_more_spans_are_told_than_asked_for_and_the_widest_gaps_stay() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR);
        for (var pause = 1; pause <= 6; pause++) {
            door.frames(25, 25).roll(GapCause.CAMERA_SILENT, 0);
            recorder.pass(Duration.ofSeconds(pause * 10L));
        }
        door.frames(25, 25);

        var coverage = recorder.store.coverage(DOOR, around(NOON, Duration.ofHours(1)), 3);

        assertThat(coverage.spans()).hasSize(3);
        assertThat(coverage.gaps())
                .extracting(gap -> gap.range().length().toSeconds())
                .containsExactly(50L, 60L);
    }

    @Test
    void an_absence_that_nobody_explained_is_told_as_one() throws Exception {
        var recorder = new Recorder(folder);
        recorder.record(DOOR).frames(50, 25).end();
        recorder.stopAndRestart();
        recorder.pass(Duration.ofMinutes(3));

        for (var half : List.of(Duration.ofHours(1), Duration.ofDays(3))) {
            assertThat(recorder.store.coverage(DOOR, around(NOON, half), MANY).gaps())
                    .extracting(Coverage.GapSpan::cause)
                    .containsExactly(GapCause.UNKNOWN);
        }
    }

    @Test
    void nothing_is_told_of_the_future() {
        var recorder = new Recorder(folder);
        recorder.record(DOOR).frames(50, 25);
        recorder.store.beginGap(DOOR, recorder.now, GapCause.CAMERA_ENDED);
        recorder.pass(Duration.ofSeconds(10));

        var coverage = recorder.store.coverage(DOOR, around(NOON, Duration.ofHours(1)), MANY);

        assertThat(coverage.gaps().getLast().range().end()).isEqualTo(recorder.now);
        assertThat(recorder.store.coverage(YARD, around(NOON, Duration.ofHours(1)), MANY))
                .isEqualTo(new Coverage(List.of(), List.of()));
    }

    @Test
    void use_counts_bytes_and_tells_the_oldest_and_the_newest_record() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).bodies(1000).frames(2500, 25);
        recorder.settle();

        var use = recorder.store.use(DOOR);

        assertThat(use.bytes()).isBetween(2_500_000L, 2_900_000L);
        assertThat(use.oldest()).contains(NOON);
        assertThat(use.newest()).contains(recorder.now.minusMillis(40));
        assertThat(use.bytesPerDay()).isBetween(2_000_000_000L, 2_700_000_000L);
        assertThat(recorder.store.use(YARD).bytes()).isZero();
        door.end();
        recorder.settle();
        assertThat(recorder.store.use(DOOR).bytes()).isGreaterThanOrEqualTo(use.bytes());
    }

    @Test
    void a_start_goes_on_in_the_era_of_the_newest_record_or_in_the_next_if_that_lies_ahead()
            throws Exception {
        var recorder = new Recorder(folder);
        assertThat(recorder.store.era(DOOR, NOON)).isZero();
        var door = recorder.record(DOOR).frames(50, 25).roll(GapCause.CLOCK_STEPPED, 3);
        door.frames(50, 25);
        var last = recorder.now.minusMillis(40);
        recorder.settle();

        recorder.killAndRestart();
        assertThat(recorder.store.era(DOOR, last)).isEqualTo(3);
        assertThat(recorder.store.era(DOOR, last.minusMillis(1))).isEqualTo(4);
        recorder.settle();
        assertThat(recorder.store.era(DOOR, last)).isEqualTo(3);
        assertThat(recorder.store.era(DOOR, last.minusMillis(1))).isEqualTo(4);
    }

    @Test
    void a_record_of_an_earlier_era_that_lies_ahead_begins_no_new_era() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(50, 25);
        var ahead = recorder.now;
        recorder.now = ahead.minus(Duration.ofMinutes(10));
        door.roll(GapCause.CLOCK_STEPPED, 1).frames(50, 25);
        var now = recorder.now;
        door.end();
        recorder.settle();

        assertThat(now).isBefore(ahead);
        assertThat(recorder.store.era(DOOR, now)).isEqualTo(1);
        assertThat(recorder.store.era(DOOR, now.minusSeconds(1))).isEqualTo(2);
    }

    @Test
    void what_was_synced_is_known_and_rises_every_two_seconds() {
        var recorder = new Recorder(folder);
        recorder.record(DOOR).frames(25, 25);
        assertThat(recorder.store.syncedThrough(DOOR)).isEmpty();

        recorder.record(DOOR).frames(150, 25);

        assertThat(recorder.store.syncedThrough(DOOR).orElseThrow())
                .isAfter(recorder.now.minusSeconds(4));
    }

    private static TimeRange around(Instant instant, Duration half) {
        return new TimeRange(instant.minus(half), instant.plus(half));
    }

    private static Coverage.Span span(Instant start, Instant end) {
        return new Coverage.Span(new TimeRange(start, end));
    }
}
