package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KernelClockTest {

    /// An oracle of its own: Python asks the same kernel through its own binding.
    @Test
    void it_says_what_the_kernel_says() throws IOException {
        var script =
                "import ctypes; print(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512)))";
        var python = new ProcessBuilder("python3", "-c", script).redirectErrorStream(true).start();
        var answer =
                new String(python.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                        .strip();

        assertThat(KernelClock.ofThisMachine().state())
                .isEqualTo(answer.equals("5") ? ClockState.FREE : ClockState.SYNCHRONISED);
    }
}
