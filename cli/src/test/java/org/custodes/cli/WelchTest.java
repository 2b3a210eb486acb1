package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WelchTest {
    /// As `scipy.stats.ttest_ind(a, b, equal_var=False)` has it.
    @Test
    void tells_the_probability_that_others_tell() {
        var a =
                List.of(
                        27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6,
                        19.0, 21.7, 21.4);
        var b =
                List.of(
                        27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1,
                        22.9, 20.5, 24.4);

        assertThat(Welch.probability(a, b)).isCloseTo(0.021378, within(1e-6));
        assertThat(Welch.probability(b, a)).isCloseTo(0.021378, within(1e-6));
    }

    @Test
    void what_is_the_same_is_told_as_chance_and_what_lies_apart_is_not() {
        var random = new Random(7);
        var one = Stream.generate(random::nextGaussian).limit(2_000).toList();
        var same = Stream.generate(random::nextGaussian).limit(2_000).toList();
        var apart = same.stream().map(value -> value + 0.3).toList();

        assertThat(Welch.probability(one, one)).isCloseTo(1, within(1e-9));
        assertThat(Welch.probability(one, same)).isGreaterThan(0.01);
        assertThat(Welch.probability(one, apart)).isLessThan(1e-6);
        assertThat(Welch.probability(List.of(1.0, 1.0), List.of(1.0, 1.0))).isEqualTo(1);
    }
}
