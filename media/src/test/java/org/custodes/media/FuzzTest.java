package org.custodes.media;

import java.io.IOException;
import org.custodes.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/// No parameter set and no picture crashes its reader, hangs it, or costs more than its bound.
class FuzzTest {

    @Test
    void parameter_sets() throws IOException, InterruptedException {
        new Fuzzing(ParameterSetsFuzz.class).run(ParameterSetsFuzz.seeds());
    }
}
