package org.custodes.store;

import java.io.IOException;
import org.custodes.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/// No file on a volume crashes its reader, hangs it, or costs more than its bound.
class FuzzTest {

    @Test
    void packs() throws IOException, InterruptedException {
        new Fuzzing(PackFuzz.class).run(PackFuzz.seeds());
    }

    @Test
    void catalogues() throws IOException, InterruptedException {
        new Fuzzing(CatalogueFuzz.class).run(CatalogueFuzz.seeds());
    }
}
