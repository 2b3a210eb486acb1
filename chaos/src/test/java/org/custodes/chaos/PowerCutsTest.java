package org.custodes.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PowerCutsTest {
    /// `-Dcustodes.images=1000000` makes an hour of it.
    private static final long IMAGES = Long.getLong("custodes.images", 3_000);

    /// Another sample each day, unless one is given to be lived again.
    private static long seed() {
        return Long.getLong("custodes.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000);
    }

    @Test
    void every_crash_image_opens_verifies_and_holds_what_was_promised() throws Exception {
        var report = new PowerCuts(IMAGES, seed(), 2, System.out::println).run();

        assertThat(report.failures()).isEmpty();
        assertThat(report.images()).isGreaterThanOrEqualTo(IMAGES);
    }
}
