package org.custodes.server;

import java.io.IOException;
import org.custodes.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/// Nothing that a stranger says crashes its reader, hangs it, or costs more than its bound.
class FuzzTest {

    @Test
    void messages() throws IOException, InterruptedException {
        new Fuzzing(MessageFuzz.class).run(MessageFuzz.seeds());
    }

    @Test
    void bodies() throws IOException, InterruptedException {
        new Fuzzing(JsonFuzz.class).run(JsonFuzz.seeds());
    }
}
