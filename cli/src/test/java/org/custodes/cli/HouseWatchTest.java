package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.Signals;
import org.junit.jupiter.api.Test;

class HouseWatchTest {
    private final Signals signals = new Signals();
    private Optional<String> fault = Optional.empty();

    @Test
    void what_is_wrong_stands_as_an_alarm_until_it_is_mended() {
        var concern =
                new HouseWatch.Concern(AlarmKind.KEY_STORE_COPY, () -> fault, "Bring it back.");
        try (var watch = HouseWatch.start(signals, () -> Instant.EPOCH, List.of(concern))) {
            fault = Optional.of("The copy in /mnt/b could not be renewed.");
            watch.look();
            assertThat(signals.standing())
                    .extracting(Alarm::cause)
                    .containsExactly("The copy in /mnt/b could not be renewed.");

            fault = Optional.empty();
            watch.look();
            assertThat(signals.standing()).isEmpty();
        }
    }

    @Test
    void what_cannot_be_looked_at_does_not_hide_the_rest() {
        var broken =
                new HouseWatch.Concern(
                        AlarmKind.REGISTER_COPY,
                        () -> {
                            throw new IllegalStateException("a fault of a test");
                        },
                        "None.");
        var sound =
                new HouseWatch.Concern(
                        AlarmKind.CLOCK_FREE, () -> Optional.of("It is wrong."), "Mend it.");
        try (var watch = HouseWatch.start(signals, () -> Instant.EPOCH, List.of(broken, sound))) {
            watch.look();

            assertThat(signals.standing()).extracting(Alarm::kind).containsExactly("clock.free");
        }
    }
}
