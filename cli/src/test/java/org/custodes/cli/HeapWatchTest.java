package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapWatchTest {
    private static final long MB = 1 << 20;

    @Test
    void the_heap_is_collected_once_it_has_grown_by_a_third_and_some() {
        assertThat(HeapWatch.isWorthIt(180 * MB, 240 * MB)).isFalse();
        assertThat(HeapWatch.isWorthIt(180 * MB, 260 * MB)).isTrue();
    }

    @Test
    void a_small_heap_is_not_collected_again_and_again() {
        assertThat(HeapWatch.isWorthIt(6 * MB, 20 * MB)).isFalse();
    }

    @Test
    void what_shrinks_is_left_alone() {
        assertThat(HeapWatch.isWorthIt(180 * MB, 90 * MB)).isFalse();
    }
}
