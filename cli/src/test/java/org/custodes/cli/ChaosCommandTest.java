package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ChaosCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void power_cuts_tell_their_seed_and_how_many_images_were_verified() {
        var code = run("chaos", "--power-cuts", "1", "--seed", "2000");

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .startsWith("1 crash images at least, from seed 2000 on.")
                .contains("each opened, verified and held what was promised.");
        assertThat(code).isZero();
    }

    @Test
    void what_is_done_has_to_be_said() {
        assertThat(run("chaos")).isEqualTo(2);
        assertThat(err.toString()).contains("--power-cuts");
    }

    private int run(String... words) {
        return Main.run(
                Surroundings.ofThisMachine(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                words);
    }
}
