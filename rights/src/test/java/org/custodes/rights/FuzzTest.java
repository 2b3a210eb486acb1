package org.custodes.rights;

import java.io.IOException;
import org.custodes.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/// Nothing that stands in the place of what was kept of a decision crashes its reader, hangs it, or costs more than
/// its bound.
class FuzzTest {

    @Test
    void what_is_kept_of_decisions() throws IOException, InterruptedException {
        new Fuzzing(DecidedFuzz.class).run(DecidedFuzz.seeds());
    }
}
