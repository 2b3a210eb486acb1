package org.custodes.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootageEncoderTest {
    @TempDir static Path cache;
    @TempDir Path place;

    /// A machine without video hardware has no libva, and a new user's first start failed for it.
    @Test
    void the_program_takes_the_libraries_that_lie_beside_it() throws IOException {
        var program = FfmpegProgram.in(cache);
        var films = List.of(new FootageEncoder.Film(place.resolve("film.mp4"), 320, 180, 100));
        var before = ProcessHandle.current().children().map(ProcessHandle::pid).toList();
        try (var encoder = new FootageEncoder(program, 320, 180, 25, films)) {
            encoder.add(new byte[320 * 180 * 3 / 2]);
            encoder.add(new byte[320 * 180 * 3 / 2]);
            var pid =
                    ProcessHandle.current()
                            .children()
                            .map(ProcessHandle::pid)
                            .filter(child -> !before.contains(child))
                            .findFirst()
                            .orElseThrow();

            var loaded = Files.readString(Path.of("/proc", Long.toString(pid), "maps"));

            assertThat(loaded).contains(program.resolveSibling("libva.so.2").toString());
            encoder.finish();
        }
    }
}
