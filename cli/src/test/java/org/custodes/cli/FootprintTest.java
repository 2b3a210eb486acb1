package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.custodes.cli.Footprint.Growth;
import org.junit.jupiter.api.Test;

/// A program that runs for long holds no more at the end than it did early on.
class FootprintTest {
    private static final long MB = 1_000_000;

    @Test
    void a_program_that_keeps_its_size_is_not_blamed() {
        assertThat(Growth.ALLOWED.excess(minutes(LongStream.generate(() -> 80 * MB).limit(30))))
                .isEmpty();
        assertThat(Growth.ALLOWED.excess(minutes(LongStream.of(80 * MB)))).isEmpty();
    }

    @Test
    void a_leak_is_told_with_both_sizes() {
        var leaking = LongStream.rangeClosed(1, 30).map(minute -> 80 * MB + minute * 200_000);

        assertThat(Growth.ALLOWED.excess(minutes(leaking)))
                .containsExactly(
                        "the heap held 80.6 MB by minute 5 and 85.6 MB by minute 30: that is 6.2 % more, where 3.0 % are allowed");
    }

    @Test
    void what_waited_for_a_disk_in_the_last_minute_is_no_leak_and_hides_none() {
        var calm = LongStream.generate(() -> 80 * MB).limit(29);
        assertThat(Growth.ALLOWED.excess(minutes(LongStream.concat(calm, LongStream.of(170 * MB)))))
                .isEmpty();

        var stalledEarly =
                LongStream.concat(
                        LongStream.of(80 * MB, 80 * MB, 80 * MB, 80 * MB, 170 * MB),
                        LongStream.generate(() -> 90 * MB).limit(25));
        assertThat(Growth.ALLOWED.excess(minutes(stalledEarly))).hasSize(1);
    }

    @Test
    void descriptors_that_are_never_closed_are_told() {
        var leaking =
                IntStream.rangeClosed(1, 30)
                        .mapToObj(minute -> new Footprint(80 * MB, 400 + minute))
                        .toList();

        assertThat(Growth.ALLOWED.excess(leaking))
                .containsExactly(
                        "403 descriptors were open by minute 5 and 428 by minute 30, where 5 more are allowed");
    }

    private static List<Footprint> minutes(LongStream heap) {
        return heap.mapToObj(bytes -> new Footprint(bytes, 400)).toList();
    }
}
